import JagaBayes
import JagaCore
import JagaScoring
import Testing

@testable import JagaTraining

/// From a learner's numbers to those of a bundle.
@Suite struct ModelSectionsTests {
  private let vocabulary: SmallVocabulary = {
    var observation = Observation()
    observation.pairs = [(50, .word), (60, .word), (70, .word)]
    return SmallVocabulary(
      observations: [observation], counts: [], minimum: 1, countMinimum: 1, entryCount: 2, ruleCount: 1)
  }()

  /// Features 50 and 60 speak, 70 is in every row alike; entry 0 has a declared vote, entry 1 and the rule have none.
  private func learned() -> (learner: LogisticLearner, sections: LearnedSections, declared: [Int16]) {
    var table = ExampleTable()
    for _ in 0..<8 {
      table.append([0, 2, 3, 4, 5], labels: [.topupRequest], votes: [Head.move: 0.5])
      table.append([1, 2], labels: [.benign])
    }
    let rows = Array(0..<table.count)
    let bayes = NaiveBayes(table, rows: rows, featureCount: 6)
    let learner = LogisticLearner(table, rows: rows, featureCount: 6, tokenFeatureCount: 3, bayes: bayes)
    var declared = [Int16](repeating: 0, count: 3 * Head.stride)
    declared[Head.move] = 512
    let scale = WeightTable.lengthScale(pivot: 8, exponent: 0.5)
    return (
      learner, LearnedSections(learner, vocabulary: vocabulary.vocabulary, declaredVotes: declared, lengthScale: scale),
      declared
    )
  }

  /// What is kept of rounded weights, by the definition: nil for nothing. A stage's weight above a sixth of a logit keeps the row whole, in
  /// steps; else an outer head's above a twelfth keeps the two outer columns.
  private func kept(_ units: [Int16], isWord: Bool = false) -> [Int16]? {
    if units[..<Label.moveCount].contains(where: { $0.magnitude > 170 }) {
      return units.map { value in
        let steps = min(127, (Int(value.magnitude) + 8) / 16)
        return Int16(steps * 16 * Int(value.signum()))
      } + [0, 0]
    }
    let outer = Array(units[Head.move...Head.disclosure])
    guard isWord || outer.contains(where: { $0.magnitude > 85 }) else { return nil }
    return [Int16](repeating: 0, count: Label.moveCount) + outer + [0, 0]
  }

  @Test func leastWeightsAreASixthAndATwelfth() {
    #expect(LearnedSections.leastStageWeight == 170)
    #expect(LearnedSections.leastWeight == 85)
    #expect(Head.move == Label.moveCount && Head.disclosure == Head.move + 1)
  }

  @Test func weightsAreRoundedToUnits() throws {
    let (learner, sections, _) = learned()
    let table = try WeightTable(section: Section(copying: sections.weights))
    for (number, hash) in [50, 60, 70].enumerated() as EnumeratedSequence<[UInt64]> {
      let weights = learner.weights[number * Head.count..<(number + 1) * Head.count].map { FixedMath.units($0) }
      #expect(table.index[hash].map { table.values(of: $0) } == kept(weights))
    }
    #expect(table.index[50] != nil && table.index[60] != nil)
    #expect(sections.priors == learner.biases.map { Int32(($0 * 1024).rounded()) })
  }

