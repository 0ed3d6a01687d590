import JagaBayes
import JagaCore
import JagaScoring

@testable import JagaTraining

/// A vocabulary over messages that a test made, and the rows that messages have under it.
@dynamicMemberLookup
struct SmallVocabulary: Sendable {
  let vocabulary: Vocabulary
  private let messages: [[Feature]]
  private let counts: [CountTable]
  private let minimum: Int
  private let countMinimum: Int
  private let entryCount: Int
  private let ruleCount: Int

  init(
    observations: [Observation], counts: [CountTable], minimum: Int, countMinimum: Int, entryCount: Int, ruleCount: Int
  ) {
    messages = observations.map(\.features)
    self.counts = counts
    self.minimum = minimum
    self.countMinimum = countMinimum
    self.entryCount = entryCount
    self.ruleCount = ruleCount
    let seen = SmallVocabulary.observed(
      [observations], counts: counts, minimum: minimum, countMinimum: countMinimum, entryCount: entryCount)
    vocabulary = Vocabulary(
      seen, chunks: [0], minimum: minimum, entryCount: entryCount, ruleCount: ruleCount, workers: Workers(1))
  }

  subscript<Value>(dynamicMember path: KeyPath<Vocabulary, Value>) -> Value { vocabulary[keyPath: path] }

  func characters(of number: Int) -> ArraySlice<UInt32>? { vocabulary.characters(of: number) }

  func number(_ hash: UInt64) -> UInt32? { vocabulary.hashes.firstIndex(of: hash).map { UInt32($0) } }

  /// The numbers of one message.
  func numbers(_ observation: Observation) -> [UInt32] { rows([observation], variant: .hybrid).features }

  /// Messages that the vocabulary was not made from, as a learner sees them.
  func rows(_ observations: [Observation], variant: LearnerVariant) -> ExampleTable {
    let known = messages.map { features in
      var observation = Observation()
      observation.features = features
      return observation
    }
    let seen = SmallVocabulary.observed(
      [known, observations], counts: counts, minimum: minimum, countMinimum: countMinimum, entryCount: entryCount)
    let same = Vocabulary(
      seen, chunks: [0], minimum: minimum, entryCount: entryCount, ruleCount: ruleCount, workers: Workers(1))
    precondition(same.hashes == vocabulary.hashes)
    return RowView(
      seen, vocabulary: same, variant: variant, lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5)
    ).rows(ofChunk: 1)
  }

  /// Chunks of messages, each numbered by the worker of the same number modulo `workers`.
  static func observed(
    _ chunks: [[Observation]], counts: [CountTable], minimum: Int, countMinimum: Int, entryCount: Int, workers: Int = 1
  ) -> Observations {
    let interners = (0..<workers).map { _ in FeatureInterner() }
    let written = chunks.enumerated().map { number, observations in
      var chunk = ObservedChunk(worker: number % workers)
      for (row, observation) in observations.enumerated() {
        chunk.append(
          ObservedMessage(
            labels: 1 << UInt32(Label.benign.rawValue), main: .benign, words: UInt8(observation.words), voice: number,
            weight: 1, record: Int32(row), turn: -1, chunk: Int32(number), row: Int32(row)),
          observation, interner: interners[number % workers], entryCount: entryCount)
      }
      return chunk
    }
    return Observations(
      chunks: written, interners: interners, tables: counts,
      options: Observations.Options(minimum: minimum, countMinimum: countMinimum), workers: Workers(workers))
  }
}

extension Trainer {
  /// The declared votes of a message, in units.
  func votes(of message: ObservedMessage) -> [Int32] {
    observations.chunks[Int(message.chunk)].votes(of: Int(message.row)).map(Array.init)
      ?? [Int32](repeating: 0, count: Head.count)
  }

  /// The rules that were found in a message.
  func rules(of message: ObservedMessage) -> [UInt32] {
    let entries = UInt32(model.pack.lexicon.count)
    return observations.chunks[Int(message.chunk)].marks(of: Int(message.row)).filter { $0 >= entries }
      .map { $0 - entries }
  }
}
