import Foundation
import JagaConsole
import JagaCore

/// Views as the service makes them, in neutral words.
enum Samples {
  static let now: Int64 = 1_764_363_600_000  // 2025-11-28 21:00 UTC
  static let policy = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  static func frame(
    _ language: ConsoleLanguage = .en, theme: ConsoleTheme = .system, veil: Bool = true, notice: PageNotice? = nil
  ) -> PageFrame {
    PageFrame(
      language: language, theme: theme, csrf: "form-token-1", path: "/items/12", reviewer: "Sari", canAudit: true,
      veil: veil, notice: notice, work: WorkSummary(decisions: 7, minutes: 24), waiting: 6)
  }

  static func row(
    _ item: Int, _ kind: ItemKind = .risk, _ label: Label = .topupCondition, urgency: Int = 2,
    round: ItemRound? = .first, language: String = "id", flags: Int = 3, minutes: Int64 = 12
  ) -> QueueRow {
    QueueRow(
      item: item, kind: kind, round: round, urgency: urgency, label: label, language: language, flags: flags,
      conversation: "room-\(item)-4f1c", openedAt: now - minutes * 60_000)
  }

  static let queue = QueueView(
    rows: [
      row(18, .disclosure, .disclosure, urgency: 3, flags: 1, minutes: 3),
      row(9, .disclosure, .disclosure, urgency: 2, language: "mix", flags: 2, minutes: 55),
      row(12, urgency: 3, flags: 4),
      row(14, .risk, .sextortionThreat, urgency: 3, language: "en", flags: 2, minutes: 41),
      row(7, .risk, .groomingIsolation, urgency: 2, round: .second, flags: 6, minutes: 190),
      row(3, .risk, .tradeRecruit, urgency: 1, round: .appeal, flags: 2, minutes: 3000),
      row(5, .risk, .groomingAssessment, urgency: 1, round: .final, language: "other", flags: 1, minutes: 4000),
    ], disclosures: 2, risks: 5, next: "4.1.5", now: now)

  static func evidence(
    _ begin: Int32, _ end: Int32, _ label: Label, _ logit: Double, _ source: String
  ) -> Evidence {
    Evidence(range: SourceRange(begin: begin, end: end), label: label, logit: logit, source: source)
  }

  /// A piece of evidence on words of a text.
  static func on(_ words: String, in text: String, _ label: Label, _ logit: Double, _ source: String) -> Evidence {
    let begin = text.range(of: words).map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
    return evidence(Int32(begin), Int32(begin + words.utf8.count), label, logit, source)
  }

  static func flag(
    _ label: Label, _ band: Band, _ score: Double, _ evidence: [Evidence], kind: ItemKind = .risk,
    language: String = "id"
  ) -> FlagView {
    FlagView(
      kind: kind, band: band, score: kind == .disclosure ? 0.04 : score, disclosure: kind == .disclosure ? score : 0.01,
      label: label, labels: kind == .disclosure ? [] : [LabelScore(label, score), LabelScore(.topupPayment, 0.21)],
      language: language, evidence: evidence, model: "3f9a1c02")
  }

  static func message(_ index: Int, _ author: String, _ text: String?, _ flag: FlagView? = nil) -> MessageView {
    MessageView(
      id: "m\(index)", index: index, author: author, timestamp: now - Int64(40 - index) * 60_000,
      content: text.map { .text($0) } ?? .missing, flag: flag)
  }

  static let conversation: [MessageView] = {
    let offer = "main game apa? aku isiin diamond gratis ya"
    let condition = "serius, asal kamu kirim foto yang kemarin dulu"
    let secret = "ini rahasia kita ya, chatnya hapus aja"
    let help = "teman2, ada yang minta foto terus, aku takut. harus lapor ke mana?"
    return [
      message(
        2, "user-31", offer,
        flag(
          .topupOffer, .watch, 0.58,
          [on("isiin diamond gratis", in: offer, .topupOffer, 1.2, "lexicon:id.topup.offer.free")])),
      message(3, "user-88", "wah serius kak?"),
      message(
        6, "user-31", condition,
        flag(
          .topupCondition, .high, 0.93,
          [
            on("asal", in: condition, .topupCondition, 1.84, "rule:id.topup.condition.asal"),
            on("asal", in: condition, .topupCondition, 0.42, "word"),
            on("kirim foto", in: condition, .topupRequest, 1.1, "lexicon:id.topup.request.picture"),
            on(
              "asal kamu kirim foto yang kemarin dulu", in: condition, .topupCondition, 0.9,
              "overlay/rule:team.condition-first"),
            Evidence(range: nil, label: .topupCondition, logit: 0.6, source: "earlier-messages"),
          ])),
      message(7, "user-88", "gak mau ah"),
      message(
        8, "user-31", secret,
        flag(
          .groomingIsolation, .review, 0.81,
          [
            on("rahasia", in: secret, .groomingIsolation, 1.6, "lexicon:id.grooming.isolation.secret"),
            on("chatnya hapus", in: secret, .groomingIsolation, 2.2, "rule:id.grooming.isolation.delete"),
          ])),
      message(
        11, "user-88", help,
        flag(
          .disclosure, .review, 0.91,
          [
            on("aku takut", in: help, .disclosure, 1.9, "rule:id.disclosure.afraid"),
            on("lapor ke mana?", in: help, .disclosure, 2.4, "lexicon:id.disclosure.report"),
          ], kind: .disclosure)),
    ]
  }()

