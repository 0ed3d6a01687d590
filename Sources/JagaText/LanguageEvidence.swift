internal import JagaCore

/// Counts for the language guess of one message.
///
/// A function word weighs two, a word that only one language knows weighs one, a word of both weighs nothing. So a message
/// is guessed from function words alone when the tables are small.
struct LanguageEvidence: ~Copyable {
  /// The number of words by ``Voice``.
  let counts: UnsafeMutablePointer<Int32>

  init() {
    counts = .allocate(capacity: Voice.count)
    counts.initialize(repeating: 0, count: Voice.count)
  }

  deinit { counts.deallocate() }

  /// What a word says about the language.
  enum Voice {
    static let silent: UInt8 = 0
    static let both: UInt8 = 1
    static let indonesian: UInt8 = 2
    static let english: UInt8 = 3
    static let functionalIndonesian: UInt8 = 4
    static let functionalEnglish: UInt8 = 5
    static let count = 8
  }

  private static let id = WordInfo.knownID | WordInfo.rootID | WordInfo.functionID | WordInfo.slangID
  private static let en = WordInfo.knownEN | WordInfo.rootEN | WordInfo.functionEN | WordInfo.slangEN

  /// The voice of a word, from what the tables say about it.
  @inline(__always)
  static func voice(of info: WordInfo) -> UInt8 {
    let bits = info.bits
    guard bits & (id | en) != 0 else { return Voice.silent }
    let functional = bits & (WordInfo.functionID | WordInfo.functionEN)
    if functional == WordInfo.functionID { return Voice.functionalIndonesian }
    if functional == WordInfo.functionEN { return Voice.functionalEnglish }
    if bits & en == 0 { return Voice.indonesian }
    return bits & id == 0 ? Voice.english : Voice.both
  }

  /// Takes in what the tables say about one word.
  @inline(__always)
  func add(_ info: WordInfo) { counts[Int(LanguageEvidence.voice(of: info))] &+= 1 }

  /// Forgets the words of the message before.
  @inline(__always)
  func reset() { counts.update(repeating: 0, count: Voice.count) }

  /// Mixed when the weaker language has a sixth of the weight and more than one function word or two content words.
  func guess() -> Language {
    func number(_ voice: UInt8) -> Int32 { counts[Int(voice)] }
    let indonesian = number(Voice.functionalIndonesian) * 2 + number(Voice.indonesian)
    let english = number(Voice.functionalEnglish) * 2 + number(Voice.english)
    let total = indonesian + english
    guard total > 0 else { return .other }
    var words: Int32 = 0
    for voice in 0..<Voice.count { words += counts[voice] }
    if words >= 5, (words - number(Voice.silent)) * 6 < words { return .other }
    let weaker = min(indonesian, english)
    if weaker >= 2, weaker * 6 >= total { return .mix }
    if indonesian == english { return .mix }
    return indonesian > english ? .id : .en
  }
}
