internal import JagaCore
internal import JagaLexicon
internal import JagaText

/// A file of chat forms, or of known words, as written.
struct WordSource {
  /// Canonical words with the forms that stand for them.
  var slang: [(canonical: Placed<[String]>, forms: [Placed<String>])] = []
  var roots: [Placed<String>] = []
  var words: [Placed<String>] = []
  /// Words that tell who or where somebody is, with the class that stands for each.
  var neutral: [(className: String, word: Placed<String>)] = []
  var language: SourceLanguage

  init?(_ root: SourceNode, file: LexiconSourceFile, log: LintLog) {
    let isSlang = root.fields?.contains { $0.key.text == "slang" } ?? false
    let allowed = isSlang ? SourceKeys.slangFile : SourceKeys.wordFile
    guard let fields = SourceFields(root, allowed: allowed, place: isSlang ? "a slang file" : "a word file", log: log),
      let language = FileHeader.language(fields, file: file, log: log)
    else { return nil }
    self.language = language
    if let node = fields["slang"] { readSlang(node, log: log) }
    roots = WordSource.readWords(fields, "roots", log: log)
    words = WordSource.readWords(fields, "words", log: log)
    if let node = fields["neutral"] { readNeutral(node, log: log) }
  }

  private mutating func readSlang(_ node: SourceNode, log: LintLog) {
    guard let pairs = node.fields else {
      log.add(
        .wrongShape(key: "slang", expected: "a mapping from canonical words to lists of forms"), at: node.position)
      return
    }
    for (key, value) in pairs {
      let canonical = (key.text ?? "").split(separator: " ").flatMap { WordFolding.words(of: String($0)) }
      if canonical.isEmpty { log.add(.empty(what: "canonical word", name: key.text ?? ""), at: key.position) }
      guard let items = value.items else {
        log.add(.wrongShape(key: key.text ?? "", expected: "a list of forms"), at: value.position)
        continue
      }
      let forms = items.compactMap { WordSource.word($0, key: "slang", log: log) }
      if forms.isEmpty { log.add(.empty(what: "canonical word", name: key.text ?? ""), at: key.position) }
      slang.append((Placed(value: canonical, position: key.position, node: key), forms))
    }
  }

  private mutating func readNeutral(_ node: SourceNode, log: LintLog) {
    guard let pairs = node.fields else {
      log.add(.wrongShape(key: "neutral", expected: "a mapping from classes to lists of words"), at: node.position)
      return
    }
    for (key, value) in pairs {
      guard let items = value.items else {
        log.add(.wrongShape(key: key.text ?? "", expected: "a list of words"), at: value.position)
        continue
      }
      for item in items {
        if let word = WordSource.word(item, key: "neutral", log: log) { neutral.append((key.text ?? "", word)) }
      }
    }
  }

  private static func readWords(_ fields: SourceFields, _ key: String, log: LintLog) -> [Placed<String>] {
    (fields.items(key, log: log) ?? []).compactMap { word($0, key: key, log: log) }
  }

  private static func word(_ node: SourceNode, key: String, log: LintLog) -> Placed<String>? {
    guard let text = node.text else {
      log.add(.wrongShape(key: key, expected: "a list of words"), at: node.position)
      return nil
    }
    guard !text.isEmpty, !text.contains(where: \.isWhitespace) else {
      log.add(.notOneWord(text: text), at: node.position)
      return nil
    }
    return Placed(value: text.lowercased(), position: node.position, node: node)
  }
}

/// Puts words and chat forms of all files together.
struct WordTables {
  var builder = TextTablesBuilder()
  private(set) var formCount: [SourceLanguage: Int] = [:]
  private(set) var wordCount: [SourceLanguage: Int] = [:]
  /// For each language, what a form stands for.
  private(set) var canonicals: [SourceLanguage: [String: (canonical: String, position: SourcePosition)]] = [:]

  init(_ sources: [WordSource], log: LintLog) {
    for source in sources { addSlang(source, log: log) }
    for source in sources { checkCanonicals(source, log: log) }
    for source in sources {
      let language = WordTables.messageLanguage(source.language)
      for root in source.roots { builder.addRoot(root.value, language: language) }
      for word in source.words { builder.addWord(word.value, language: language) }
      for (className, word) in source.neutral { builder.addNeutral(word.value, className: className) }
      wordCount[source.language, default: 0] += source.roots.count + source.words.count + source.neutral.count
    }
  }

  /// The language that the text tables know; words of both languages speak for neither.
  private static func messageLanguage(_ language: SourceLanguage) -> Language {
    switch language {
    case .id: .id
    case .en: .en
    case .any: .other
    }
  }

  private mutating func addSlang(_ source: WordSource, log: LintLog) {
    for (canonical, forms) in source.slang where !canonical.value.isEmpty {
      let text = canonical.value.joined(separator: " ")
      for form in forms {
        if form.value == text {
          log.add(.formOfItself(form: form.value), at: form.position)
          continue
        }
        if let known = canonicals[source.language]?[form.value] {
          // The same form twice under one canonical is a harmless repetition.
          if known.canonical != text {
            log.add(.formTaken(form: form.value, canonical: known.canonical, first: known.position), at: form.position)
          }
          continue
        }
        canonicals[source.language, default: [:]][form.value] = (text, form.position)
        formCount[source.language, default: 0] += 1
        let language = WordTables.messageLanguage(source.language)
        if !builder.addSlang(form: form.value, canonical: canonical.value, language: language) {
          let other = canonicals.filter { $0.key != source.language }.values.compactMap { $0[form.value] }.first
          log.add(
            .formTaken(form: form.value, canonical: other?.canonical ?? "another word", first: other?.position),
            at: form.position)
        }
      }
    }
  }

  private func checkCanonicals(_ source: WordSource, log: LintLog) {
    for (canonical, _) in source.slang {
      for word in canonical.value {
        if let other = canonicals[source.language]?[word] {
          log.add(.canonicalIsForm(word: word, canonical: other.canonical), at: canonical.position)
        }
      }
    }
  }
}
