package import JagaCore
import JagaScoring
import JagaTranscripts

/// A labelled message as the scorer sees it, without its text: what it is, and where its features lie.
package struct ObservedMessage: Sendable {
  /// Gold labels as a bit set over ``Label/rawValue``.
  package let labels: UInt32
  /// The main gold label.
  package let main: Label
  /// Content tokens of its first window.
  let words: UInt8
  /// Index of its voice among those of its part of the corpus.
  package let voice: Int
  /// What it counts for in learning.
  let weight: Double
  /// Its record among the voice's messages or transcripts, …
  let record: Int32
  /// … and its place in the transcript; -1 for a message on its own.
  let turn: Int32
  /// Its chunk among ``Observations/chunks``, …
  let chunk: Int32
  /// … and its row there.
  let row: Int32

  package var isMove: Bool { labels & ((1 << UInt32(Label.moveCount)) - 1) != 0 }
  package var isDisclosure: Bool { labels & (1 << UInt32(Label.disclosure.rawValue)) != 0 }
}

/// Some records of one voice, in their order: the unit that is shared out among workers.
struct ChunkPlace: Sendable {
  /// At most so many records are in a chunk.
  static let records = 256

  let voice: Int
  let isTranscripts: Bool
  let range: Range<Int>

  /// The chunks of some voices, in the order of voices, messages before transcripts.
  static func all(_ voices: [Voice]) -> [ChunkPlace] {
    voices.indices.flatMap { number in
      [false, true].flatMap { isTranscripts in
        let count = isTranscripts ? voices[number].transcripts.count : voices[number].messages.count
        return stride(from: 0, to: count, by: records).map { begin in
          ChunkPlace(voice: number, isTranscripts: isTranscripts, range: begin..<min(count, begin + records))
        }
      }
    }
  }
}

/// The observed messages of a chunk: rows of features in flat memory.
struct ObservedChunk: Sendable {
  /// The worker that observed it.
  let worker: Int
  private(set) var messages: [ObservedMessage] = []
  /// Where the features of each row end.
  private var featureEnds: [Int] = []
  /// Twice the number of a feature; one more for a word that is spelled in the message.
  private(set) var features: [UInt32] = []
  private var markEnds: [Int] = []
  /// Entries by number, then rules by number plus the number of entries, in rising order.
  private var marks: [UInt32] = []
  /// The row of declared votes of each row; 0 for a message without any.
  private var voteRows: [Int32] = []
  /// Declared votes, ``Head/count`` values a row, in 1/``Head/unitsPerLogit``; the first is zero.
  private var votes = [Int32](repeating: 0, count: Head.count)

  /// Nothing observed yet.
  init(worker: Int) { self.worker = worker }

  /// The same messages with other rows of features.
  func replacing(features: [UInt32], ends: [Int]) -> ObservedChunk {
    var copy = self
    (copy.features, copy.featureEnds) = (features, ends)
    return copy
  }

  /// The features of a row.
  func features(of row: Int) -> Range<Int> { (row == 0 ? 0 : featureEnds[row - 1])..<featureEnds[row] }

  /// The entries and rules of a row.
  func marks(of row: Int) -> ArraySlice<UInt32> { marks[(row == 0 ? 0 : markEnds[row - 1])..<markEnds[row]] }

  /// The declared votes of a row; nil when there are none.
  func votes(of row: Int) -> ArraySlice<Int32>? {
    let begin = Int(voteRows[row]) * Head.count
    return begin == 0 ? nil : votes[begin..<begin + Head.count]
  }

  /// Adds a row without labels, votes or marks: words or pairs of a count table.
  mutating func append(features row: [UInt32]) {
    features += row
    featureEnds.append(features.count)
  }

  mutating func append(
    _ message: ObservedMessage, _ observation: Observation, interner: FeatureInterner, entryCount: Int
  ) {
    messages.append(message)
    observation.features.withUnsafeBufferPointer { interner.write($0, to: &features) }
    featureEnds.append(features.count)
    let begin = marks.count
    marks += observation.entries
    marks[begin...].sort()
    for rule in observation.rules { marks.append(UInt32(entryCount) + rule) }
    markEnds.append(marks.count)
    guard observation.votes.contains(where: { $0 != 0 }) else { return voteRows.append(0) }
    voteRows.append(Int32(votes.count / Head.count))
    votes += observation.votes
  }
}
