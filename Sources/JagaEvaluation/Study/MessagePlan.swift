internal import JagaCore
internal import JagaTranscripts

/// Labelled messages under one system: decisions, areas and calibration of the move head, the disclosure head and every label.
///
/// Cost of a resample: one random access and some additions for each message, head and dimension; labels cost only the messages for which
/// they have a probability.
struct MessagePlan: MeasurePlan {
  let units: Int
  let baseRate: Double?
  let namesStages: Bool
  let namesTracks: Bool
  let tellsDisclosures: Bool
  let index: GroupIndex
  /// What is counted: a cell of a leaf for a unit.
  private var countedUnits: [UInt32] = []
  private var countedCells: [UInt32] = []
  /// By group.
  private(set) var moves: [RankedItems]
  private(set) var disclosures: [RankedItems]
  /// By label, over all messages; those with probability 0 are left out.
  private(set) var labels: [RankedItems]
  private let total: Int
  let byLabel: Bool
  private let labelCalibrations: [Calibration]

  /// `rows` are labelled rows of one kind. Cost: sorts twice.
  init(_ rows: [Int], gold: GoldTable, predictions: PredictionTable, options: EvaluationOptions) {
    baseRate = options.baseRate
    namesStages = predictions.namesStages
    namesTracks = predictions.namesTracks
    tellsDisclosures = predictions.tellsDisclosures
    byLabel = options.dimensions.contains(.label)
    total = rows.count
    var unitOf = [UInt32](repeating: .max, count: gold.conversations.count)
    var found: UInt32 = 0
    let unitByItem = rows.map { row in
      let conversation = gold.rows[row].conversation
      if unitOf[conversation] == .max {
        unitOf[conversation] = found
        found += 1
      }
      return unitOf[conversation]
    }
    units = Int(found)
    index = MessagePlan.groups(rows, gold: gold, options: options)
    moves = index.groups.map { _ in RankedItems() }
    disclosures = moves
    labels = []
    labelCalibrations =
      byLabel ? MessagePlan.calibrations(rows, gold: gold, predictions: predictions) : []

    for (item, row) in rows.enumerated() {
      count(gold.rows[row], row, unitByItem[item], Int(index.leaves[item]), predictions, options)
    }
    func rank(_ scores: [Double], _ tag: (GoldTable.Row) -> UInt8, into groups: inout [RankedItems]) {
      for item in RankedItems.order(scores) {
        let item = Int(item)
        let itemTag = tag(gold.rows[rows[item]])
        for group in index.groupsOfLeaf[Int(index.leaves[item])] {
          groups[group].append(scores[item], unit: unitByItem[item], tag: itemTag)
        }
      }
    }
    rank(
      rows.map { predictions.scores[$0] },
      { $0.isMove ? RankedItems.Tag.positive : $0.isDisclosure ? 0 : RankedItems.Tag.harmless }, into: &moves)
    rank(
      rows.map { predictions.disclosures[$0] },
      { $0.isDisclosure ? RankedItems.Tag.positive : $0.isMove ? 0 : RankedItems.Tag.harmless }, into: &disclosures)
    if byLabel { labels = MessagePlan.rankings(rows, unitByItem, gold: gold, predictions: predictions) }
  }

  private static func groups(_ rows: [Int], gold: GoldTable, options: EvaluationOptions) -> GroupIndex {
    var names: [(Dimension, [String?])] = []
    if options.dimensions.contains(.language) { names.append((.language, rows.map { gold.rows[$0].language })) }
    if options.dimensions.contains(.voice) { names.append((.voice, rows.map { gold.rows[$0].voice })) }
    if options.dimensions.contains(.length) { names.append((.length, rows.map { gold.rows[$0].length.name })) }
    return GroupIndex(count: rows.count, names, order: LengthClass.names)
  }

  /// Each label's messages with a probability above 0, lowest first.
  private static func rankings(
    _ rows: [Int], _ units: [UInt32], gold: GoldTable, predictions: PredictionTable
  ) -> [RankedItems] {
    var scores = [[Double]](repeating: [], count: Label.moveCount)
    var items = [[Int]](repeating: [], count: Label.moveCount)
    for (item, row) in rows.enumerated() {
      for pair in predictions.labels(of: row) where pair.probability > 0 {
        scores[Int(pair.label.rawValue)].append(pair.probability)
        items[Int(pair.label.rawValue)].append(item)
      }
    }
    return (0..<Label.moveCount).map { label in
      var ranked = RankedItems()
      for place in RankedItems.order(scores[label]) {
        let item = items[label][Int(place)]
        let isPositive = gold.rows[rows[item]].labels & (1 << UInt32(label)) != 0
        ranked.append(
          scores[label][Int(place)], unit: units[item], tag: isPositive ? RankedItems.Tag.positive : 0)
      }
      return ranked
    }
  }

