import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
public import JagaScoring
import JagaText

/// Learns a model from labelled voices, lexicons and counts of real chat. Deterministic to the byte.
///
/// 1. Lexicons and rules are compiled; every labelled message is analysed once by the very code that scores.
/// 2. Weights are learned from the training voices.
/// 3. The scaling is fitted to sums on the calibration voices, which the weights never saw. A corpus without calibration voices is
///    scaled by cross-fitting over its training voices instead.
///
/// Cost: a few seconds for ten thousand messages; memory is linear in their number.
public struct Trainer: Sendable {
  /// Settings; the defaults are those of the default model.
  public struct Options: Sendable {
    /// Folds over voices, for cross-validation.
    public var folds = 5
    /// What the learner may use; anything but the hybrid is for comparison.
    public var variant = LearnerVariant.hybrid
    /// The share of moves that the scaling is fitted to.
    public var referencePrevalence = 0.219
    /// The share of disclosures that the scaling is fitted to.
    public var disclosurePrevalence = 0.073
    /// A feature must occur in this many labelled messages, …
    public var minimumCount = 2
    /// … or a word this often in the count tables.
    public var minimumRealCount = 5
    /// The weight of all rows from count tables together, as a multiple of the number of harmless messages.
    public var realShare = 4.0
    /// Messages of up to this many tokens count in full; …
    public var lengthPivot = 4.0
    /// … longer ones are divided by (tokens / pivot) to this power.
    public var lengthExponent = 0.7
    /// Thresholds of the bands.
    public var bands = Parameters.Bands()
    /// How messages add up to a conversation.
    public var conversation = Parameters.Conversation()
    package var learner = LogisticLearner.Options()
    package var bayes = NaiveBayes.Options()

    /// Default settings.
    public init() {}
  }

  private(set) var options: Options
  let sources: CompiledSources
  let model: Model
  let corpus: TrainingCorpus
  let observed: ObservedCorpus
  let calibration: ObservedCorpus

  /// Analyses a corpus over compiled sources. Throws when the corpus is empty.
  package init(corpus: TrainingCorpus, sources: CompiledSources, options: Options) throws {
    self.options = options
    self.sources = sources
    self.corpus = corpus
    model = try Model.open(bytes: sources.untrained(), name: "untrained model")
    observed = ObservedCorpus(corpus.voices, model: model)
    calibration = ObservedCorpus(corpus.calibration, model: model)
  }

  /// Learns everything and writes the bundle.
  package func train(name: String) throws -> TrainedModel {
    let fit = learn(voices: Array(observed.voices.indices))
    let isHeldOut = calibration.messages.contains { $0.isMove } && calibration.messages.contains { !$0.isMove }
    let judged = isHeldOut ? calibration : observed
    let sums = isHeldOut ? calibration.messages.map { fit.logits(of: $0) } : crossFit()
    let scalings = fitScalings(sums, of: judged)
    let card = ModelCard(name: name, corpus: corpus, options: options, features: fit.featureCount, model: model)
    let bytes = bundle(fit, scalings: scalings, card: card.json)
    let transcripts =
      isHeldOut
      ? try outcomes(of: corpus.calibration, model: Model.open(bytes: bytes, name: "trained model"))
      : try transcriptsOutOfFold(scalings: scalings)
    return TrainedModel(
      bytes: bytes,
      report: TrainingReport(
        sums, observed: judged, scalings: scalings, transcripts: transcripts,
        voices: isHeldOut ? "on calibration voices" : "out of fold over voices"))
  }

  /// The same analysed corpora under other settings.
  func with(_ options: Options) -> Trainer {
    var copy = self
    copy.options = options
    return copy
  }

  /// The sums of every labelled message under a model that never saw its voice, in the order of the observed rows.
  package func crossFit() -> [[Double]] { crossFit(within: Array(observed.voices.indices), folds: options.folds) }

  /// The same among some voices alone; messages of the others have no sums.
  func crossFit(within voices: [Int], folds: Int) -> [[Double]] {
    var sums = [[Double]](repeating: [], count: observed.messages.count)
    for fold in ObservedCorpus.deal(voices, folds: folds) {
      let rest = voices.filter { !fold.contains($0) }
      guard !rest.isEmpty else { continue }
      let fit = learn(voices: Array(rest))
      for index in observed.messages.indices where fold.contains(observed.messages[index].voice) {
        sums[index] = fit.logits(of: observed.messages[index])
      }
    }
    return sums
  }

  /// A whole bundle of learned and compiled parts.
  func bundle(_ fit: FittedVoices, scalings: [Parameters.Scaling], card: String) -> [UInt8] {
    sources.bundle(
      weights: fit.sections.weights, votes: fit.sections.votes,
      parameters: parameters(priors: fit.sections.priors, scalings: scalings), card: card)
  }

