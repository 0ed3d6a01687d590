/// Brings what is in memory into the store before the end, though the store may be busy at that moment.
public enum LastWrites {
  /// Between two tries.
  public static let pause = Duration.milliseconds(250)

  /// Tries to write until it succeeds, for as long as `limit`; at least once. Returns how many tries it took. Throws what the last one threw.
  @discardableResult
  public static func make(
    within limit: Duration, pause: Duration = LastWrites.pause, clock: some Clock<Duration> = ContinuousClock(),
    _ write: () async throws -> Void
  ) async throws -> Int {
    let end = clock.now.advanced(by: limit)
    var tries = 1
    while true {
      do {
        try await write()
        return tries
      } catch {
        guard clock.now.advanced(by: pause) < end else { throw error }
      }
      // Whoever is cancelled sleeps not at all, but still has its time to write.
      do { try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil) } catch { await Task.yield() }
      tries += 1
    }
  }
}
