import JagaTraining

/// How often each conversation stands in one resample: as many draws as there are conversations, with replacement (Efron 1979).
///
/// A resample is numbered, and its draws depend on the seed and its number alone, so any thread may make it.
struct ConversationDraws {
  let seed: UInt64
  let units: Int

  /// Fills `weights`, one a conversation. Cost: one random access a conversation.
  func draw(_ resample: Int, into weights: inout [Int32]) {
    for unit in weights.indices { weights[unit] = 0 }
    guard units > 0 else { return }
    var mixer = DeterministicRandom(seed: seed)
    var random = DeterministicRandom(seed: mixer.next() ^ UInt64(truncatingIfNeeded: resample))
    // The first number tells neighbouring seeds apart.
    _ = random.next()
    for _ in 0..<units {
      weights[Int(random.next().multipliedFullWidth(by: UInt64(units)).high)] += 1
    }
  }
}

/// `a / b`; NaN when there is nothing to divide by.
func ratio(_ a: Int, _ b: Int) -> Double { b == 0 ? .nan : Double(a) / Double(b) }
