internal import CICU
public import JagaCore

/// Collects the analyzer's data from lexicon sources.
///
///     var builder = TextTablesBuilder()
///     builder.addSlang(form: "gpp", canonical: ["gak", "apa", "apa"], language: .id)
///     builder.addRoot("kirim", language: .id)
///     let tables = try TextTables(section: Section(copying: builder.build()))
///
/// Forms and words are folded as messages are, so capitals and look-alikes do not matter.
public struct TextTablesBuilder {
  var bits: [String: UInt32] = [:]
  var slang: [String: [String]] = [:]
  var phraseWords: Set<String> = []
  private var neutral: [String: String] = [:]

  /// Starts with the look-alike folds and nothing else that counts as known: function words of both languages serve the
  /// language guess, and words such as `rp` and `seratus` the recognition of amounts.
  public init() {
    for word in Vocabulary.functionID { bits[word, default: 0] |= WordInfo.functionID }
    for word in Vocabulary.functionEN { bits[word, default: 0] |= WordInfo.functionEN }
    for (role, words) in Vocabulary.roles {
      for word in words { bits[String(word), default: 0] |= UInt32(role.rawValue) << WordInfo.roleShift }
    }
  }

  /// Maps a chat form to its canonical words (`gpp` → `gak apa apa`). Returns false, and changes nothing, when the form
  /// already maps elsewhere, is empty, or when there are no or more than eight canonical words.
  @discardableResult
  public mutating func addSlang(form: String, canonical: [String], language: Language) -> Bool {
    let form = TextTablesBuilder.folded(form)
    let words = canonical.map { TextTablesBuilder.folded($0) }
    guard !form.isEmpty, !words.isEmpty, words.count <= TextTables.maximumSlangWords else { return false }
    guard words.allSatisfy({ word in !word.isEmpty && word.utf8.count < 256 && word.utf8.allSatisfy { $0 > 0x20 } })
    else {
      return false
    }
    if let other = slang[form], other != words { return false }
    guard words != [form] else {
      addWord(form, language: language)
      return true
    }
    slang[form] = words
    switch language {
    case .id: bits[form, default: 0] |= WordInfo.slangID
    case .en: bits[form, default: 0] |= WordInfo.slangEN
    case .mix: bits[form, default: 0] |= WordInfo.slangID | WordInfo.slangEN
    case .other: bits[form, default: 0] |= 0
    }
    return true
  }

  /// Adds a root that affix stripping may end on. It is a known word too.
  public mutating func addRoot(_ word: String, language: Language) {
    let word = TextTablesBuilder.folded(word)
    guard !word.isEmpty else { return }
    switch language {
    case .id: bits[word, default: 0] |= WordInfo.rootID
    case .en: bits[word, default: 0] |= WordInfo.rootEN
    case .mix: bits[word, default: 0] |= WordInfo.rootID | WordInfo.rootEN
    case .other: bits[word, default: 0] |= WordInfo.knownOther
    }
  }

  /// Adds a known word of a language, for the language guess and ``TokenFlags/known``. Known words stand for themselves:
  /// no affix is taken off them unless they are slang.
  public mutating func addWord(_ word: String, language: Language) {
    let word = TextTablesBuilder.folded(word)
    guard !word.isEmpty else { return }
    switch language {
    case .id: bits[word, default: 0] |= WordInfo.knownID
    case .en: bits[word, default: 0] |= WordInfo.knownEN
    case .mix: bits[word, default: 0] |= WordInfo.knownID | WordInfo.knownEN
    case .other: bits[word, default: 0] |= WordInfo.knownOther
    }
  }

  /// Lets a class stand for a word that tells who or where somebody is (a name, a place, a religion), so that no such word can speak for or
  /// against anything: lexicons, rules and features see the class. The class must be a word that nobody writes.
  public mutating func addNeutral(_ word: String, className: String) {
    neutral[TextTablesBuilder.folded(word)] = TextTablesBuilder.folded(className)
  }

  /// Notes words of lexicon phrases: they stand for themselves, and slips of them are repaired before those of other words.
  public mutating func addPhraseWords(_ words: some Sequence<String>) {
    for word in words { phraseWords.insert(TextTablesBuilder.folded(word)) }
  }

  /// The section's bytes; the same for the same set of entries in any order. Without repairs an unknown word stands for itself, as words of
  /// phrases must while they are read: nobody means a slip there.
  public func build(repairing: Bool = true) -> [UInt8] {
    // Forms of several words (`hes` for `he is`) hold neutral words too.
    var slang = slang.mapValues { $0.map { neutral[$0] ?? $0 } }
    for (word, className) in neutral { slang[word] = [className] }
    let repairs = repairing ? repairs() : [:]
    var starts: [UInt32] = [0]
    var wordStarts: [UInt32] = [0]
    var bytes: [UInt8] = []
    var numbers: [[String]: UInt32] = [:]
    for words in Set(slang.values).union(repairs.values.map { [$0] }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard numbers.count < WordInfo.slangLimit - 1 else { break }
      numbers[words] = UInt32(numbers.count + 1)
      for word in words {
        bytes.append(contentsOf: word.utf8)
        wordStarts.append(UInt32(bytes.count))
      }
      starts.append(UInt32(wordStarts.count - 1))
    }
    var index = HashIndexBuilder()
    for word in Set(bits.keys).union(slang.keys).sorted() {
      var value = bits[word] ?? 0
      if let words = slang[word], let number = numbers[words] { value |= number << WordInfo.slangShift }
      index.set(tokenHash(word), to: value)
    }
    for (key, word) in repairs {
      if let number = numbers[[word]] { index.set(key, to: number << WordInfo.slangShift) }
    }
    var writer = SectionWriter()
    writer.append(number: TextTables.formatVersion)
    index.write(to: &writer)
    writer.append(table: starts)
    writer.append(table: wordStarts)
    writer.append(table: bytes)
    writer.append(table: TextTablesBuilder.twins)
    return writer.bytes
  }

  /// Words of sources are ASCII with few exceptions, which take the whole way through the analyzer.
  private static func folded(_ word: String) -> String {
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return word.lowercased() }
    return TextAnalyzer(tables: .empty).folded(word)
  }

  /// The look-alike letters, asked of ICU's spoof checker once per process.
  private static let twins: [UInt32] = {
    let capacity: Int32 = 8192
    let letters = [cicu_twin](unsafeUninitializedCapacity: Int(capacity)) { buffer, count in
      count = Int(min(max(cicu_twins(buffer.baseAddress, capacity), 0), capacity))
    }
    return letters.map { $0.scalar << 8 | UInt32($0.strong) << 7 | UInt32($0.twin) }
  }()
}
