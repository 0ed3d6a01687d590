import JagaConsole
import JagaCore

/// Cases of the poll bot, in neutral words.
extension Samples {
  static let caseView = CaseView(
    danger: .immediate, language: "id", wantsContact: true,
    sayings: [
      .init(.bot(occasion: "urgent"), .delivered, at: now - 600_000),
      .init(.bot(occasion: "offer"), .sent, at: now - 540_000),
      .init(.bot(occasion: "id.custom"), .handed, at: now - 530_000),
      .init(.person("Sari"), .pending, at: now - 60_000),
    ], openedAt: now - 600_000, version: "1764363000000",
    form: CaseView.Form(limit: 1000, onePlace: "@\n\"<&'abc", twoPlaces: "^{}€"))

  static let caseItem: ItemView = {
    var view = disclosure
    let help = conversation[5]
    view.messages = [
      MessageView(
        id: "m10", index: 10, author: "contact", content: .text("1"), asked: "Umurmu berapa?\n1. Di bawah 15"),
      MessageView(
        id: help.id, index: 11, author: "contact", content: help.content, asked: "Apa yang terjadi?", flag: help.flag),
    ]
    view.case = caseView
    view.row.mark = caseView.mark
    return view
  }()

  /// The same with a change to its case.
  static func caseItem(_ change: (inout CaseView) -> Void) -> ItemView {
    var view = caseItem
    var changed = caseView
    change(&changed)
    view.case = changed
    if changed.texts != .kept {
      for index in view.messages.indices { view.messages[index].content = .missing }
    }
    return view
  }

  static let refusedCase = caseItem {
    $0.form.text = "Halo <teman>\nkami di sini"
    $0.form.fault = .tooLong
  }

  static let caseQueue: QueueView = {
    var view = queue
    view.rows[0].mark = CaseMark(danger: .immediate, isWaiting: true)
    view.rows[1].mark = CaseMark(danger: .past, isWaiting: false)
    view.rows[2].mark = CaseMark(danger: .ongoing, isWaiting: false)
    var decided = row(4, .disclosure, .disclosure, urgency: 2, round: nil, flags: 1, minutes: 900)
    decided.mark = CaseMark(danger: .ongoing, isWaiting: true)
    view.wishes = [decided]
    return view
  }()

  /// Pages with cases, by name.
  static func casePages(_ console: Console, _ frame: PageFrame) -> [(name: String, html: [UInt8])] {
    [
      ("queue-cases", console.queue(caseQueue, frame)), ("item-case", console.item(caseItem, frame)),
      ("item-case-refused", console.item(refusedCase, frame)),
      ("item-case-stopped", console.item(caseItem { $0.obstacle = .stopped }, frame)),
      ("item-case-no-key", console.item(caseItem { $0.texts = .noKey }, frame)),
    ]
  }
}
