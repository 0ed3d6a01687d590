/// Checks the texts of one language.
struct ChapterCheck {
  let book: ResponseBook
  let language: String
  let chapter: ResponseBook.Chapter
  let rules: ResponseRules
  let common: Set<String>

  /// Everything found, by occasion; the share of common words, which is of the language as a whole, last.
  var findings: [ResponseFinding] {
    var findings: [ResponseFinding] = []
    for occasion in Occasion.allCases {
      findings += faults(occasion).map { finding($0, occasion) }
    }
    if let fault = commonFault() { findings.append(ResponseFinding(file: chapter.file, fault: fault)) }
    return findings
  }

  private func finding(_ fault: ResponseFault, _ occasion: Occasion) -> ResponseFinding {
    ResponseFinding(
      file: chapter.file, line: chapter.templates[occasion]?.line ?? 0, id: "\(language).\(occasion.rawValue)",
      fault: fault)
  }

  private func faults(_ occasion: Occasion) -> [ResponseFault] {
    let response = book.response(occasion, language: language, now: 0)
    var faults: [ResponseFault] = []
    let limit = rules.partsOf[occasion] ?? rules.parts
    if response.parts.count > limit { faults.append(.tooManyParts(found: response.parts.count, limit: limit)) }
    for (index, part) in response.parts.enumerated() { faults += partFaults(part, number: index + 1) }
    let words = WordPattern.words(in: response.text)
    for idea in rules.required[occasion] ?? [] {
      let isSaid = (rules.ideas[idea] ?? []).contains { $0.range(in: words) != nil }
      if !isSaid { faults.append(.missingIdea(idea)) }
    }
    if rules.helplineIn.contains(occasion), response.helplines.isEmpty { faults.append(.noHelpline) }
    for line in response.helplines where !line.isDiscreet { faults.append(.indiscreetHelpline(id: line.id)) }
    return faults
  }

  private func partFaults(_ part: String, number: Int) -> [ResponseFault] {
    var faults: [ResponseFault] = []
    let length = SMSParts.length(of: part)
    if !length.fits {
      faults.append(
        .partTooLong(part: number, units: length.units, limit: length.encoding.limit, encoding: length.encoding))
    }
    for sentence in ChapterCheck.sentences(part) {
      let count = ChapterCheck.spokenWords(sentence).count
      if count > rules.wordsPerSentence {
        faults.append(.longSentence(part: number, words: count, limit: rules.wordsPerSentence))
      }
    }
    let words = WordPattern.without(rules.innocent, WordPattern.words(in: part))
    for (list, patterns) in rules.forbidden {
      for pattern in patterns where pattern.range(in: words) != nil {
        faults.append(.forbidden(list: list, phrase: pattern.source, part: number))
      }
    }
    return faults
  }

  /// The share of common words over all texts of the language.
  private func commonFault() -> ResponseFault? {
    var count = 0
    var outside: [String: Int] = [:]
    for occasion in Occasion.allCases {
      for part in book.response(occasion, language: language, now: 0).parts {
        for word in ChapterCheck.spokenWords(part[...]) {
          // Numbers and addresses are no words.
          let inner = word.dropFirst().dropLast()
          if word.contains(where: \.isNumber) || inner.contains(".") { continue }
          count += 1
          if !isCommon(word) { outside[word, default: 0] += 1 }
        }
      }
    }
    let share = count == 0 ? 1000 : (count - outside.values.reduce(0, +)) * 1000 / count
    if share >= rules.commonShare { return nil }
    return .uncommonWords(share: share, least: rules.commonShare, words: outside.keys.sorted())
  }

  private func isCommon(_ word: String) -> Bool {
    if isKnown(word) { return true }
    let parts = word.split(separator: "-").map(String.init)
    return parts.count > 1 && parts.allSatisfy { isKnown($0) || rules.endings.contains($0) }
  }

  private func isKnown(_ word: String) -> Bool {
    if common.contains(word) || rules.uncommon.contains(word) { return true }
    return rules.endings.contains { ending in
      word.count > ending.count && word.hasSuffix(ending) && common.contains(String(word.dropLast(ending.count)))
    }
  }

  /// The sentences of a text; an end of line ends one too.
  static func sentences(_ text: String) -> [Substring] {
    var sentences: [Substring] = []
    var start = text.startIndex
    for index in text.indices
    where text[index].isNewline || (text[index].isWhitespace && SMSParts.endsSentence(text[start..<index])) {
      sentences.append(text[start..<index])
      start = text.index(after: index)
    }
    sentences.append(text[start...])
    return sentences.filter { !spokenWords($0).isEmpty }
  }

  /// What a reader counts as words: what white space parts, without the marks around it, in small letters.
  static func spokenWords(_ text: Substring) -> [String] {
    text.split(whereSeparator: \.isWhitespace).compactMap { field in
      let isPart = { (character: Character) in character.isLetter || character.isNumber }
      guard let first = field.firstIndex(where: isPart), let last = field.lastIndex(where: isPart) else { return nil }
      return field[first...last].lowercased()
    }
  }
}