  static func item(task: ItemView.Task = .decide(blind: false), messages: [MessageView] = conversation) -> ItemView {
    ItemView(
      row: row(12, urgency: 3, flags: 4), version: 3, task: task, band: .high, score: 0.97, supportNeeded: true,
      messageCount: 14, firstAlert: 6, messages: messages, others: [row(18, .disclosure, .disclosure)], now: now)
  }

  static let decided: ItemView = {
    var view = item(task: .closed)
    view.row.round = nil
    view.canAppeal = true
    view.decisions = [
      DecisionView(round: .first, reviewer: "Budi", verdict: .confirm, at: now - 3_600_000),
      DecisionView(round: .second, reviewer: "Sari", verdict: .wrong, label: .topupOffer, at: now - 1_800_000),
    ]
    view.appeals = [AppealView(by: "Budi", reason: .context, at: now - 900_000)]
    return view
  }()

  static let disclosure: ItemView = {
    var view = item(messages: [conversation[3], conversation[5]])
    view.row = row(18, .disclosure, .disclosure, urgency: 3, flags: 1, minutes: 3)
    view.task = .decide(blind: true)
    return view
  }()

  static let withoutText: ItemView = {
    var view = item()
    view.messages = conversation.filter { $0.flag != nil }.map {
      var message = $0
      message.content = .missing
      return message
    }
    return view
  }()

  static let audit = AuditView(
    rows: (1...12).reversed().map { number in
      AuditEntry(
        sequence: number, at: now - Int64(20 - number) * 60_000, actor: number.isMultiple(of: 3) ? "Sari" : "jaga",
        action: ["item.opened", "item.viewed", "item.decided", "custom.action"][number % 4],
        subject: String(repeating: "9f3a", count: 16),
        details: [.init("item", "12"), .init("verdict", "confirm")], hash: String(repeating: "07be41", count: 10))
    }, chain: .whole(rows: 12, head: String(repeating: "07be41d2", count: 8)), older: 1)

  /// Every kind of page, by name.
  static func pages(_ console: Console, _ frame: PageFrame) -> [(name: String, html: String)] {
    var stranger = frame
    stranger.reviewer = nil
    let pages = [
      ("sign-in", console.signIn(SignInView(), stranger)),
      ("sign-in-open", console.signIn(SignInView(isOpen: true), stranger)),
      ("queue", console.queue(queue, frame)),
      ("queue-empty", console.queue(QueueView(rows: [], disclosures: 0, risks: 0, now: now), frame)),
      ("item", console.item(item(), frame)), ("item-disclosure", console.item(disclosure, frame)),
      ("item-closed", console.item(decided, frame)), ("item-no-text", console.item(withoutText, frame)),
      ("item-wait", console.item(item(task: .waitForOther), frame)),
      ("find", console.find(FindView(conversation: "room-12", rows: [row(12), row(4, round: nil)], now: now), frame)),
      ("find-nothing", console.find(FindView(conversation: "room-0", now: now), frame)),
      ("audit", console.audit(audit, frame)),
      ("audit-broken", console.audit(AuditView(rows: [], chain: .broken(sequence: 7, .content)), frame)),
      (
        "work",
        console.work(
          WorkView(session: WorkSummary(decisions: 44, minutes: 52)), frame)
      ),
      ("problem", console.problem(ProblemView(.notFound, status: 404), frame)),
    ]
    return (pages + casePages(console, frame)).map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
  }
}
