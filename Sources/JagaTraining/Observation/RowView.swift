import JagaBayes
import JagaCore

/// How messages look to a learner: the features that it may see, under its vocabulary's numbers.
struct RowView: Sendable {
  private let observations: Observations
  /// By number in the corpus, as ``Vocabulary/numbers``, but for what the variant may not see.
  private let numbers: [UInt32]
  private let tokenFeatureCount: Int
  private let variant: LearnerVariant
  /// What the tokens' evidence is multiplied by, in 1/65536, by the number of content tokens.
  let lengthScale: [Int32]

  init(_ observations: Observations, vocabulary: Vocabulary, variant: LearnerVariant, lengthScale: [Int32]) {
    self.observations = observations
    self.variant = variant
    self.lengthScale = lengthScale
    tokenFeatureCount = vocabulary.tokenFeatureCount
    var numbers = vocabulary.numbers
    for feature in numbers.indices where !variant.sees(observations.space.kinds[feature]) {
      numbers[feature] = FeatureSpace.none
    }
    self.numbers = numbers
  }

  /// The rows of a chunk's messages.
  func rows(ofChunk number: Int) -> ExampleTable {
    var table = ExampleTable()
    let chunk = observations.chunks[number]
    table.reserve(rows: chunk.messages.count, features: chunk.features.count)
    for message in chunk.messages { append(message, of: chunk, to: &table) }
    return table
  }

  /// One message as the only row of a table.
  func row(of message: ObservedMessage) -> ExampleTable {
    var table = ExampleTable()
    append(message, of: observations.chunks[Int(message.chunk)], to: &table)
    return table
  }

  private func append(_ message: ObservedMessage, of chunk: ObservedChunk, to table: inout ExampleTable) {
    let row = Int(message.row)
    let votes = variant.seesVotes ? chunk.votes(of: row) : nil
    table.append(
      votes: votes?.map { Double($0) / Double(Head.unitsPerLogit) } ?? [],
      scale: Double(lengthScale[min(Int(message.words), FeatureExtractor.windowTokens)]) / 65536,
      labels: message.labels, main: message.main, weight: message.weight
    ) { features in
      RowView.append(chunk, row: row, numbers: numbers, to: &features)
      guard variant.seesMarks else { return }
      for mark in chunk.marks(of: row) { features.append(UInt32(tokenFeatureCount) + mark) }
    }
  }

  /// Appends the numbers of a row's features, as far as they have one.
  static func append(_ chunk: ObservedChunk, row: Int, numbers: [UInt32], to list: inout [UInt32]) {
    numbers.withUnsafeBufferPointer { numbers in
      chunk.features.withUnsafeBufferPointer { features in
        for place in chunk.features(of: row) {
          let number = numbers[Int(features[place] >> 1)]
          if number != FeatureSpace.none { list.append(number) }
        }
      }
    }
  }
}
