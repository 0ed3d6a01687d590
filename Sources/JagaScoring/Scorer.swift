public import JagaCore
import JagaLexicon
import JagaRules

/// Scores messages with one model. Cheap to copy; share it between threads and give each thread a ``ScoringWorkspace``.
///
///     let scorer = Scorer(model: try Model.open(path: "Models/default.jaga"))
///     let result = scorer.score("umur berapa dek? sendirian di rumah?")
///     result.top.name  // "grooming.assessment"
///
/// A message takes two steps. ``ScoringWorkspace/assess(_:into:)`` needs its text alone, so any number of threads may do it in any
/// order. ``conclude(_:author:in:)`` adds what came before in its conversation, in order.
public struct Scorer: Sendable {
  /// Settings that do not belong to the model.
  public struct Options: Sendable {
    /// Share of moves among messages where the program runs, in 0…1; nil keeps the model's reference prevalence.
    public var baseRate: Double?

    /// Default options.
    public init(baseRate: Double? = nil) { self.baseRate = baseRate }
  }

  /// The model.
  public let model: Model
  /// The operator's lexicon and rules, if any.
  public let overlay: Overlay?
  /// The model id as records carry it; an overlay adds `+` and its own id.
  public let modelID: String
  /// What the base rate adds to the move head, in logits.
  let baseRateShift: Double
  let tracker: ConversationTracker
  let policy: BandPolicy
  let scalings: HeadScalings
  /// The sums of a message without evidence.
  let priors: HeadSums
  /// What an author without evidence carries to his next message.
  private let quietCarry: Double
  /// The score of a conversation without evidence.
  private let quietProbability: Double

  /// Creates a scorer. An overlay is added to the model's own lexicon and rules.
  public init(model: Model, overlay: Overlay? = nil, options: Options = Options()) {
    self.model = model
    self.overlay = overlay
    modelID = overlay.map { model.id + "+" + $0.id } ?? model.id
    if let rate = options.baseRate, rate > 0, rate < 1 {
      baseRateShift = FixedMath.logit(rate) - FixedMath.logit(model.parameters.referencePrevalence)
    } else {
      baseRateShift = 0
    }
    tracker = ConversationTracker(parameters: model.parameters)
    policy = BandPolicy(thresholds: model.parameters.bands)
    scalings = HeadScalings(model.parameters)
    priors = HeadSums(priors: model.parameters.priors)
    quietCarry = tracker.carry(ConversationState.Author())
    quietProbability = FixedMath.sigmoid(0 - model.parameters.conversation.offset + baseRateShift)
  }

  /// Scores one message as a conversation of its own, evidence included. For tools and tests; allocates.
  public func score(_ text: String, explain: Bool = false) -> MessageScore {
    let workspace = ScoringWorkspace(self)
    let assessment = Assessment()
    var state = ConversationState()
    var copy = text
    return copy.withUTF8 { utf8 in
      workspace.assess(utf8, into: assessment)
      let conclusion = conclude(assessment, author: 0, in: &state)
      var score = messageScore(conclusion)
      workspace.explain(utf8, conclusion: conclusion, contributions: explain, into: &score)
      return score
    }
  }

  /// Step two: adds earlier messages' part, updates the conversation, decides the bands. Allocates nothing in the steady state.
  public func conclude(_ assessment: Assessment, author: UInt64, in state: inout ConversationState) -> Conclusion {
    var conclusion = Conclusion(windowBegin: assessment.windowBegin, windowEnd: assessment.windowEnd)
    conclusion.language = assessment.language
    conclusion.sums = assessment.sums
    settle(assessment, author: author, state: state, into: &conclusion)
    if assessment.windowBegin == 0 {
      conclusion.question = state.question(to: author)
      assessment.answer.add(
        to: conclusion.question, scale: assessment.answerScale, table: model.weights, sums: &conclusion.sums)
    }
    let moveLogit = scalings.logit(Head.move, of: conclusion.sums)
    conclusion.disclosureLogit = scalings.logit(Head.disclosure, of: conclusion.sums)
    conclusion.top =
      Label(rawValue: UInt8(truncatingIfNeeded: scalings.topStage(of: conclusion.sums))) ?? .groomingContact

    let slot = state.slot(of: author)
    var written = state.authors[slot]
    let disclosed =
      conclusion.disclosureLogit >= policy.thresholds.support && conclusion.disclosureLogit > moveLogit
    // Without evidence so far nothing needs to be added up.
    let isQuiet = written.peak == 0
    conclusion.carry = disclosed ? 0 : isQuiet ? quietCarry : tracker.carry(written)
    conclusion.moveLogit = moveLogit + conclusion.carry
    if disclosed {
      state.support = true
      conclusion.band = .none
      written.countMessage()
    } else if isQuiet, moveLogit <= tracker.parameters.conversation.floor {
      // The message adds nothing, and there is nothing that could fade.
      written.countMessage()
      conclusion.band = policy.message(
        logit: conclusion.moveLogit, top: conclusion.top, late: 0, previous: written.band)
      note(conclusion, of: &written, in: &state)
    } else {
      decideBand(&conclusion, alone: moveLogit, author: &written, state: &state)
    }
    state.authors[slot] = written
    var mark = ConversationState.Mark()
    mark.author = author
    mark.model = assessment.marks
    mark.overlay = assessment.overlayMarks
    state.remember(mark, question: assessment.question)
    conclusion.conversation = summary(of: state)
    return conclusion
  }

