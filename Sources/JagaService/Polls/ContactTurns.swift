/// Lets what concerns one contact happen one after the other, in the order of asking, and leaves other contacts alone.
///
/// Memory: an entry for each contact with something under way.
actor ContactTurns {
  private var waiting: [[UInt8]: [CheckedContinuation<Void, Never>]] = [:]

  /// Does something while nothing else of the same contact is done. What is cancelled still waits its turn.
  nonisolated func take<Result: Sendable>(
    _ contact: [UInt8], _ body: @Sendable () async throws -> Result
  ) async rethrows -> Result {
    await begin(contact)
    do {
      let result = try await body()
      await end(contact)
      return result
    } catch {
      await end(contact)
      throw error
    }
  }

  private func begin(_ contact: [UInt8]) async {
    guard waiting[contact] != nil else {
      waiting[contact] = []
      return
    }
    await withCheckedContinuation { waiting[contact, default: []].append($0) }
  }

  private func end(_ contact: [UInt8]) {
    guard var others = waiting[contact], !others.isEmpty else {
      waiting[contact] = nil
      return
    }
    let next = others.removeFirst()
    waiting[contact] = others
    next.resume()
  }

  /// Contacts with something under way.
  var count: Int { waiting.count }
}
