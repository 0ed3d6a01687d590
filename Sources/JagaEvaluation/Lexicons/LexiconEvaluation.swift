import JagaCore
public import JagaScoring

/// Judges every entry and rule of a scorer's lexicons over labelled messages.
///
///     let gold = try LabelledMessages(reading: [.file("gold.jsonl")])
///     let evaluation = LexiconEvaluation(gold, scorer: scorer)
///     evaluation.entries.filter { $0.findings.contains(.harmful) }
///
/// The measures of a source that votes or abstains are those of snorkel's `LFAnalysis` (Ratner et al. 2017): coverage, overlap, conflict, precision. What
/// "left out" means is said at ``LeaveOneOut``. A voter *is found* in a message when it lies in the window that decided the message, which is all of it
/// up to 32 tokens. Messages are scored once, each in its conversation. Equal input, options and model give equal figures on any number of processors.
///
/// Cost: that of scoring twice, and for each resample one pass over all firings: a thousand resamples of twenty thousand messages take seconds.
public struct LexiconEvaluation: Sendable {
  /// What may be chosen.
  public struct Options: Sendable {
    /// Resamples of whole conversations behind each interval; 0 gives none.
    public var resamples = 1000
    /// The seed of the resamples.
    public var seed: UInt64 = 1
    /// Messages that a voter must be found in before anything but `dead` is said about it.
    public var minimum = 5
    /// From this share of conflicts on, a voter for a move or a disclosure whose track is right in less than half of them is conflicting.
    public var conflictShare = 0.5
    /// A gain nearer to zero than this is none.
    public var negligible = 0.0005
    /// The strength of the prior of ``LogOdds``, in messages.
    public var prior = 500.0
    /// Wrong instances kept of each voter.
    public var wrongLimit = 5
    /// Keep the texts of wrong instances.
    public var withText = false

    /// The defaults.
    public init() {}
  }

  /// Every entry and rule: those with findings first, worst first, then by the gain in area, least first.
  public let entries: [EntryFigures]
  /// The model id, as records carry it.
  public let modelID: String
  /// Labelled messages.
  public let messages: Int
  /// Messages with a move among their labels.
  public let moves: Int
  /// Conversations, single messages included: what resamples draw.
  public let conversations: Int
  /// The ROC-AUC of moves with every voter in place.
  public let area: Double
  /// The F1 of moves at 0.5 likewise.
  public let f1: Double
  /// The options used.
  public let options: Options

  /// Scores the messages and judges.
  public init(_ gold: LabelledMessages, scorer: Scorer, options: Options = Options()) {
    self.init(FiringTable(observing: gold, scorer: scorer), modelID: scorer.modelID, options: options)
  }

  init(_ table: FiringTable, modelID: String, options: Options) {
    self.modelID = modelID
    self.options = options
    messages = table.messages.count
    let moveCount = table.messages.filter(\.isMove).count
    moves = moveCount
    conversations = Set(table.messages.map(\.unit)).count
    let leaving = LeaveOneOut(table, resamples: options.resamples, seed: options.seed)
    (area, f1) = leaving.base()
    let figures = leaving.figures()
    let company = VoterCompany(table)
    let totals = SenseTotals(table)
    entries = table.voters.indices.map { voter in
      LexiconEvaluation.judged(
        voter, table: table, gains: figures[voter], company: company, totals: totals, options: options)
    }.sorted(by: LexiconEvaluation.isWorse)
  }

  /// How many messages bear out each sense and each side.
  private struct SenseTotals {
    var right: [VoterSense: Int] = [:]
    var side: [VoterSense: Int] = [:]

    init(_ table: FiringTable) {
      for sense in Set(table.voters.map(\.sense)) {
        right[sense] = table.messages.reduce(0) { $0 + (sense.isRight($1.labels) == true ? 1 : 0) }
        side[sense] = table.messages.reduce(0) { $0 + (sense.isOnRightSide($1.labels) == true ? 1 : 0) }
      }
    }
  }