  /// Concludes a message that the conversation has counted before, with another text perhaps, against the conversation as it stands. It is not counted again. Where what it
  /// says by itself `matters`, the conversation takes its band and its call for help; else nothing of it changes. `index` is its place in the conversation, from 0.
  public func concludeAgain(
    _ assessment: Assessment, author: UInt64, index: Int, in state: inout ConversationState,
    matters: (Conclusion) -> Bool
  ) -> (conclusion: Conclusion, matters: Bool) {
    var (copy, fresh) = (state, ConversationState())
    var conclusion = conclude(assessment, author: author, in: &copy)
    let alone = conclude(assessment, author: author, in: &fresh)
    let isOfWeight = matters(alone)
    if isOfWeight {
      let slot = state.slot(of: author)
      var written = state.authors[slot]
      let (reached, wasQuiet) = (written.band, state.firstAlert < 0)
      note(alone, of: &written, in: &state)
      written.band = max(reached, written.band)
      state.authors[slot] = written
      state.support = state.support || fresh.support
      if wasQuiet, state.firstAlert >= 0 { state.firstAlert = Int32(clamping: index) }
    }
    conclusion.conversation = summary(of: state)
    return (conclusion, isOfWeight)
  }

  /// Lets a question be context for the answer that follows, without taking it for a message: nobody's evidence changes, and nothing is judged.
  /// `author` is whoever asks; an answer of the same author is none.
  public func ask(_ question: Assessment, author: UInt64, in state: inout ConversationState) {
    var mark = ConversationState.Mark()
    mark.author = author
    state.remember(mark, question: question.question)
  }

  /// The conversation so far: its peak band and evidence.
  public func summary(of state: ConversationState) -> ConversationScore {
    ConversationScore(
      score: state.peak == 0 ? quietProbability : conversationProbability(Double(state.peak)), band: state.peakBand,
      top: state.peak > 0 ? Label(rawValue: state.peakTop) ?? .benign : .benign, supportNeeded: state.support)
  }

  /// Calls `body` for each author with evidence: his hash, the score of his peak, his strongest move.
  public func forEachAuthor(
    of state: ConversationState, _ body: (_ author: UInt64, _ score: Double, _ top: Label) -> Void
  ) {
    for index in 0..<state.authorCount where state.authors[index].peak > 0 {
      let author = state.authors[index]
      body(
        author.id, conversationProbability(Double(author.peak)), Label(rawValue: author.top) ?? .groomingContact)
    }
  }

  /// Turns a conclusion into probabilities, without evidence. Allocates the array of labels.
  public func messageScore(_ conclusion: Conclusion) -> MessageScore {
    let score = FixedMath.sigmoid(conclusion.moveLogit + baseRateShift)
    let stages = scalings.stages(of: conclusion.sums)
    return MessageScore(
      score: score, band: conclusion.band, top: conclusion.top,
      labels: (0..<Label.moveCount).map { score * stages[$0] },
      disclosure: FixedMath.sigmoid(conclusion.disclosureLogit), language: conclusion.language)
  }

  private func conversationProbability(_ evidence: Double) -> Double {
    FixedMath.sigmoid(evidence - model.parameters.conversation.offset + baseRateShift)
  }

  /// Moves pending rules whose earlier messages fit into the sums.
  private func settle(
    _ assessment: Assessment, author: UInt64, state: ConversationState, into conclusion: inout Conclusion
  ) {
    guard !assessment.pending.isEmpty || !assessment.overlayPending.isEmpty else { return }
    assessment.settled.removeAll(keepingCapacity: true)
    let history = StateHistory(state: state, author: author, isOverlay: false)
    model.pack.rules.settle(assessment.pending, history: history, into: &assessment.settled)
    for finding in assessment.settled {
      conclusion.sums.add(votes: model.pack.ruleVotes(finding.rule))
      conclusion.note(settled: finding.rule, isOverlay: false)
    }
    guard let overlay else { return }
    assessment.settled.removeAll(keepingCapacity: true)
    let overlayHistory = StateHistory(state: state, author: author, isOverlay: true)
    overlay.pack.rules.settle(assessment.overlayPending, history: overlayHistory, into: &assessment.settled)
    for finding in assessment.settled {
      conclusion.sums.add(votes: overlay.pack.ruleVotes(finding.rule))
      conclusion.note(settled: finding.rule, isOverlay: true)
    }
  }

  private func decideBand(
    _ conclusion: inout Conclusion, alone: Double, author: inout ConversationState.Author,
    state: inout ConversationState
  ) {
    let before = author.band
    tracker.fold(logit: alone, stages: scalings.stages(of: conclusion.sums), into: &author)
    let evidence = tracker.evidence(author.stages)
    var band = policy.message(logit: conclusion.moveLogit, top: conclusion.top, late: evidence.late, previous: before)
    if alone >= model.parameters.conversation.floor {
      // A message that adds to the evidence takes part in what the evidence has become.
      band = max(
        band,
        policy.conversation(evidence: Double(evidence.sum), late: evidence.late))
    }
    conclusion.band = band
    if evidence.sum > author.peak {
      author.peak = evidence.sum
      author.top = evidence.top.rawValue
    }
    if evidence.sum > state.peak {
      state.peak = evidence.sum
      state.peakTop = evidence.top.rawValue
    }
    note(conclusion, of: &author, in: &state)
  }

  /// Keeps what band an author's message reached. One message alone can reach a band; the evidence then counts as much as that band asks of it,
  /// so that a conversation's score, its move and its band say the same.
  private func note(
    _ conclusion: Conclusion, of author: inout ConversationState.Author, in state: inout ConversationState
  ) {
    let band = conclusion.band
    author.band = band
    state.peakBand = max(state.peakBand, band)
    guard band >= .review else { return }
    if state.firstAlert < 0 { state.firstAlert = state.messageCount }
    let least = policy.leastEvidence(band)
    if author.peak < least {
      author.peak = least
      author.top = conclusion.top.rawValue
    }
    if state.peak < least {
      state.peak = least
      state.peakTop = conclusion.top.rawValue
    }
  }
}
