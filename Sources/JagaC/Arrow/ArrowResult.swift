internal import CJaga
internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// The columns of results that an Arrow call hands out, filled row by row.
struct ArrowResult {
  /// What is asked for beyond the plain columns; the bits of jaga.h.
  struct Wishes {
    let labels: Bool
    let evidence: Bool
    let conversations: Bool
  }

  let columns: ScoreColumns
  private let root: ArrowNode
  private let count: Int
  private let isTracked: Bool
  private var conversationScore: UnsafeMutablePointer<Double>?
  private var conversationBand: UnsafeMutablePointer<UInt8>?
  private var conversationTop: UnsafeMutablePointer<UInt8>?
  private var support: UnsafeMutablePointer<UInt8>?
  private(set) var evidence: ArrowEvidence?

  /// All rows zero. `validity` nil: no row is null.
  init(count: Int, validity: [Bool]?, wishes: Wishes) throws(Failure) {
    self.count = count
    isTracked = wishes.conversations
    let root = ArrowNode("+s", name: "", length: count)
    self.root = root
    root.addNoValidity()
    var made = ScoreColumns()
    func add(_ node: ArrowNode) throws(Failure) {
      try node.add(validity: validity)
      root.children.append(node)
    }
    func numbers(_ name: String) throws(Failure) -> UnsafeMutablePointer<Double> {
      let node = ArrowNode("g", name: name, length: count)
      try add(node)
      return try node.add(Double.self, count: count)
    }
    func names(_ name: String, _ all: [String]) throws(Failure) -> UnsafeMutablePointer<UInt8> {
      let node = ArrowNode("c", name: name, length: count)
      try add(node)
      node.dictionary = try ArrowResult.texts(all)
      return try node.add(UInt8.self, count: count)
    }
    made.score = try numbers("score")
    made.disclosure = try numbers("disclosure")
    made.band = try names("band", Band.allCases.map(\.name))
    made.top = try names("label", Label.allCases.map(\.name))
    made.language = try names("lang", Language.allCases.map(\.name))
    if wishes.conversations {
      conversationScore = try numbers("conversation_score")
      conversationBand = try names("conversation_band", Band.allCases.map(\.name))
      conversationTop = try names("conversation_label", Label.allCases.map(\.name))
      let node = ArrowNode("b", name: "support_needed", length: count)
      try add(node)
      support = try node.add(UInt8.self, count: count / 8 + 1)
    }
    if wishes.labels {
      let list = ArrowNode("+w:\(Label.moveCount)", name: "labels", length: count)
      try add(list)
      let (total, overflow) = count.multipliedReportingOverflow(by: Label.moveCount)
      guard !overflow else { throw .memory(bytes: Int.max) }
      let values = ArrowNode("g", name: "item", length: total)
      values.addNoValidity()
      made.labels = try values.add(Double.self, count: total)
      list.children = [values]
    }
    columns = made
    if wishes.evidence {
      let list = ArrowNode("+l", name: "evidence", length: count)
      try add(list)
      evidence = ArrowEvidence(list: list)
    }
  }

  /// A plain column of texts, as a dictionary has it.
  static func texts(_ all: [String], name: String = "") throws(Failure) -> ArrowNode {
    let node = ArrowNode("u", name: name, length: all.count)
    node.addNoValidity()
    var offsets: [Int32] = [0]
    var bytes: [UInt8] = []
    for text in all {
      bytes += Array(text.utf8)
      guard let end = Int32(exactly: bytes.count) else { throw .memory(bytes: bytes.count) }
      offsets.append(end)
    }
    try node.add(copying: offsets)
    try node.add(copying: bytes)
    return node
  }

  /// Keeps the conversation's part of a row.
  func put(_ score: ConversationScore, _ row: Int) {
    conversationScore?[row] = score.score
    conversationBand?[row] = score.band.rawValue
    conversationTop?[row] = score.top.rawValue
    if score.supportNeeded { support?[row >> 3] |= 1 << UInt8(row & 7) }
  }

  /// Keeps the evidence of the next row.
  mutating func append(evidence items: [Evidence]) { evidence?.append(items) }

  /// Hands everything over.
  func export(_ schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>) throws(Failure) {
    try evidence?.finish()
    root.export(schema, array)
  }
}

/// A column of lists of evidence, filled row after row.
struct ArrowEvidence {
  private let list: ArrowNode
  private var offsets: [Int32] = [0]
  private var begins: [Int32] = []
  private var ends: [Int32] = []
  private var labels: [UInt8] = []
  private var logits: [Double] = []
  private var sources: [String] = []

  init(list: ArrowNode) { self.list = list }

  mutating func append(_ items: [Evidence]) {
    for item in items {
      begins.append(item.range?.begin ?? -1)
      ends.append(item.range?.end ?? -1)
      labels.append(item.label.rawValue)
      logits.append(item.logit)
      sources.append(item.source)
    }
    offsets.append(Int32(truncatingIfNeeded: begins.count))
  }

  func finish() throws(Failure) {
    guard begins.count <= Int(Int32.max) else { throw .memory(bytes: begins.count) }
    try list.add(copying: offsets)
    let item = ArrowNode("+s", name: "item", length: begins.count)
    item.addNoValidity()
    func field<Element: BitwiseCopyable>(_ format: String, _ name: String, _ values: [Element]) throws(Failure)
      -> ArrowNode
    {
      let node = ArrowNode(format, name: name, length: values.count)
      node.addNoValidity()
      try node.add(copying: values)
      return node
    }
    let label = try field("c", "label", labels)
    label.dictionary = try ArrowResult.texts(Label.allCases.map(\.name))
    item.children = [
      try field("i", "begin", begins), try field("i", "end", ends), label, try field("g", "logit", logits),
      try ArrowResult.texts(sources, name: "source"),
    ]
    list.children = [item]
  }
}
