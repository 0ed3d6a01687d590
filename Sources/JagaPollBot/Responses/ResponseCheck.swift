/// Holds the bot's texts to what they must be: short enough for an SMS and for a child, in common words, without blame, without a word for
/// what happened, without promises and questions, with a helpline where one is needed, in every language.
///
///     for finding in ResponseCheck.findings(book, now: now) { print(finding) }
///
/// The rules are data: `response-checks.yaml` and `common-words.txt` of each language. They catch slips; whether a text is kind, a person
/// who works with children has to judge. Milliseconds for a book.
public enum ResponseCheck {
  /// Everything that is to be put right, by language and occasion; at a time in milliseconds since 1970. `languages` are those that the book
  /// must have.
  public static func findings(
    _ book: ResponseBook, now: Int64, languages: [String] = ["id", "en"]
  ) -> [ResponseFinding] {
    var findings: [ResponseFinding] = []
    for language in languages where book.chapters[language] == nil {
      findings.append(ResponseFinding(file: book.helplineFile, fault: .missingLanguage(language)))
    }
    for language in book.languages {
      guard let chapter = book.chapters[language] else { continue }
      guard let rules = chapter.checks, let common = chapter.commonWords else {
        findings.append(ResponseFinding(file: chapter.file, fault: .noChecks(language: language)))
        continue
      }
      findings += ChapterCheck(book: book, language: language, chapter: chapter, rules: rules, common: common).findings
    }
    return findings + contactFindings(book) + book.warnings(now: now)
  }

  /// Reads files and checks them: what the reader refuses, or else what the checks find.
  public static func findings(
    _ sources: ResponseSources, now: Int64, languages: [String] = ["id", "en"]
  ) -> [ResponseFinding] {
    do {
      return findings(try ResponseBook(sources: sources), now: now, languages: languages)
    } catch .refused(let findings) {
      return findings
    } catch {
      return [ResponseFinding(file: sources.helplines.path, fault: .syntax(problem: error.description))]
    }
  }

  /// How a text puts a helpline must hold a way to reach it.
  private static func contactFindings(_ book: ResponseBook) -> [ResponseFinding] {
    book.helplines.flatMap { line in
      line.sayings.sorted { $0.key < $1.key }.compactMap { language, saying in
        if line.contacts.contains(where: { saying.contains($0.value) }) { return nil }
        return ResponseFinding(
          file: book.helplineFile, line: book.helplineLines[line.id] ?? 0, id: line.id,
          fault: .contactNotSaid(language: language))
      }
    }
  }
}

extension ResponseBook {
  /// The helplines whose verification is too old at a time in milliseconds since 1970, or lies in the future. They are given all the same;
  /// whoever runs the bot has to look.
  public func warnings(now: Int64) -> [ResponseFinding] {
    helplines.filter { $0.isStale(now: now, after: staleAfterDays) }.map { line in
      let age = line.verifiedOn.days(until: now)
      let day = line.verifiedOn.description
      return ResponseFinding(
        file: helplineFile, line: helplineLines[line.id] ?? 0, id: line.id,
        fault: age < 0
          ? .futureVerification(verifiedOn: day)
          : .staleHelpline(verifiedOn: day, days: age, limit: staleAfterDays))
    }
  }
}
