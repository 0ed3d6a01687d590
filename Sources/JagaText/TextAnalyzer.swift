internal import CICU

/// Turns the bytes of a message into tokens.
///
///     let text = TextAnalyzer(tables: .empty).analyze("Fotonya 50rb")
///     text.string(text.canonicalRanges[1])  // <amount>
///     text.values[1]                        // 50000
///
/// Not thread-safe: one analyzer per thread; the tables behind it are shared. Time is linear in the message for any bytes;
/// nothing is allocated once the buffers have grown to the size of the messages.
public final class TextAnalyzer {
  /// The word lists and maps in use.
  public let tables: TextTables

  // No method is entered while another one runs: the analyzer serves one thread, and calls nothing of its caller's.
  @exclusivity(unchecked) private var workspace: Workspace

  /// Which way characters become atoms. All ways have the same result; a test can force one.
  package enum Way: Sendable {
    /// ASCII stretches by table, what is between them by ICU.
    case automatic
    /// ICU for every byte.
    case icu
  }

  /// Creates an analyzer over tables of a model.
  public init(tables: TextTables) {
    self.tables = tables
    workspace = Workspace(tables: tables)
  }

  /// Analyzes valid UTF-8 into `text`, whose arrays are reused. Invalid bytes become U+FFFD of the same byte range.
  /// Bytes beyond 128 MiB are not read.
  public func analyze(_ utf8: UnsafeBufferPointer<UInt8>, into text: inout AnalyzedText) {
    workspace.analyze(utf8, way: .automatic, into: &text)
  }

  /// Analyzes a string. For tests and tools.
  public func analyze(_ string: String) -> AnalyzedText {
    var text = AnalyzedText()
    var copy = string
    copy.withUTF8 { analyze($0, into: &text) }
    return text
  }

  package func analyze(_ utf8: UnsafeBufferPointer<UInt8>, way: Way, into text: inout AnalyzedText) {
    workspace.analyze(utf8, way: way, into: &text)
  }

  /// The folded form of a text: what the surface form of a token is made of. Lower case, compatibility and look-alike
  /// letters replaced, invisible characters and strokes gone; white space stays.
  public func folded(_ string: String) -> String {
    var copy = string
    return copy.withUTF8 { workspace.fold($0) }
  }

  package func folded(_ utf8: UnsafeBufferPointer<UInt8>) -> String { workspace.fold(utf8) }

  /// The version of the Unicode data in use, such as `15.0`.
  public static var unicodeVersion: String { String(cString: cicu_unicode_version()) }
}
