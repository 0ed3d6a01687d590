import JagaPollBot
import TestSupport

/// Polls and readings for the tests.
enum PollSamples {
  static let small = """
    id: small
    version: 3
    title: {id: Kecil, en: Small}
    languages: [id, en]
    start_words: [kecil]
    stop_words: [sudah dulu]
    timeout_hours: 10
    reminder_hours: 4
    opt_in:
      text: {id: Mau ikut?, en: Join?}
      agree: [gaskeun]
    consent: {id: Boleh dipakai?, en: May we use it?}
    steps:
      - id: age
        ask: {id: Umurmu?, en: Your age?}
        group: true
        choices:
          - {id: young, label: {id: Di bawah 15, en: Below 15}, words: ["12", "13", "14"]}
          - {id: old, label: {id: 15 ke atas, en: 15 or more}, words: ["15", "16", "17"]}
      - id: met
        ask: {id: Pernah?, en: Ever?}
        choices:
          - {id: yes, label: {id: Ya, en: Yes}, tells: none}
          - {id: no, label: {id: Tidak, en: No}, goto: idea, tells: none}
          - {id: now, label: {id: Masih, en: Still}, tells: ongoing}
      - {id: thanks, say: {id: Oke., en: Okay.}}
      - id: idea
        ask: {id: Idemu?, en: Your idea?}
        text: true
        keep: consent
      - {id: bye, end: {id: Dadah., en: Bye.}}
    """

  static func read(_ yaml: String) throws -> Poll { try PollReader.read(Array(yaml.utf8), file: "poll.yaml") }

  static func machine(_ yaml: String = small) throws -> PollMachine { PollMachine(poll: try read(yaml)) }

  static let calm = ReplyReading(action: .none)
  static let risky = ReplyReading(action: .review, urgency: .past)
  static let told = ReplyReading(action: .support, urgency: .ongoing)
  static let tonight = ReplyReading(action: .support, urgency: .immediate)
  static let selfHarm = ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true)
}

/// Goes through a poll, reply by reply.
struct PollTalk {
  let machine: PollMachine
  var turn: PollTurn
  var now: Int64 = 1_000_000

  init(_ machine: PollMachine, language: String? = "id") {
    self.machine = machine
    turn = machine.start(language: language, now: 1_000_000)
  }

  var session: PollSession { turn.session }

  /// The next reply, a minute later.
  @discardableResult mutating func reply(
    _ text: String, _ reading: ReplyReading = PollSamples.calm, after minutes: Int64 = 1
  ) -> PollTurn {
    now += minutes * 60_000
    turn = machine.next(turn.session, text: text, reading: reading, now: now)
    return turn
  }
}
