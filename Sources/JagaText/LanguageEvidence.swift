internal import JagaCore

/// Counts for the language guess of one message.
///
/// A function word weighs two, a word that only one language knows weighs one, a word of both weighs nothing. So a message
/// is guessed from function words alone when the tables are small.
struct LanguageEvidence: BitwiseCopyable {
  private var indonesian: Int32 = 0
  private var english: Int32 = 0
  /// Words seen, and words that spoke for a language.
  private var words: Int32 = 0
  private var speaking: Int32 = 0

  private static let id = WordInfo.knownID | WordInfo.rootID | WordInfo.functionID | WordInfo.slangID
  private static let en = WordInfo.knownEN | WordInfo.rootEN | WordInfo.functionEN | WordInfo.slangEN

  /// Takes in what the tables say about one word.
  @inline(__always)
  mutating func add(_ info: WordInfo) {
    words &+= 1
    let bits = info.bits
    guard bits & (LanguageEvidence.id | LanguageEvidence.en) != 0 else { return }
    speaking &+= 1
    let functional = bits & (WordInfo.functionID | WordInfo.functionEN)
    if functional == WordInfo.functionID {
      indonesian &+= 2
    } else if functional == WordInfo.functionEN {
      english &+= 2
    } else if bits & LanguageEvidence.en == 0 {
      indonesian &+= 1
    } else if bits & LanguageEvidence.id == 0 {
      english &+= 1
    }
  }

  /// Mixed when the weaker language has a sixth of the weight and more than one function word or two content words.
  func guess() -> Language {
    let total = indonesian + english
    guard total > 0 else { return .other }
    if words >= 5, speaking * 6 < words { return .other }
    let weaker = min(indonesian, english)
    if weaker >= 2, weaker * 6 >= total { return .mix }
    if indonesian == english { return .mix }
    return indonesian > english ? .id : .en
  }
}
