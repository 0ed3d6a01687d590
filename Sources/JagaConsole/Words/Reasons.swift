internal import JagaCore

/// Where a piece of evidence comes from, taken apart.
struct EvidenceSource: Equatable {
  /// The kind, one of ``names``.
  var kind: String
  /// The id of a rule or entry; empty for the others.
  var id: String

  /// All kinds a page has a sentence for.
  static let names = [
    "lexicon", "rule", "own-lexicon", "own-rule", "word", "root", "pair", "skip-pair", "edge", "shape", "characters",
    "concept", "concept-pair", "asked", "answer", "prior", "earlier-messages", "conversation", "base-rate", "unknown",
  ]

  /// Takes `lexicon:ID`, `overlay/rule:ID`, `concept:ID`, `word` … apart; what is not known is kept as `unknown` with its name.
  init(_ source: String) {
    let own = "overlay/"
    let isOwn = source.hasPrefix(own)
    let parts = source.dropFirst(isOwn ? own.count : 0).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = (isOwn ? "own-" : "") + (parts.first ?? "")
    let isKnown = Self.names.contains(name) && name != "unknown"
    kind = isKnown ? name : "unknown"
    id = isKnown ? (parts.count == 2 ? String(parts[1]) : "") : source
  }
}

extension Words {
  /// Why a piece of evidence counts, in one sentence. The label is named only where it is not the message's own.
  ///
  ///     "Rule id.topup.condition.asal speaks strongly for this (+1.84)."
  func reason(_ evidence: Evidence, of label: Label? = nil) -> String {
    let source = EvidenceSource(evidence.source)
    return filled(
      evidence.label == label ? "reason-same" : "reason",
      [
        "what": filled(Family.source.rawValue + "-" + source.kind, ["id": source.id.isEmpty ? "–" : source.id]),
        "strength": strength(evidence.logit),
        "label": name(of: evidence.label), "logit": decimal(evidence.logit, signed: true),
      ])
  }

  /// How much a piece of evidence adds, in words. The borders are steps of about e in odds.
  private func strength(_ logit: Double) -> String {
    if logit < 0 { return of(.strength, "against") }
    if logit < 0.5 { return of(.strength, "little") }
    return logit < 1.5 ? of(.strength, "clear") : of(.strength, "strong")
  }
}

/// The actions an audit row can have a sentence for; others are shown by their name.
enum AuditWords {
  static let names = [
    "item.opened", "item.raised", "item.viewed", "item.decided", "item.appealed", "conversation.deleted",
    "conversation.exported", "decisions.exported", "retention.purged", "token.added", "token.revoked", "backup.made",
    "alert.dead", "alert.replayed", "session.opened", "session.closed", "session.held", "case.opened", "case.responded",
    "case.contactWanted", "case.answered", "poll.stopped", "poll.left",
    "outgoing.dead",
  ]
}
