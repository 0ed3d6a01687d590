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
/// Work is shared out among threads, and no byte depends on their number. Cost: see Documentation/Performance.md; memory is linear in the messages.
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
    /// Threads at work; as many as there are processors where none is stated.
    public var threads: Int?
    /// Told what each phase of a training took, in seconds.
    public var onPhase: (@Sendable (_ phase: String, _ seconds: Double) -> Void)?
    package var learner = LogisticLearner.Options()
    package var bayes = NaiveBayes.Options()

    /// Default settings.
    public init() {}
  }

  private(set) var options: Options
  let sources: CompiledSources
  let model: Model
  let corpus: TrainingCorpus
  let observations: Observations
  let observed: ObservedCorpus
  let calibration: ObservedCorpus
  var workers: Workers { Workers(options.threads) }

  /// Analyses a corpus over compiled sources. Throws when the corpus is empty.
  package init(corpus: TrainingCorpus, sources: CompiledSources, options: Options) throws {
    self.options = options
    self.sources = sources
    self.corpus = corpus
    let model = try Model.open(bytes: sources.untrained(), name: "untrained model")
    self.model = model
    var clock = PhaseClock(options)
    let workers = Workers(options.threads)
    let observers = CorpusObserver(corpus, scorer: Scorer(model: model), workers: workers)
    clock.end("observing")
    observations = Observations(
      chunks: observers.chunks, interners: observers.interners, tables: corpus.counts,
      options: Observations.Options(minimum: options.minimumCount, countMinimum: options.minimumRealCount),
      workers: workers)
    observed = observers.corpus(of: corpus.voices, from: 0)
    calibration = observers.corpus(of: corpus.calibration, from: observed.chunks.upperBound)
    clock.end("numbering")
  }

  /// Learns everything and writes the bundle.
  package func train(name: String) throws -> TrainedModel {
    let isHeldOut = calibration.messages.contains { $0.isMove } && calibration.messages.contains { !$0.isMove }
    let fit = learn(voices: Array(observed.voices.indices))
    var clock = PhaseClock(options)
    let folds = isHeldOut ? [] : fitFolds()
    let judged = isHeldOut ? calibration : observed
    let sums = isHeldOut ? sums(of: calibration.messages, fit: fit) : crossFit(folds)
    clock.end("sums of held-out messages")
    let scalings = fitScalings(sums, of: judged)
    clock.end("scaling")
    let card = ModelCard(name: name, corpus: corpus, options: options, features: fit.featureCount, model: model)
    let bytes = bundle(fit, scalings: scalings, card: card.json)
    clock.end("bundle")
    let transcripts =
      isHeldOut
      ? try outcomes(of: corpus.calibration, model: Model.open(bytes: bytes, name: "trained model"))
      : try transcriptsOutOfFold(folds, scalings: scalings)
    let report = TrainingReport(
      sums, observed: judged, scalings: scalings, transcripts: transcripts,
      voices: isHeldOut ? "on calibration voices" : "out of fold over voices")
    clock.end("report")
    return TrainedModel(bytes: bytes, report: report)
  }

  /// The same analysed corpora under other settings.
  func with(_ options: Options) -> Trainer {
    var copy = self
    copy.options = options
    return copy
  }

  /// A whole bundle of learned and compiled parts.
  func bundle(_ fit: FittedVoices, scalings: [Parameters.Scaling], card: String) -> [UInt8] {
    sources.bundle(
      weights: fit.sections.weights, votes: fit.sections.votes,
      parameters: parameters(priors: fit.sections.priors, scalings: scalings), card: card)
  }

  /// A learner over the messages of some voices and the counts of real chat.
  package func learn(voices: [Int]) -> FittedVoices {
    var clock = PhaseClock(options)
    let workers = workers
    let chosen = Set(voices)
    let chunks = observed.chunks.filter { number in
      observations.chunks[number].messages.first.map { chosen.contains($0.voice) } ?? false
    }
    let vocabulary = Vocabulary(
      observations, chunks: chunks, minimum: options.minimumCount, entryCount: model.pack.lexicon.count,
      ruleCount: model.pack.rules.count, workers: workers)
    clock.end("vocabulary")
    let view = RowView(
      observations, vocabulary: vocabulary, variant: options.variant,
      lengthScale: WeightTable.lengthScale(pivot: options.lengthPivot, exponent: options.lengthExponent))
    var table = ExampleTable()
    table.append(workers.map(chunks.count) { piece, _ in view.rows(ofChunk: chunks[piece]) })
    appendCounts(vocabulary: vocabulary, harmless: table.rows.count { !$0.isMove }, to: &table)
    clock.end("rows")
    let rows = Array(0..<table.count)
    let bayes = NaiveBayes(
      table, rows: rows, featureCount: vocabulary.count, options: options.bayes, workers: workers)
    clock.end("counting")
    let learner = LogisticLearner(
      table, rows: rows, featureCount: vocabulary.count, tokenFeatureCount: vocabulary.tokenFeatureCount,
      kinds: vocabulary.kinds, bayes: bayes, options: options.variant.adjusting(options.learner), workers: workers)
    clock.end("learning")
    let fit = FittedVoices(learner: learner, vocabulary: vocabulary, view: view, declaredVotes: declaredVotes())
    clock.end("rounding")
    return fit
  }

  /// Words and pairs of real chat as harmless rows of one or two words, together as heavy as a share of the harmless messages.
  private func appendCounts(vocabulary: Vocabulary, harmless: Int, to table: inout ExampleTable) {
    let total = observations.counts.reduce(0, +)
    guard total > 0, options.realShare > 0 else { return }
    let unit = options.realShare * Double(harmless) / Double(total)
    var features: [UInt32] = []
    for (row, count) in observations.counts.enumerated() {
      features.removeAll(keepingCapacity: true)
      RowView.append(observations.countRows, row: row, numbers: vocabulary.numbers, to: &features)
      guard !features.isEmpty else { continue }
      table.append(
        features: features, votes: [], scale: 1, labels: 1 << UInt32(Label.benign.rawValue), main: .benign,
        weight: unit * Double(count))
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
