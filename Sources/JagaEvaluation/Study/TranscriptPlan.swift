internal import JagaCore
internal import JagaTranscripts

/// Whole conversations under one system: who is alarmed about, when, and who is offered support.
struct TranscriptPlan: MeasurePlan {
  /// What happened to one conversation.
  struct Outcome: Sendable {
    var isRisky = false
    /// Messages read when the alarm came; nil for none.
    var alarm: Int?
    /// Alarm's place behind the first risk, in messages; nil without an alarm or an annotation.
    var lag: Int?
    var isTrackRight = false
    /// Gold may say that a conversation is risky and not of which track, as PAN12's does.
    var hasTrack = false
    var isDisclosure = false
    var isSupported = false
  }

  /// The conversations of one group, ready to be added up.
  struct Part: Sendable {
    let group: GroupIndex.Group
    var units: [UInt32] = []
    var outcomes: [Outcome] = []
    /// Costs of a right alarm, for o = 5 and o = 50; 0 where there is none.
    var costs: [(Double, Double)] = []
    var lags: [Double] = []
    var lagUnits: [UInt32] = []
    var penalties: [Double] = []
    var penaltyUnits: [UInt32] = []
  }

  let units: Int
  let parts: [Part]
  let tellsSupport: Bool
  let namesTracks: Bool
  /// By conversation, in the order of the gold.
  let outcomes: [Outcome]

  var scratch: PlanScratch.Size { PlanScratch.Size() }

  /// `conversations` have ``GoldTable/Conversation/isRisky``.
  init(_ conversations: [Int], gold: GoldTable, predictions: PredictionTable, options: EvaluationOptions) {
    units = conversations.count
    tellsSupport = predictions.tellsDisclosures || predictions.supports.contains { $0 != nil }
    namesTracks = predictions.namesTracks
    let all = conversations.map { TranscriptPlan.outcome(gold.conversations[$0], gold, predictions, options) }
    outcomes = all
    var names: [(Dimension, [String?])] = []
    let some = conversations.map { gold.conversations[$0] }
    if options.dimensions.contains(.language) { names.append((.language, some.map(\.language))) }
    if options.dimensions.contains(.voice) { names.append((.voice, some.map(\.voice))) }
    if options.dimensions.contains(.length) {
      names.append((.length, some.map { LengthClass.name(messages: $0.rows.count) }))
    }
    let index = GroupIndex(count: some.count, names, order: LengthClass.names)
    var members = [[Int]](repeating: [], count: index.groups.count)
    for item in some.indices {
      for group in index.groupsOfLeaf[Int(index.leaves[item])] { members[group].append(item) }
    }
    var parts = zip(index.groups, members).map { TranscriptPlan.part($0, $1, all) }
    if options.dimensions.contains(.label) {
      for label in TranscriptPlan.labels where some.contains(where: { $0.label == label }) {
        // A track stands against everything harmless, else nothing could be false.
        let isTrack = if case .track = label { true } else { false }
        let chosen = some.indices.filter { some[$0].label == label || isTrack && some[$0].isRisky == false }
        parts.append(
          TranscriptPlan.part(GroupIndex.Group(dimension: .label, name: label.name), chosen, all))
      }
    }
    self.parts = parts
  }

  private static var labels: [TranscriptLabel] { Track.allCases.map(TranscriptLabel.track) + [.disclosure, .benign] }

  /// The alarm is the first message after which the conversation's band is review or high; by the messages' own bands, or by the
  /// threshold, where the system has no other.
  static func outcome(
    _ conversation: GoldTable.Conversation, _ gold: GoldTable, _ predictions: PredictionTable,
    _ options: EvaluationOptions
  ) -> Outcome {
    var outcome = Outcome()
    outcome.isRisky = conversation.isRisky ?? false
    outcome.isDisclosure = conversation.label == .disclosure
    var track: Track?
    for (place, row) in conversation.rows.enumerated() {
      let isAlarm =
        predictions.hasBands
        ? (predictions.conversationBands[row] ?? predictions.bands[row] ?? Band.none) >= Band.review
        : predictions.scores[row] >= options.threshold
      if isAlarm, outcome.alarm == nil {
        outcome.alarm = place + 1
        track = predictions.tracks[row]
      }
      track = predictions.conversationTracks[row] ?? track
      if predictions.supports[row] ?? (predictions.disclosures[row] >= options.disclosureThreshold) {
        outcome.isSupported = true
      }
    }
    if let alarm = outcome.alarm, let first = conversation.firstRisk { outcome.lag = alarm - 1 - first }
    if case .track(let gold) = conversation.label {
      outcome.hasTrack = true
      outcome.isTrackRight = track == gold
    }
    return outcome
  }

