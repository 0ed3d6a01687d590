internal import JagaCore
internal import JagaLexicon
internal import JagaRules

/// One item of `earlier` or `unless_earlier` as written.
struct HistorySource {
  var references: [Placed<String>]
  var author: HistoryAuthor
  var within: Int
  var position: SourcePosition
}

extension RuleSource {
  init?(_ node: SourceNode, language: SourceLanguage, track: String, log: LintLog) {
    guard let fields = SourceFields(node, allowed: SourceKeys.rule, place: "a rule", log: log) else { return nil }
    guard let id = SourceID.read(fields, language: language, track: track, isRule: true, log: log) else { return nil }
    self.id = id
    position = fields["id"]?.position ?? node.position
    if let when = fields["when"] {
      condition = ConditionSource(when, log: log)
      if let condition, condition.depth > RuleSet.maximumDepth {
        log.add(.condition(.depth(found: condition.depth, limit: RuleSet.maximumDepth)), at: when.position)
      }
    } else {
      log.add(.missingKey(key: "when", place: "rule '\(id)'"), at: position)
    }
    earlier = HistorySource.read(fields, key: "earlier", log: log)
    unlessEarlier = HistorySource.read(fields, key: "unless_earlier", log: log)
    votes = RuleSource.votes(fields, log: log)
    source = fields.text("source", log: log) ?? ""
    note = fields.text("note", log: log) ?? ""
    if source.isEmpty, note.isEmpty { log.add(.missingReason(id: id), at: position) }
  }

  private static func votes(_ fields: SourceFields, log: LintLog) -> VoteRow {
    var row = VoteRow()
    guard let node = fields["votes"] else { return row }
    guard let pairs = node.fields else {
      log.add(.wrongShape(key: "votes", expected: "a mapping from labels to logits"), at: node.position)
      return row
    }
    for (key, value) in pairs {
      let name = key.text ?? ""
      guard SourceKeys.votes.contains(name) else {
        log.add(
          .unknownLabel(label: name, hint: NearWord.nearest(to: name, among: SourceKeys.votes)), at: key.position)
        continue
      }
      guard let text = value.text, let logits = Double(text), abs(logits) <= 6 else {
        log.add(.vote(key: name, value: value.text ?? ""), at: value.position)
        continue
      }
      if let label = Label(name: name) {
        row.addRuleVote(label: label, logits: logits)
      } else {
        row.addMoveVote(logits: logits)
      }
    }
    for (head, units) in row.units.enumerated() where abs(units) > 24 * Head.unitsPerLogit {
      let name = head == Head.move ? "move" : head == Head.disclosure ? "disclosure" : Label.moves[head].name
      log.add(.voteSum(head: name, logits: String(units / Head.unitsPerLogit)), at: node.position)
    }
    return row
  }
}

extension HistorySource {
  static func read(_ fields: SourceFields, key: String, log: LintLog) -> [HistorySource] {
    (fields.items(key, log: log) ?? []).compactMap { node in
      guard let item = SourceFields(node, allowed: SourceKeys.history, place: "'\(key)'", log: log) else { return nil }
      guard let any = item["any"] else {
        log.add(.missingKey(key: "any", place: "'\(key)'"), at: node.position)
        return nil
      }
      let author = item.choice("author", allowed: SourceKeys.authors, log: log) { HistoryAuthor(name: $0) }
      return HistorySource(
        references: ConditionSource.references(any, key: "any", log: log), author: author ?? .any,
        within: ConditionSource.number(item, "within", in: 1...RuleSet.historyDepth, log: log) ?? 8,
        position: node.position)
    }
  }
}
