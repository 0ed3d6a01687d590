import JagaCore
import JagaText

/// The normaliser and tokenizer: any bytes, valid UTF-8 or not.
struct TextTarget: FuzzTarget {
  let name = "text"

  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    var text = AnalyzedText()
    analyzer.analyze(bytes, into: &text)
    checkShape(text, byteCount: bytes.count)
    checkForms(text)

    // What a message left behind in reused memory must not show in the next one.
    var again = text
    var other = "halo kak 50rb 😀 ａsal r a h a s i a"
    other.withUTF8 { analyzer.analyze($0, into: &again) }
    analyzer.analyze(bytes, into: &again)
    expect(again.begins == text.begins && again.ends == text.ends, "the same ranges from reused memory")
    expect(again.canonicalHashes == text.canonicalHashes, "the same canonical forms from reused memory")
    expect(again.rootHashes == text.rootHashes, "the same roots from reused memory")
    expect(again.language == text.language, "the same language from reused memory")
  }

  private func checkShape(_ text: AnalyzedText, byteCount: Int) {
    let count = text.count
    for length in [
      text.flags.count, text.begins.count, text.ends.count, text.surfaceHashes.count, text.canonicalHashes.count,
      text.rootHashes.count, text.surfaceRanges.count, text.canonicalRanges.count, text.rootRanges.count,
      text.values.count, text.clauses.count,
    ] { expect(length == count, "arrays of one length") }
    expect(text.originalCount == byteCount, "the original's length")
    for token in 0..<count {
      expect(text.begins[token] >= 0 && text.begins[token] <= text.ends[token], "a range forwards")
      expect(Int(text.ends[token]) <= byteCount, "a range inside the original")
      guard token > 0 else { continue }
      expect(text.begins[token - 1] <= text.begins[token], "tokens in order")
      expect(text.clauses[token - 1] <= text.clauses[token], "clauses in order")
    }
  }

  private func checkForms(_ text: AnalyzedText) {
    for token in 0..<text.count {
      for (range, hash) in [
        (text.surfaceRanges[token], text.surfaceHashes[token]),
        (text.canonicalRanges[token], text.canonicalHashes[token]),
        (text.rootRanges[token], text.rootHashes[token]),
      ] {
        expect(range.begin >= 0 && range.begin <= range.end, "a form's range forwards")
        expect(Int(range.end) <= text.forms.count, "a form's range inside the forms")
        let form = Array(text.forms[Int(range.begin)..<Int(range.end)])
        expect(form.withUnsafeBufferPointer { tokenHash($0) } == hash, "the hash of a form")
      }
    }
  }
}

/// Made once, as a worker does; libFuzzer calls from one thread.
nonisolated(unsafe) private let analyzer: TextAnalyzer = {
  guard let tables = textTables else { fatalError("the tables of the seed do not open") }
  return TextAnalyzer(tables: tables)
}()

/// Tables with a little of everything, so that every stage of the analyzer has something to do.
let textTables: TextTables? = try? TextTables(section: Section(copying: textSection))

let textSection: [UInt8] = {
  var builder = TextTablesBuilder()
  for (form, canonical) in [
    ("gw", ["gue"]), ("yg", ["yang"]), ("kmrn", ["kemarin"]), ("gpp", ["tidak", "apa", "apa"]), ("u", ["you"]),
  ] { _ = builder.addSlang(form: form, canonical: canonical, language: form == "u" ? .en : .id) }
  for root in ["kirim", "foto", "isi", "main", "ajak", "tunggu", "sapu", "pakai", "kasih"] {
    builder.addRoot(root, language: .id)
  }
  for word in ["yang", "di", "rahasia", "asal", "dulu"] { builder.addWord(word, language: .id) }
  for word in ["the", "you", "secret", "photo", "send"] { builder.addWord(word, language: .en) }
  return builder.build()
}()
