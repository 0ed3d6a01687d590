public import JagaCore

/// What the tables say about one word, packed into the value of a hash index.
struct WordInfo: BitwiseCopyable {
  var bits: UInt32

  static let unknown = WordInfo(bits: 0)
  static let knownID: UInt32 = 1
  static let knownEN: UInt32 = 2
  static let knownOther: UInt32 = 4
  static let rootID: UInt32 = 8
  static let rootEN: UInt32 = 16
  static let functionID: UInt32 = 32
  static let functionEN: UInt32 = 64
  static let slangID: UInt32 = 128
  static let slangEN: UInt32 = 256
  static let roleShift: UInt32 = 9
  static let slangShift: UInt32 = 13
  static let slangLimit = 1 << 19

  @inline(__always) func has(_ mask: UInt32) -> Bool { bits & mask != 0 }
  /// In a word list of the model.
  @inline(__always) var isKnown: Bool { has(31) }
  @inline(__always) var isRoot: Bool { has(WordInfo.rootID | WordInfo.rootEN) }
  /// A word that stands for itself: known, a root, or a function word.
  @inline(__always) var isWord: Bool { has(127) }
  @inline(__always) var role: WordRole { WordRole(rawValue: UInt8((bits >> WordInfo.roleShift) & 15)) ?? .none }
  /// The index of the canonical words of a slang form, or -1.
  @inline(__always) var slang: Int { Int(bits >> WordInfo.slangShift) - 1 }
}

/// Words that the chat layer looks at twice.
enum WordRole: UInt8, CaseIterable {
  case none
  /// May begin an amount in words (`seratus`, `goceng`).
  case numeral
  /// Stands before an amount (`rp`).
  case currency
  /// What a source masked a name with.
  case nameMask
  /// What a source masked a web address with.
  case linkMask
  /// `http`, `www`.
  case scheme
  /// A kind of school, whose number is part of its name (`smp2`).
  case school
  /// A unit or particle written onto a number (`7kg`, `16thn`).
  case unit
  /// Things that are counted, not paid (`86 dm`).
  case countNoun
}

/// The analyzer's data: slang map, roots, word lists, look-alike folds. One section of a model.
///
/// Immutable and shared between threads. A lookup costs about one cache line.
public struct TextTables: Sendable {
  static let formatVersion: Int64 = 1
  static let maximumSlangWords = 8

  let words: HashIndex
  /// Sequence `i` is words `slangStarts[i]..<slangStarts[i + 1]`.
  let slangStarts: Table<UInt32>
  /// Word `i` is bytes `slangWordStarts[i]..<slangWordStarts[i + 1]`.
  let slangWordStarts: Table<UInt32>
  let slangBytes: Table<UInt8>
  /// `scalar << 8 | strong << 7 | letter`, ascending.
  let twins: Table<UInt32>

  /// Reads and checks a section that ``TextTablesBuilder`` wrote. Every stored index is validated here, so that no later
  /// lookup can leave its table. Cost: one pass over the section.
  public init(section: Section) throws(SectionError) {
    var reader = SectionReader(section)
    guard try reader.number() == TextTables.formatVersion else { throw .invalid(what: "text tables version") }
    words = try HashIndex(reading: &reader)
    slangStarts = try reader.table(of: UInt32.self)
    slangWordStarts = try reader.table(of: UInt32.self)
    slangBytes = try reader.table(of: UInt8.self)
    twins = try reader.table(of: UInt32.self)
    try validate()
  }

  private func validate() throws(SectionError) {
    let sequences = slangStarts.count - 1
    let wordCount = slangWordStarts.count - 1
    guard sequences >= 0, wordCount >= 0, slangStarts[0] == 0, slangWordStarts[0] == 0,
      Int(slangStarts[sequences]) == wordCount, Int(slangWordStarts[wordCount]) == slangBytes.count
    else { throw .invalid(what: "slang bounds") }
    for index in 0..<sequences {
      let (low, high) = (slangStarts[index], slangStarts[index + 1])
      guard low < high, high - low <= UInt32(TextTables.maximumSlangWords) else {
        throw .invalid(what: "slang sequence")
      }
    }
    for index in 0..<wordCount {
      let (low, high) = (slangWordStarts[index], slangWordStarts[index + 1])
      guard low < high, high - low <= 255, Int(high) <= slangBytes.count else { throw .invalid(what: "slang word") }
    }
    for index in 0..<slangBytes.count where slangBytes[index] <= 0x20 { throw .invalid(what: "slang bytes") }
    var previous: UInt32 = 0x7f
    for index in 0..<twins.count {
      let scalar = twins[index] >> 8
      let letter = UInt8(twins[index] & 0x7f)
      guard scalar > previous, scalar <= 0x10ffff, letter >= 97, letter <= 122 else {
        throw .invalid(what: "look-alikes")
      }
      previous = scalar
    }
    var faulty = false
    words.forEachValue { value in
      let info = WordInfo(bits: value)
      if info.slang >= sequences || WordRole(rawValue: UInt8((value >> WordInfo.roleShift) & 15)) == nil {
        faulty = true
      }
    }
    if faulty { throw .invalid(what: "word entry") }
  }

  /// Tables without slang and word lists: folding and token kinds only.
  public static let empty: TextTables = {
    guard let tables = try? TextTables(section: Section(copying: TextTablesBuilder().build())) else {
      preconditionFailure("tables that were just built read back")
    }
    return tables
  }()

  @inline(__always)
  func info(_ hash: UInt64) -> WordInfo { WordInfo(bits: words[hash] ?? 0) }

  /// The ASCII letter that a scalar looks like.
  func twin(of scalar: UInt32) -> (letter: UInt8, isStrong: Bool)? {
    var low = 0
    var high = twins.count
    while low < high {
      let middle = (low + high) / 2
      if twins[middle] >> 8 < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < twins.count, twins[low] >> 8 == scalar else { return nil }
    return (UInt8(twins[low] & 0x7f), twins[low] & 0x80 != 0)
  }

  @inline(__always)
  func slangWords(_ index: Int) -> Range<Int> { Int(slangStarts[index])..<Int(slangStarts[index + 1]) }

  @inline(__always)
  func slangWord(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: slangBytes.buffer[Int(slangWordStarts[index])..<Int(slangWordStarts[index + 1])])
  }
}

// MARK: - For tools

extension TextTables {
  /// True when a word, in its folded form, is in a word list or among the roots of `language`, or of any when nil.
  public func isKnown(_ word: String, language: Language? = nil) -> Bool {
    let info = info(tokenHash(word))
    return switch language {
    case .id: info.has(WordInfo.knownID | WordInfo.rootID)
    case .en: info.has(WordInfo.knownEN | WordInfo.rootEN)
    case nil: info.isKnown
    default: info.has(WordInfo.knownOther)
    }
  }

  /// True when affix stripping may end on a word.
  public func isRoot(_ word: String) -> Bool { info(tokenHash(word)).isRoot }

  /// The canonical words of a chat form in its folded spelling; nil when the slang map does not hold it.
  public func slangCanonical(_ form: String) -> [String]? {
    let index = info(tokenHash(form)).slang
    guard index >= 0 else { return nil }
    return slangWords(index).map { String(decoding: slangWord($0), as: UTF8.self) }
  }

  /// The number of words that the tables know anything about.
  public var entryCount: Int { words.count }
}
