public import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
public import JagaText

/// An opened model bundle: everything that scoring needs, used in place from the mapped file. Shared by all threads.
///
///     let model = try Model.open(path: "Models/default.jaga")
///     print(model.id)  // "3f9a1c02"
public final class Model: Sendable {
  /// Where it came from; for messages to people.
  public let path: String
  /// The first eight hexadecimal digits of the bundle's checksum; every record carries it.
  public let id: String
  /// The version of the file's layout.
  public let formatVersion: Int
  /// The size of the file in bytes.
  public let byteCount: Int
  /// The analyzer's data.
  public let text: TextTables
  /// Word lists and rules.
  public let pack: Pack
  /// Weights of features.
  public let weights: WeightTable
  /// The rows of pairs of concepts; nil when the model has no weights for concepts.
  let conceptMatrix: ConceptMatrix?
  /// Priors, scaling, bands.
  public let parameters: Parameters
  /// The model card, as JSON text; empty when the bundle has none.
  public let card: String
  /// Names and sizes of the file's sections.
  public let sections: [(name: String, byteCount: Int)]

  /// Maps and checks a file. Cost: one checksum pass and one bounds check; no copy.
  /// Throws ``BundleError`` for anything but a whole, unaltered model of a known version.
  public static func open(path: String) throws(BundleError) -> Model {
    try Model(BundleReader(path: path, kind: .model))
  }

  /// Opens a bundle that is already in memory; `name` stands for the path in errors.
  public static func open(bytes: [UInt8], name: String = "memory") throws(BundleError) -> Model {
    let section = Section(copying: bytes)
    return try Model(BundleReader(owner: SectionOwner(section), bytes: section.bytes, path: name, kind: .model))
  }

  private init(_ reader: BundleReader) throws(BundleError) {
    path = reader.path
    id = hexadecimal(reader.checksum)
    formatVersion = Int(reader.formatVersion)
    byteCount = reader.size
    text = try reader.open("text") { section throws(SectionError) in try TextTables(section: section) }
    pack = try Pack(reader)
    weights = try reader.open("weights") { section throws(SectionError) in try WeightTable(section: section) }
    conceptMatrix = try Model.matrix(reader, pack: pack, weights: weights)
    parameters = try reader.open("parameters") { section throws(SectionError) in try Parameters(section: section) }
    card = reader.optional("card").map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    sections = reader.sections.map { ($0.name, $0.section.bytes.count) }
  }
}

extension Model {
  /// The section of concept pairs; derived here for a bundle that was written without it.
  private static func matrix(_ reader: BundleReader, pack: Pack, weights: WeightTable) throws(BundleError)
    -> ConceptMatrix?
  {
    guard let concepts = pack.concepts else { return nil }
    func open(_ section: Section) throws(SectionError) -> ConceptMatrix {
      try ConceptMatrix(section: section, entries: concepts.count, rowCount: weights.count)
    }
    if reader.optional("pairs") != nil { return try reader.open("pairs", open) }
    do {
      return try open(Section(copying: ConceptMatrix.encode(concepts: Array(concepts.buffer), weights: weights)))
    } catch {
      throw .badSection(path: reader.path, name: "concepts", error: error)
    }
  }
}

/// An operator's compiled lexicon and rules, added to a model's own when a ``Scorer`` is made.
public struct Overlay: Sendable {
  /// The first eight hexadecimal digits of its checksum.
  public let id: String
  /// Its word lists and rules.
  public let pack: Pack

  /// Opens a file that `jaga lexicon compile` wrote.
  public static func open(path: String) throws(BundleError) -> Overlay {
    try Overlay(BundleReader(path: path, kind: .overlay))
  }

  /// Opens an overlay that is already in memory; `name` stands for the path in errors.
  public static func open(bytes: [UInt8], name: String = "memory") throws(BundleError) -> Overlay {
    let section = Section(copying: bytes)
    return try Overlay(BundleReader(owner: SectionOwner(section), bytes: section.bytes, path: name, kind: .overlay))
  }

  /// An overlay file's bytes from its two compiled sections.
  public static func encode(lexicon: [UInt8], rules: [UInt8]) -> [UInt8] {
    var writer = BundleWriter(overlay: true)
    writer.add("lexicon", lexicon)
    writer.add("rules", rules)
    return writer.encode()
  }

  private init(_ reader: BundleReader) throws(BundleError) {
    id = hexadecimal(reader.checksum)
    pack = try Pack(reader)
  }
}

/// Keeps a copied section alive through the parts made of it.
private final class SectionOwner {
  let section: Section
  init(_ section: Section) { self.section = section }
}

/// The first eight hexadecimal digits of a checksum.
func hexadecimal(_ checksum: UInt64) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: (0..<8).map { digits[Int(checksum >> UInt64(60 - 4 * $0)) & 15] }, as: UTF8.self)
}