  private static func judged(
    _ voter: Int, table: FiringTable, gains: LeaveOneOut.Figures, company: VoterCompany, totals: SenseTotals,
    options: Options
  ) -> EntryFigures {
    let firings = table.firings(of: voter)
    let sense = table.voters[voter].sense
    let all = table.messages.count
    var entry = EntryFigures(voter: table.voters[voter])
    entry.count = firings.count
    entry.coverage = ratio(firings.count, all)
    let moves = firings.reduce(0) { $0 + (table.messages[Int($1.message)].isMove ? 1 : 0) }
    entry.moves = ratio(moves, firings.count)
    entry.precision = gains.precision
    let senseTotal = totals.right[sense] ?? 0
    if !sense.isSilent {
      entry.base = ratio(senseTotal, all)
      entry.overlap = ratio(company.overlaps[voter], firings.count)
      entry.conflict = ratio(company.conflicts[voter], firings.count)
      entry.rightInConflict = ratio(company.rightInConflict[voter], company.conflicts[voter])
    }
    entry.areaGain = gains.areaGain
    entry.f1Gain = gains.f1Gain
    entry.recallGain = gains.recallGain
    let wrong = firings.filter { sense.isRight(table.messages[Int($0.message)].labels) == false }
    entry.wrongCount = wrong.count
    entry.wrong = wrong.prefix(options.wrongLimit).map { firing in
      let message = table.messages[Int(firing.message)]
      return WrongInstance(
        id: message.id, labels: Label.allCases.filter { message.labels & (1 << UInt32($0.rawValue)) != 0 },
        text: options.withText ? message.text : nil)
    }
    let right = sense.isSilent ? moves : firings.count - wrong.count
    let group = sense.isSilent ? table.messages.filter(\.isMove).count : senseTotal
    entry.logOdds = LogOdds(
      count: right, of: group, against: firings.count - right, of: all - group, prior: options.prior)
    let sideBase = ratio(totals.side[sense] ?? 0, all)
    entry.findings = findings(entry, gains: gains, sideBase: sideBase, company: company, voter: voter, options: options)
    if entry.findings.contains(.redundant) { entry.coveredBy = company.mostFrequentCover(of: voter) }
    return entry
  }

  private static func findings(
    _ entry: EntryFigures, gains: LeaveOneOut.Figures, sideBase: Double, company: VoterCompany, voter: Int,
    options: Options
  ) -> [LexiconFinding] {
    if entry.count == 0 { return [.dead] }
    guard entry.count >= options.minimum else { return [] }
    var findings: [LexiconFinding] = []
    let sense = entry.voter.sense
    let isBelowChance =
      !sense.isSilent && (entry.precision.high < entry.base || gains.side.high < sideBase)
    let isLoss = [entry.areaGain, entry.f1Gain].contains { $0.high < 0 && $0.value <= -options.negligible }
    if isBelowChance || isLoss { findings.append(.harmful) }
    // What speaks against moves is there to contradict.
    if sense.isRisk || sense.isDisclosure, entry.conflict >= options.conflictShare, entry.rightInConflict < 0.5 {
      findings.append(.conflicting)
    }
    if !sense.isSilent, company.covered[voter] == entry.count, gains.changesNoDecision,
      abs(entry.areaGain.value) < options.negligible
    {
      findings.append(.redundant)
    }
    return findings
  }

  private static func isWorse(_ left: EntryFigures, _ right: EntryFigures) -> Bool {
    func rank(_ entry: EntryFigures) -> Int {
      entry.findings.first.flatMap { LexiconFinding.allCases.firstIndex(of: $0) } ?? LexiconFinding.allCases.count
    }
    if rank(left) != rank(right) { return rank(left) < rank(right) }
    // What is undefined comes last.
    func order(_ value: Double) -> Double { value.isNaN ? .infinity : value }
    if order(left.areaGain.value) != order(right.areaGain.value) {
      return order(left.areaGain.value) < order(right.areaGain.value)
    }
    if order(left.precision.value) != order(right.precision.value) {
      return order(left.precision.value) < order(right.precision.value)
    }
    return left.voter.id.utf8.lexicographicallyPrecedes(right.voter.id.utf8)
  }
}