  private static func part(_ group: GroupIndex.Group, _ members: [Int], _ all: [Outcome]) -> Part {
    var part = Part(group: group)
    var alarmed: [(value: Int, unit: UInt32)] = []
    var lagged: [(value: Int, unit: UInt32)] = []
    for member in members {
      let outcome = all[member]
      let unit = UInt32(member)
      part.units.append(unit)
      part.outcomes.append(outcome)
      var cost = (0.0, 0.0)
      if outcome.isRisky, let alarm = outcome.alarm {
        cost = (EarlyRisk.cost(alarm, o: 5), EarlyRisk.cost(alarm, o: 50))
        alarmed.append((alarm, unit))
        if let lag = outcome.lag { lagged.append((lag, unit)) }
      }
      part.costs.append(cost)
    }
    // The penalty grows with k, so both stand in one order.
    for (k, unit) in alarmed.sorted(by: { $0 < $1 }) {
      part.penalties.append(Latency.penalty(k))
      part.penaltyUnits.append(unit)
    }
    for (lag, unit) in lagged.sorted(by: { $0 < $1 }) {
      part.lags.append(Double(lag))
      part.lagUnits.append(unit)
    }
    return part
  }

  func emit(_ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch, to sink: inout some FigureSink) {
    for part in parts {
      sink.begin(part.group.dimension, part.group.name)
      emit(part, weights, to: &sink)
    }
  }

  private func emit(_ part: Part, _ weights: UnsafePointer<UInt8>, to sink: inout some FigureSink) {
    var counts = DecisionCounts()
    var told = DecisionCounts()
    var rightTracks = 0
    var tracks = 0
    var lagged = 0
    var early = 0
    var costs = (0.0, 0.0)
    for (item, outcome) in part.outcomes.enumerated() {
      let weight = Int(weights[Int(part.units[item])])
      guard weight > 0 else { continue }
      switch (outcome.alarm != nil, outcome.isRisky) {
      case (true, true):
        counts.truePositives += weight
        costs.0 += Double(weight) * part.costs[item].0
        costs.1 += Double(weight) * part.costs[item].1
        if outcome.isTrackRight { rightTracks += weight }
        if outcome.hasTrack { tracks += weight }
        if let lag = outcome.lag {
          lagged += weight
          if lag < -2 { early += weight }
        }
      case (true, false): counts.falsePositives += weight
      case (false, true): counts.falseNegatives += weight
      case (false, false): counts.trueNegatives += weight
      }
      switch (outcome.isSupported, outcome.isDisclosure) {
      case (true, true): told.truePositives += weight
      case (true, false): told.falsePositives += weight
      case (false, true): told.falseNegatives += weight
      case (false, false): told.trueNegatives += weight
      }
    }
    let size = emitDecisions("alarm", counts, isKnown: true, to: &sink)
    let alarms = FigureSize(items: size.items, positives: counts.truePositives)
    sink.put(
      "alarm", .rightTrack,
      namesTracks ? share(Double(rightTracks), Double(tracks)) : .nan, alarms)
    let lags = Quantile.of(sorted: part.lags, units: part.lagUnits, weights: weights, (0.25, 0.5, 0.75))
    let lagSize = FigureSize(items: size.items, positives: lagged)
    sink.put("alarm", .lagMedian, lags.1, lagSize)
    sink.put("alarm", .lagLower, lags.0, lagSize)
    sink.put("alarm", .lagUpper, lags.2, lagSize)
    sink.put("alarm", .premature, share(Double(early), Double(lagged)), lagSize)
    let penalty = Quantile.of(
      sorted: part.penalties, units: part.penaltyUnits, weights: weights, (0.5, 0.5, 0.5)
    ).0
    sink.put("alarm", .speed, 1 - penalty, alarms)
    sink.put("alarm", .latencyF1, Latency.weighted(f1: counts.fBeta(1), speed: 1 - penalty), size)
    let risky = share(Double(size.positives), Double(size.items))
    let missed = Double(counts.falseNegatives) + Double(counts.falsePositives) * risky
    sink.put("alarm", .erde5, share(costs.0 + missed, Double(size.items)), size)
    sink.put("alarm", .erde50, share(costs.1 + missed, Double(size.items)), size)
    let needs = FigureSize(items: size.items, positives: told.truePositives + told.falseNegatives)
    sink.put("support", .recall, tellsSupport ? told.recall : .nan, needs)
    sink.put("support", .falsePositiveRate, tellsSupport ? told.falsePositiveRate : .nan, needs)
  }
}
