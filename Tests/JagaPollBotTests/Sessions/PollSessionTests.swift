import JagaPollBot
import TestSupport
import Testing

struct PollSessionTests {
  /// Sessions of every kind of place.
  private func sessions() throws -> [PollSession] {
    var talk = PollTalk(try PollSamples.machine())
    var sessions = [talk.session]
    let replies: [(String, ReplyReading)] = [
      ("ya", PollSamples.calm), ("bukan itu", PollSamples.calm), ("13", PollSamples.calm), ("masih", PollSamples.calm),
      ("1", PollSamples.calm), ("lagi", PollSamples.told), ("lanjut", PollSamples.calm), ("ya", PollSamples.calm),
      ("ide", PollSamples.calm),
    ]
    for (text, reading) in replies {
      talk.reply(text, reading)
      sessions.append(talk.session)
    }
    return sessions
  }

  @Test func bytesAreReadBack() throws {
    let sessions = try sessions()
    #expect(sessions.last?.ending == .finished)
    #expect(sessions.filter(\.isResting).count == 3)
    for session in sessions {
      let bytes = session.encode()
      #expect(try PollSession(decoding: bytes) == session)
      #expect(bytes.count < 150)
    }
    #expect(Set(sessions.map { $0.encode() }).count == sessions.count)
  }

  @Test func nothingThatWasWrittenIsInIt() throws {
    var talk = PollTalk(try PollSamples.machine())
    for text in ["ya", "13", "2", "ya", "rahasia-sekali"] { talk.reply(text) }
    #expect(talk.turn.answers.map(\.text) == ["rahasia-sekali"])
    #expect(!String(decoding: talk.session.encode(), as: UTF8.self).contains("rahasia"))
  }

  @Test func damagedBytesThrow() throws {
    let bytes = try sessions()[4].encode()
    for length in 0..<bytes.count {
      #expect(throws: PollSession.DecodingError.self) { try PollSession(decoding: Array(bytes[..<length])) }
    }
    #expect(throws: PollSession.DecodingError.damaged) { try PollSession(decoding: bytes + [0]) }
    #expect(throws: PollSession.DecodingError.otherVersion(found: 9)) {
      try PollSession(decoding: [9] + bytes.dropFirst())
    }
    var dice = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      var changed = bytes
      changed[Int.random(in: 1..<bytes.count, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
      // Any bytes are a session or an error.
      if let session = try? PollSession(decoding: changed) {
        #expect(try PollSession(decoding: session.encode()) == session)
      }
    }
  }
}