  /// A learner over the messages of some voices and the counts of real chat.
  package func learn(voices: [Int]) -> FittedVoices {
    let chosen = Set(voices)
    let messages = observed.messages.filter { chosen.contains($0.voice) }
    let entryCount = model.pack.lexicon.count
    let vocabulary = Vocabulary(
      observations: messages.map(\.observation), counts: corpus.counts, minimum: options.minimumCount,
      countMinimum: options.minimumRealCount, entryCount: entryCount, ruleCount: model.pack.rules.count)
    let lengthScale = WeightTable.lengthScale(pivot: options.lengthPivot, exponent: options.lengthExponent)
    var table = ExampleTable()
    for message in messages { append(message, vocabulary: vocabulary, lengthScale: lengthScale, to: &table) }
    appendCounts(vocabulary: vocabulary, harmless: messages.filter { !$0.isMove }.count, to: &table)
    let rows = Array(0..<table.count)
    let bayes = NaiveBayes(
      table, rows: rows, featureCount: vocabulary.count, options: options.bayes)
    let learner = LogisticLearner(
      table, rows: rows, featureCount: vocabulary.count, tokenFeatureCount: vocabulary.tokenFeatureCount,
      kinds: vocabulary.kinds, bayes: bayes, options: options.variant.adjusting(options.learner))
    return FittedVoices(
      learner: learner, vocabulary: vocabulary, lengthScale: lengthScale, declaredVotes: declaredVotes(),
      variant: options.variant)
  }

  private func append(
    _ message: ObservedMessage, vocabulary: Vocabulary, lengthScale: [Int32], to table: inout ExampleTable
  ) {
    let observation = message.observation
    table.append(
      features: options.variant.chosen(vocabulary.numbers(observation), of: vocabulary),
      votes: options.variant.votes(observation),
      scale: Double(lengthScale[min(observation.words, FeatureExtractor.windowTokens)]) / 65536,
      labels: message.labels, main: message.main, weight: message.weight, voice: message.voice)
  }

  /// Words and pairs of real chat as harmless rows of one or two words, together as heavy as a share of the harmless messages.
  private func appendCounts(vocabulary: Vocabulary, harmless: Int, to table: inout ExampleTable) {
    let total = corpus.counts.reduce(0) {
      $0 + $1.words.reduce(0) { $0 + $1.count } + $1.pairs.reduce(0) { $0 + $1.count }
    }
    guard total > 0, options.realShare > 0 else { return }
    let unit = options.realShare * Double(harmless) / Double(total)
    let benign = UInt32(1) << UInt32(Label.benign.rawValue)
    let silent = [Double](repeating: 0, count: Head.count)
    func add(_ hashes: [UInt64], count: Int) {
      let features = hashes.compactMap { vocabulary.number($0) }.sorted()
      guard !features.isEmpty else { return }
      table.append(
        features: features, votes: silent, scale: 1, labels: benign, main: .benign, weight: unit * Double(count),
        voice: -1)
    }
    func spelled(_ form: String) -> [UInt64] { [Vocabulary.hash(word: form)] + Vocabulary.characters(of: form) }
    for counts in corpus.counts {
      for word in counts.words { add(spelled(word.form), count: word.count) }
      for pair in counts.pairs {
        add(
          [Vocabulary.hash(pair: pair.first, pair.second)] + spelled(pair.first)
            + (pair.first == pair.second ? [] : spelled(pair.second)), count: pair.count)
      }
    }
  }

  private func declaredVotes() -> [Int16] {
    var votes: [Int16] = []
    for entry in 0..<model.pack.lexicon.count { votes += model.pack.lexicon.votes(of: UInt32(entry)) }
    for rule in 0..<model.pack.rules.count { votes += model.pack.rules.votes(of: UInt32(rule)) }
    return votes
  }

  /// The parameters of a bundle with these learned parts.
  func parameters(priors: [Int32], scalings: [Parameters.Scaling]) -> Parameters {
    var parameters = Parameters()
    parameters.priors = priors
    parameters.scalings = scalings
    parameters.referencePrevalence = options.referencePrevalence
    parameters.bands = options.bands
    parameters.conversation = options.conversation
    return parameters
  }

  /// Platt scaling of every head on sums of voices that the weights never saw. The conditional heads share a slope, since each has few positives.
  func fitScalings(_ sums: [[Double]], of observed: ObservedCorpus) -> [Parameters.Scaling] {
    func outer(_ head: Int, prevalence: Double) -> Parameters.Scaling {
      var values: [Double] = []
      var positive: [Bool] = []
      for (index, message) in observed.messages.enumerated() where !sums[index].isEmpty {
        values.append(sums[index][head])
        positive.append(head == Head.move ? message.isMove : message.isDisclosure)
      }
      let fit = PlattScaling.fit(sums: values, positive: positive, prevalence: prevalence)
      return Parameters.Scaling(slope: fit.slope, intercept: fit.intercept)
    }
    var values: [Double] = []
    var positive: [Bool] = []
    for (index, message) in observed.messages.enumerated() where !sums[index].isEmpty && message.isMove {
      for stage in 0..<Label.moveCount {
        values.append(sums[index][stage])
        positive.append(message.labels & (1 << UInt32(stage)) != 0)
      }
    }
    let shared = PlattScaling.fit(sums: values, positive: positive, prevalence: nil)
    var scalings = [Parameters.Scaling](
      repeating: Parameters.Scaling(slope: shared.slope, intercept: shared.intercept), count: Head.count)
    scalings[Head.move] = outer(Head.move, prevalence: options.referencePrevalence)
    scalings[Head.disclosure] = outer(Head.disclosure, prevalence: options.disclosurePrevalence)
    return scalings
  }
}