  /// Three features whose weights grow step by step: left out, kept for the outer heads, kept whole.
  @Test func whatChangesNothingIsLeftOut() throws {
    var table = ExampleTable()
    for _ in 0..<3 { table.append([0, 2], labels: [.topupRequest]) }
    table.append([0, 2], labels: [.topupOffer])
    table.append([1, 2], labels: [.groomingContact])
    for _ in 0..<4 { table.append([1], labels: [.benign]) }
    let rows = Array(0..<table.count)
    let bayes = NaiveBayes(table, rows: rows, featureCount: 3)
    var (dropped, outer, whole) = (0, 0, 0)
    for step in 1...60 {
      var options = LogisticLearner.Options()
      options.epochs = 0
      options.trust = Double(step) / 200
      let learner = LogisticLearner(
        table, rows: [], featureCount: 3, tokenFeatureCount: 3, bayes: bayes, options: options)
      let sections = LearnedSections(
        learner, vocabulary: vocabulary.vocabulary, declaredVotes: [],
        lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5))
      let weights = try WeightTable(section: Section(copying: sections.weights))
      for (number, hash) in [50, 60, 70].enumerated() as EnumeratedSequence<[UInt64]> {
        let units = learner.weights[number * Head.count..<(number + 1) * Head.count].map { FixedMath.units($0) }
        let found = weights.index[hash].map { weights.values(of: $0) }
        #expect(found == kept(units), "\(units)")
        guard let found else {
          dropped += 1
          continue
        }
        if found[..<Label.moveCount].contains(where: { $0 != 0 }) { whole += 1 } else { outer += 1 }
      }
    }
    #expect(dropped > 10 && outer > 10 && whole > 10, "\(dropped), \(outer), \(whole)")
  }

  /// Scoring takes a concept without a row for one that was never asked, so what was learned of its answers would be lost.
  @Test(arguments: [(.asked, true), (.answer, false), (.concept, false)] as [(FeatureKind, Bool)])
  func aConceptThatWasAskedKeepsItsRow(_ kind: FeatureKind, _ isKept: Bool) throws {
    var observation = Observation()
    observation.pairs = [(50, kind), (60, .pair)]
    let vocabulary = SmallVocabulary(
      observations: [Observation](repeating: observation, count: 6), counts: [], minimum: 1, countMinimum: 1,
      entryCount: 0, ruleCount: 0)
    var table = ExampleTable()
    for label in [Label.topupRequest, .disclosure, .benign] { table.append([0], labels: [label]) }
    table.append([1], labels: [.benign])
    let bayes = NaiveBayes(table, rows: Array(0..<table.count), featureCount: 2)
    var options = LogisticLearner.Options()
    (options.epochs, options.trust) = (0, 0)
    let learner = LogisticLearner(
      table, rows: [], featureCount: 2, tokenFeatureCount: 2, kinds: vocabulary.kinds, bayes: bayes, options: options)
    let sections = LearnedSections(
      learner, vocabulary: vocabulary.vocabulary, declaredVotes: [],
      lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5))
    let weights = try WeightTable(section: Section(copying: sections.weights))
    #expect((weights.index[50] != nil) == isKept && weights.index[60] == nil)
  }

  private struct SpelledModel {
    let messages: [Observation]
    let vocabulary: SmallVocabulary
    let learner: LogisticLearner
    let table: WeightTable
  }

  /// A model learned from messages of words that share characters; "kirimkan" comes once and gets no number.
  private func spelledModel(trust: Double? = nil) throws -> SpelledModel {
    let asking = [["kirim", "foto"], ["kirimin", "foto", "foto"], ["kirimin", "dong"], ["kirim", "kirimin", "ya"]]
    let harmless = [["makan", "dulu"], ["makanan", "ya"], ["makan", "makanan", "dong"], ["kirimkan", "dulu"]]
    var options = LogisticLearner.Options()
    // So little that a word with all its characters stays below the two logits that a whole row can hold.
    options.clip = 0.12
    if let trust { (options.epochs, options.trust) = (0, trust) }
    let messages = (asking + harmless).map { Observation.spelled($0) }
    let vocabulary = SmallVocabulary(
      observations: messages, counts: [], minimum: 2, countMinimum: 1, entryCount: 0, ruleCount: 0)
    var examples = ExampleTable()
    for (index, message) in messages.enumerated() {
      examples.append(vocabulary.numbers(message), labels: index < asking.count ? [.topupRequest] : [.benign])
    }
    let rows = Array(0..<examples.count)
    let bayes = NaiveBayes(examples, rows: rows, featureCount: vocabulary.count)
    let learner = LogisticLearner(
      examples, rows: trust == nil ? rows : [], featureCount: vocabulary.count,
      tokenFeatureCount: vocabulary.tokenFeatureCount, bayes: bayes, options: options)
    let sections = LearnedSections(
      learner, vocabulary: vocabulary.vocabulary, declaredVotes: [],
      lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5))
    return SpelledModel(
      messages: messages, vocabulary: vocabulary, learner: learner,
      table: try WeightTable(section: Section(copying: sections.weights)))
  }

  private func row(_ hash: UInt64, _ table: WeightTable) -> [Int16]? {
    guard let number = table.index[hash] else { return nil }
    return table.values(of: number)
  }

  @Test func aWordsRowHoldsTheWeightsOfItsCharacters() throws {
    let model = try spelledModel()
    func weight(_ hash: UInt64, _ head: Int) -> Double {
      model.vocabulary.number(hash).map { model.learner.weights[Int($0) * Head.count + head] } ?? 0
    }
    var differing = 0
    for word in ["kirim", "kirimin", "foto", "ya", "dong", "makan", "makanan", "dulu"] {
      let own = Vocabulary.hash(word: word)
      let parts = [own] + Observation.runs(of: word)
      let expected = (0..<Head.count).map { head in FixedMath.units(parts.reduce(0) { $0 + weight($1, head) }) }
      let found = row(own, model.table)
      let isWord = parts.count > 1
      #expect(found == kept(expected, isWord: isWord), "\(word)")
      differing += found != kept((0..<Head.count).map { FixedMath.units(weight(own, $0)) }, isWord: isWord) ? 1 : 0
    }
    #expect(differing >= 6, "characters have learned something")
    for run in Set(Observation.runs(of: "kirimin")) {
      guard let found = row(run, model.table) else { continue }
      #expect(found == kept((0..<Head.count).map { FixedMath.units(weight(run, $0)) }), "a run holds itself only")
    }
    #expect(model.table.index[Vocabulary.hash(word: "kirimkan")] == nil)
  }

  /// One row a word, and characters of words without a row, add up to what the learner says of all numbers of the message.
  @Test func theTableSaysWhatTheLearnerSays() throws {
    let model = try spelledModel()
    for hash in model.vocabulary.hashes {
      let values = row(hash, model.table) ?? []
      #expect(values.allSatisfy { $0.magnitude < 2032 }, "nothing is cut off")
    }
    let unseen = [["kirimkan", "kiriman"], ["dimakan", "kirim", "dimakan"]].map { Observation.spelled($0) }
    for (index, message) in (model.messages + unseen).enumerated() {
      var hashes: [UInt64] = []
      for word in Set(message.features.filter { $0.kind == .word }.map(\.hash)) {
        // A word that has a number and no row was left out; it is short, or its characters would keep it.
        let isKept = model.table.index[word] != nil || model.vocabulary.number(word) != nil
        hashes += isKept ? [word] : message.characters[word] ?? []
      }
      let numbers = model.vocabulary.numbers(message)
      for head in 0..<Head.count {
        let learned = numbers.reduce(0) { $0 + model.learner.weights[Int($1) * Head.count + head] }
        let found = hashes.reduce(0) { $0 + Double(row($1, model.table)?[head] ?? 0) }
        let slack = hashes.reduce(0.001) { $0 + error(of: row($1, model.table), head) }
        #expect(abs(found - learned * Double(Head.unitsPerLogit)) <= slack, "message \(index), head \(head)")
      }
    }
  }

  /// What a row may err by, in units: half a step where it is whole, half a unit where it has the outer heads alone, else what may be left out.
  private func error(of row: [Int16]?, _ head: Int) -> Double {
    let isStage = head < Label.moveCount
    guard let row else { return isStage ? 128.5 : 64.5 }
    if row[..<Label.moveCount].contains(where: { $0 != 0 }) { return 8.5 }
    return isStage ? 128.5 : 0.5
  }

  /// Without its row a word would be spelled out, at the cost of a look-up for every run.
  @Test func aWordWithCharactersKeepsARowThatSaysNothing() throws {
    let model = try spelledModel(trust: 0)
    #expect(model.learner.weights.allSatisfy { $0 == 0 })
    let words = ["kirim", "kirimin", "foto", "dong", "makan", "makanan", "dulu"]
    #expect(model.table.count == words.count)
    for word in words {
      #expect(row(Vocabulary.hash(word: word), model.table) == [Int16](repeating: 0, count: Head.stride), "\(word)")
    }
  }

  @Test func votesAreScaledAndSilentEntriesStaySilent() {
    let (learner, sections, declared) = learned()
    #expect(sections.votes.count == declared.count)
    for head in 0..<Head.count {
      let expected = learner.voteScales[head] * (head == Head.move ? 0.5 : 0) + learner.weights[3 * Head.count + head]
      #expect(sections.votes[head] == FixedMath.units(expected), "head \(head)")
    }
    #expect(learner.weights[4 * Head.count + Head.move] != 0, "the silent entry has learned something")
    #expect(sections.votes[Head.stride...].filter { $0 != 0 }.isEmpty)
  }
}
