import JagaCore

/// A labelled message without its words: where it stands, what it is, what decided.
struct JudgedMessage: Sendable {
  var id: String
  var text: String
  /// The number of its conversation: what a resample draws.
  var unit: Int32
  var labels: UInt32
  /// The move head's logit, the part of the conversation included.
  var moveLogit: Double

  var isMove: Bool { labels & VoterSense.moveBits != 0 }
  /// Whether it counts as a move: a score of at least 0.5.
  var isFound: Bool { isDecision(moveLogit) }
}

/// True for a logit whose probability, as records carry it, is at least one half.
func isDecision(_ logit: Double) -> Bool { FixedMath.sigmoid(logit) >= 0.5 }

/// One voter in one message.
struct Firing: Sendable {
  var message: Int32
  var voter: Int32
  /// The move head's logit without the voter's term, all else as it was.
  var moveWithout: Double
  /// Whether leaving it out changes the decision about its own label, on messages that have that label: 1 when they are found with it only, -1 when
  /// without it only.
  var labelShift: Int8
}

/// Which entries and rules were found in which labelled messages, and what each sum is without them.
///
/// Shape: messages in input order; firings by message, and an index by voter. Everything that the laboratory computes comes from here: no message is scored again.
struct FiringTable: Sendable {
  let voters: [LexiconVoter]
  let messages: [JudgedMessage]
  /// Conversations: one more than the largest ``JudgedMessage/unit``.
  let units: Int
  /// Firings in the order of messages.
  let firings: [Firing]
  /// Where each message's firings begin; one more at the end.
  let messageOffsets: [Int]
  /// Numbers of firings grouped by voter, inside a voter by message.
  private let byVoter: [Int32]
  private let voterOffsets: [Int]
  /// Labelled messages of each voter's sense whose label is found at 0.5 with all voters; and how many there are. By sense.
  let foundOfSense: [VoterSense: (found: Int, all: Int)]

  init(
    voters: [LexiconVoter], messages: [JudgedMessage], units: Int, firings: [Firing],
    foundOfSense: [VoterSense: (found: Int, all: Int)]
  ) {
    self.voters = voters
    self.messages = messages
    self.units = units
    self.firings = firings
    self.foundOfSense = foundOfSense
    var starts = [Int](repeating: 0, count: messages.count + 1)
    var counts = [Int](repeating: 0, count: voters.count + 1)
    for firing in firings {
      starts[Int(firing.message) + 1] += 1
      counts[Int(firing.voter) + 1] += 1
    }
    for message in messages.indices { starts[message + 1] += starts[message] }
    for voter in voters.indices { counts[voter + 1] += counts[voter] }
    messageOffsets = starts
    voterOffsets = counts
    var order = [Int32](repeating: 0, count: firings.count)
    var next = counts
    for (number, firing) in firings.enumerated() {
      order[next[Int(firing.voter)]] = Int32(number)
      next[Int(firing.voter)] += 1
    }
    byVoter = order
  }

  /// The firings of a voter, by message.
  func firings(of voter: Int) -> [Firing] {
    byVoter[voterOffsets[voter]..<voterOffsets[voter + 1]].map { firings[Int($0)] }
  }

  /// The firings in a message.
  func firings(in message: Int) -> ArraySlice<Firing> { firings[messageOffsets[message]..<messageOffsets[message + 1]] }
}
