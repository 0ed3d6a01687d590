import JagaBayes
import JagaCore
package import JagaScoring

/// The parts of a model that do not come from learning: compiled lexicons and rules, the analyzer's tables.
package struct CompiledSources: Sendable {
  package var text: [UInt8]
  package var lexicon: [UInt8]
  package var rules: [UInt8]

  package init(text: [UInt8], lexicon: [UInt8], rules: [UInt8]) {
    self.text = text
    self.lexicon = lexicon
    self.rules = rules
  }

  /// A whole bundle of these parts and learned ones.
  package func bundle(
    weights: [UInt8], votes: [Int16]?, parameters: Parameters, card: String
  ) -> [UInt8] {
    var writer = BundleWriter()
    writer.add("text", text)
    writer.add("lexicon", lexicon)
    writer.add("rules", rules)
    writer.add("weights", weights)
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

  /// Rounds a learner's weights; rows that round to nothing are left out.
  package init(
    _ learner: LogisticLearner, vocabulary: Vocabulary, declaredVotes: [Int16], lengthScale: [Int32]
  ) {
    var rows: [UInt64: [Int16]] = [:]
    for (number, hash) in vocabulary.hashes.enumerated() {
      var row = [Int16](repeating: 0, count: Head.stride)
      // A word's row holds its characters' weights too: scoring then reads one row a word and spells out only words without one.
      let parts = [UInt32(number)] + (vocabulary.characters[UInt32(number)] ?? [])
      for head in 0..<Head.count {
        row[head] = FixedMath.units(parts.reduce(0) { $0 + learner.weights[Int($1) * Head.count + head] })
      }
      // A weight below a hundredth of a logit in every head changes nothing that anybody sees; a word keeps its row, or it would
      // be spelled out.
      if vocabulary.characters[UInt32(number)] != nil
        || row.contains(where: { abs(Int($0)) > Head.unitsPerLogit / 100 })
      {
        rows[hash] = row
      }
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
