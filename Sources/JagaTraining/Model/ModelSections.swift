import JagaBayes
import JagaCore
package import JagaScoring

/// The parts of a model that do not come from learning: compiled lexicons and rules, the analyzer's tables.
package struct CompiledSources: Sendable {
  package var text: [UInt8]
  package var lexicon: [UInt8]
  package var rules: [UInt8]
  /// For each entry of the lexicon the hash of the concept that it stands for, 0 for none.
  package var concepts: [UInt64]

  package init(text: [UInt8], lexicon: [UInt8], rules: [UInt8], concepts: [UInt64]) {
    self.text = text
    self.lexicon = lexicon
    self.rules = rules
    self.concepts = concepts
  }

  /// A whole bundle of these parts and learned ones.
  package func bundle(
    weights: [UInt8], votes: [Int16]?, parameters: Parameters, card: String
  ) -> [UInt8] {
    var writer = BundleWriter()
    writer.add("text", text)
    writer.add("lexicon", lexicon)
    writer.add("rules", rules)
    var table = SectionWriter()
    table.append(table: concepts)
    writer.add("concepts", table.bytes)
    writer.add("weights", weights)
    if let table = try? WeightTable(section: Section(copying: weights)) {
      writer.add("pairs", ConceptMatrix.encode(concepts: concepts, weights: table))
    }
    if let votes {
      var section = SectionWriter()
      section.append(table: votes)
      writer.add("votes", section.bytes)
    }
    writer.add("parameters", parameters.encode())
    if !card.isEmpty { writer.add("card", Array(card.utf8), isOptional: true) }
    return writer.encode()
  }

  /// A bundle that has learned nothing: what observation works with.
  package func untrained() -> [UInt8] {
    let weights = WeightTable.encode(rows: [:], lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5))
    return bundle(weights: weights, votes: nil, parameters: Parameters(), card: "")
  }
}

/// Learned numbers in the fixed point of a bundle.
package struct LearnedSections: Sendable {
  package var weights: [UInt8]
  package var votes: [Int16]
  package var priors: [Int32]

  /// The least weight of a stage, and of any head, that is worth its space, in units.
  static let leastStageWeight = Head.unitsPerLogit / 6
  static let leastWeight = Head.unitsPerLogit / 12

  /// Rounds a learner's weights; rows that round to nothing are left out.
  package init(
    _ learner: LogisticLearner, vocabulary: Vocabulary, declaredVotes: [Int16], lengthScale: [Int32]
  ) {
    var rows: [UInt64: [Int16]] = [:]
    for (number, hash) in vocabulary.hashes.enumerated() {
      var row = [Int16](repeating: 0, count: Head.stride)
      // A word's row holds its characters' weights too: scoring then reads one row a word and spells out only words without one.
      let characters = vocabulary.characters(of: number)
      let parts = [UInt32(number)] + (characters ?? [])
      for head in 0..<Head.count {
        row[head] = FixedMath.units(parts.reduce(0) { $0 + learner.weights[Int($1) * Head.count + head] })
      }
      // What says next to nothing about the stage is kept for the outer heads alone, which take a sixth of the space; what says next to
      // nothing at all is left out, but for words: without a row they would be spelled out.
      if !row[..<Label.moveCount].contains(where: { abs(Int($0)) > LearnedSections.leastStageWeight }) {
        for stage in 0..<Label.moveCount { row[stage] = 0 }
      }
      let isWord = characters != nil
      // Scoring takes a concept without such a row for one that was never asked.
      let isAsked = vocabulary.kinds[number] == .asked
      if isWord || isAsked || row.contains(where: { abs(Int($0)) > LearnedSections.leastWeight }) { rows[hash] = row }
    }
    weights = WeightTable.encode(rows: rows, lengthScale: lengthScale)
    votes = declaredVotes
    for index in 0..<(declaredVotes.count / Head.stride) {
      let number = vocabulary.tokenFeatureCount + index
      for head in 0..<Head.count {
        let declared = Double(declaredVotes[index * Head.stride + head]) / Double(Head.unitsPerLogit)
        // An entry without a declared vote is context for rules and stays silent.
        guard declaredVotes[index * Head.stride..<(index + 1) * Head.stride].contains(where: { $0 != 0 }) else { break }
        let learned = learner.voteScales[head] * declared + learner.weights[number * Head.count + head]
        votes[index * Head.stride + head] = FixedMath.units(learned)
      }
    }
    priors = learner.biases.map { Int32(($0 * Double(Head.unitsPerLogit)).rounded()) }
  }
}
