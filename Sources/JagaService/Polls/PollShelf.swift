internal import JagaPollBot

/// The polls of an installation.
struct PollShelf: Sendable {
  private let machines: [String: PollMachine]
  /// Begun by whoever writes without having been asked; nil when there is no poll.
  let first: PollMachine?
  /// In the order of the files.
  let all: [Poll]

  init(_ polls: [Poll]) {
    all = polls
    machines = Dictionary(polls.map { ($0.id, PollMachine(poll: $0)) }) { first, _ in first }
    first = polls.first.map { PollMachine(poll: $0) }
  }

  /// The poll of that id and version, of any version where none is named; nil when there is none any more.
  func machine(_ id: String, version: Int?) -> PollMachine? {
    machines[id].flatMap { version == nil || $0.poll.version == version ? $0 : nil }
  }

  /// The poll that a reply asks for; nil when it is no word that begins one.
  func begun(by text: String) -> PollMachine? {
    if let named = all.lazy.compactMap({ machines[$0.id] }).first(where: { $0.isStart(text) }) { return named }
    return BotCommand.heard(in: text) == .start ? first : nil
  }
}
