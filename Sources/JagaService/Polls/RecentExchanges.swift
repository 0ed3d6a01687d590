internal import Synchronization

/// The last replies of contacts with what was asked, in memory alone: should a later one open a case, a person must read what was said around it. Nothing of it is written
/// anywhere before that, and a restart forgets it.
final class RecentExchanges: Sendable {
  /// One reply and the question that it answers.
  struct Exchange: Sendable, Equatable {
    /// The id of the reply's message.
    var messageID: String
    /// Its place in the conversation.
    var index: Int
    /// What was asked; empty where nothing was.
    var question: String
    /// What was answered.
    var text: String
    /// When, in milliseconds since 1970.
    var at: Int64
  }

  private struct State {
    var exchanges: [String: [Exchange]] = [:]
    var swept: Int64 = 0
  }

  /// How many are kept of one contact, and of how many contacts.
  static let limit = 6
  static let contactLimit = 10_000
  /// The most characters of a text.
  static let textLimit = 2_000
  /// How long, in milliseconds.
  static let life: Int64 = 24 * 3_600_000

  private let state = Mutex(State())

  /// Notes a reply, cut to ``textLimit``; the contact's oldest is forgotten.
  func note(_ whole: Exchange, of conversation: String) {
    var exchange = whole
    exchange.text = String(whole.text.prefix(RecentExchanges.textLimit))
    exchange.question = String(whole.question.prefix(RecentExchanges.textLimit))
    state.withLock { state in
      sweep(&state, now: exchange.at)
      state.exchanges[conversation, default: []].append(exchange)
      if let count = state.exchanges[conversation]?.count, count > RecentExchanges.limit {
        state.exchanges[conversation]?.removeFirst(count - RecentExchanges.limit)
      }
    }
  }

  /// Gives the contact's replies, and forgets them: from now on they are in the case.
  func take(_ conversation: String, now: Int64) -> [Exchange] {
    state.withLock { state in
      (state.exchanges.removeValue(forKey: conversation) ?? []).filter { $0.at > now - RecentExchanges.life }
    }
  }

  /// Forgets a contact.
  func forget(_ conversation: String) { state.withLock { $0.exchanges[conversation] = nil } }

  /// Contacts at hand.
  var count: Int { state.withLock { $0.exchanges.count } }

  /// Once an hour, and where there are too many: forgets the old ones.
  private func sweep(_ state: inout State, now: Int64) {
    guard now - state.swept > 3_600_000 || state.exchanges.count >= RecentExchanges.contactLimit else { return }
    state.swept = now
    state.exchanges = state.exchanges.filter { ($0.value.last?.at ?? 0) > now - RecentExchanges.life }
    guard state.exchanges.count >= RecentExchanges.contactLimit else { return }
    // The half that was silent longest goes, so that the next ones come without a search.
    let moments = state.exchanges.values.map { $0.last?.at ?? 0 }.sorted()
    let middle = moments[moments.count / 2]
    state.exchanges = state.exchanges.filter { ($0.value.last?.at ?? 0) > middle }
  }
}