  /// Calibration of each label over all messages, those with probability 0 included: they stand first, in their order.
  private static func calibrations(
    _ rows: [Int], gold: GoldTable, predictions: PredictionTable
  ) -> [Calibration] {
    var scores = [Double](repeating: 0, count: rows.count)
    return Label.moves.map { label in
      var named: [Int] = []
      for (item, row) in rows.enumerated() {
        scores[item] = 0
        for pair in predictions.labels(of: row) where pair.label == label && pair.probability > 0 {
          if scores[item] == 0 { named.append(item) }
          scores[item] = pair.probability
        }
      }
      let bit = UInt32(1) << UInt32(label.rawValue)
      var ranked = RankedItems()
      func append(_ item: Int) {
        let isPositive = gold.rows[rows[item]].labels & bit != 0
        ranked.append(scores[item], unit: 0, tag: isPositive ? RankedItems.Tag.positive : 0)
      }
      for item in rows.indices where scores[item] == 0 { append(item) }
      for place in RankedItems.order(named.map { scores[$0] }) { append(named[Int(place)]) }
      return ranked.once { ranked.calibration($0) }
    }
  }

  private mutating func count(
    _ gold: GoldTable.Row, _ row: Int, _ unit: UInt32, _ leaf: Int, _ predictions: PredictionTable,
    _ options: EvaluationOptions
  ) {
    func note(_ cell: Int) {
      countedUnits.append(unit)
      countedCells.append(UInt32(leaf * MessageCells.count + cell))
    }
    let saysMove = predictions.scores[row] >= options.threshold
    var bits = 0
    if gold.isMove { bits |= MessageCells.Bit.move }
    if gold.isDisclosure { bits |= MessageCells.Bit.disclosure }
    if saysMove { bits |= MessageCells.Bit.saidMove }
    if predictions.disclosures[row] >= options.disclosureThreshold { bits |= MessageCells.Bit.saidDisclosure }
    if let top = predictions.tops[row], gold.labels & (1 << UInt32(top.rawValue)) != 0 {
      bits |= MessageCells.Bit.topIsRight
    }
    note(bits)
    var said: UInt32 = 0
    for pair in predictions.labels(of: row) where pair.probability >= options.threshold {
      said |= 1 << UInt32(pair.label.rawValue)
    }
    for label in Label.moves where (said | gold.labels) & (1 << UInt32(label.rawValue)) != 0 {
      let bit = UInt32(1) << UInt32(label.rawValue)
      note(
        MessageCells.cell(label, said & gold.labels & bit != 0 ? .right : said & bit != 0 ? .wrong : .missed))
    }
    let goldTrack = gold.main?.track
    let saidTrack = saysMove ? predictions.tracks[row] : nil
    if let goldTrack, goldTrack == saidTrack { return note(MessageCells.cell(goldTrack, .right)) }
    if let goldTrack { note(MessageCells.cell(goldTrack, .missed)) }
    if let saidTrack { note(MessageCells.cell(saidTrack, .wrong)) }
  }

  var scratch: PlanScratch.Size {
    PlanScratch.Size(
      items: max(total, labels.map(\.count).max() ?? 0),
      cells: (index.groupsOfLeaf.count + index.groups.count) * MessageCells.count)
  }

  /// Counts everything: the groups' cells stand behind those of the leaves.
  func fill(_ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch) {
    let cells = scratch.cells
    cells.update(repeating: 0, count: scratch.cellCount)
    countedUnits.withUnsafeBufferPointer { units in
      countedCells.withUnsafeBufferPointer { counted in
        for entry in 0..<units.count { cells[Int(counted[entry])] &+= Int(weights[Int(units[entry])]) }
      }
    }
    let groups = cells + index.groupsOfLeaf.count * MessageCells.count
    for (leaf, members) in index.groupsOfLeaf.enumerated() {
      let from = cells + leaf * MessageCells.count
      for group in members {
        let to = groups + group * MessageCells.count
        for cell in 0..<MessageCells.count { to[cell] &+= from[cell] }
      }
    }
  }

  /// The counts of a group, after ``fill(_:_:)``.
  func cells(of group: Int, _ scratch: PlanScratch) -> MessageCells {
    MessageCells(counts: UnsafePointer(scratch.cells + (index.groupsOfLeaf.count + group) * MessageCells.count))
  }

  func pointFigures(_ population: Population) -> [(key: FigureKey, size: FigureSize, value: Double)] {
    guard byLabel, namesStages else { return [] }
    return zip(Label.moves, labelCalibrations).flatMap { label, calibration in
      let size = FigureSize(items: total, positives: calibration.bins.reduce(0) { $0 + $1.positives })
      return [(Measure.ece, false), (.eceDebiased, true)].map { measure, debiased in
        (
          FigureKey(population: population, dimension: .label, group: label.name, head: "label", measure: measure),
          size,
          calibration.error(debiased: debiased)
        )
      }
    }
  }
}
