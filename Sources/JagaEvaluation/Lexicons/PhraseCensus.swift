import JagaCore
import JagaLexicon
import JagaScoring
import JagaText

/// One to four numbers of words.
struct WordRun: Hashable, Sendable {
  static let longest = 4
  private var words = SIMD4<Int32>(repeating: -1)
  private(set) var count = 0

  init(_ numbers: some Sequence<Int32>) {
    for number in numbers where count < WordRun.longest {
      words[count] = number
      count += 1
    }
  }

  var numbers: [Int32] { (0..<count).map { words[$0] } }

  /// Every shorter run inside it.
  var parts: [WordRun] {
    let numbers = numbers
    return (1..<max(count, 1)).flatMap { length in
      (0...count - length).map { WordRun(numbers[$0..<$0 + length]) }
    }
  }
}

/// How many messages hold which runs of words, by label and language.
struct PhraseCensus: Sendable {
  /// Messages with one label and in one language that hold a run.
  struct Counts: Sendable {
    var all = 0
    /// … outside what entries of the label found.
    var uncovered = 0
    /// … where no entry of the label was found at all.
    var unreached = 0
  }

  private var words: [String] = []
  private var totals: [WordRun: [Int]] = [:]
  private var counted: [[WordRun: Counts]]
  private var sizes: [Int]
  private var groupSizes = [0, 0]

  init(_ gold: LabelledMessages, scorer: Scorer, options: PhraseSuggestions.Options) {
    counted = [[WordRun: Counts]](repeating: [:], count: 2 * Label.allCases.count)
    sizes = [Int](repeating: 0, count: 2 * Label.allCases.count)
    var reader = PhraseReader(scorer)
    let turns = gold.conversations.joined().filter { $0.labels != 0 }
    let messages = turns.map { reader.read($0) }
    words = reader.words
    let classes = reader.unwritten
    // Most runs stand in one message; only the others are worth a place in the tables.
    var seen: [WordRun: Int32] = [:]
    for message in messages {
      for run in Set(message.runs(avoiding: classes, longest: options.longest).map(\.run)) {
        seen[run, default: 0] += 1
      }
    }
    let kept = seen.filter { Int($0.value) >= options.minimum }
    for message in messages { add(message, kept: kept, classes: classes, longest: options.longest) }
  }

  private mutating func add(_ message: PhraseReader.Words, kept: [WordRun: Int32], classes: Set<Int32>, longest: Int) {
    let groups = [0, 1].filter { message.languages & (1 << $0) != 0 }
    for group in groups { groupSizes[group] += 1 }
    let labels = Label.allCases.filter { message.labels & (1 << UInt32($0.rawValue)) != 0 }
    for label in labels {
      for group in groups { sizes[place(label, group)] += 1 }
    }
    var places: [WordRun: [Range<Int32>]] = [:]
    for (run, place) in message.runs(avoiding: classes, longest: longest) where kept[run] != nil {
      places[run, default: []].append(place)
    }
    for (run, ranges) in places {
      for group in groups { totals[run, default: [0, 0]][group] += 1 }
      for label in labels {
        let own = message.hits.filter { $0.label == label }
        let isUncovered = ranges.contains { range in
          !own.contains { $0.tokens.lowerBound >= range.lowerBound && $0.tokens.upperBound <= range.upperBound }
            && !own.contains { $0.tokens.lowerBound <= range.lowerBound && $0.tokens.upperBound >= range.upperBound }
            && !message.hits.contains { $0.label == nil && $0.tokens == range }
        }
        for group in groups {
          var counts = counted[place(label, group)][run] ?? Counts()
          counts.all += 1
          counts.uncovered += isUncovered ? 1 : 0
          counts.unreached += isUncovered && own.isEmpty ? 1 : 0
          counted[place(label, group)][run] = counts
        }
      }
    }
  }

  private func place(_ label: Label, _ group: Int) -> Int { 2 * Int(label.rawValue) + group }

  private func group(_ language: SourceLanguage) -> Int { language == .en ? 1 : 0 }

  /// Messages in a language.
  func messages(in language: SourceLanguage) -> Int { groupSizes[group(language)] }

  /// Messages with a label in a language.
  func messages(_ label: Label, _ language: SourceLanguage) -> Int { sizes[place(label, group(language))] }

  /// Messages of a language that hold a run.
  func total(_ run: WordRun, _ language: SourceLanguage) -> Int { totals[run]?[group(language)] ?? 0 }

  /// The runs of the messages with a label in a language.
  func counts(_ label: Label, _ language: SourceLanguage) -> [WordRun: Counts] {
    counted[place(label, group(language))]
  }

  /// A run as a phrase.
  func phrase(_ run: WordRun) -> String { run.numbers.map { words[Int($0)] }.joined(separator: " ") }
}

/// Turns messages into numbers of canonical words, and finds what the lexicons find in them.
struct PhraseReader {
  /// A message's words and hits.
  struct Words: Sendable {
    var labels: UInt32
    /// Bit 0 for Indonesian, bit 1 for English.
    var languages: Int
    /// One a token; -1 where a run breaks.
    var numbers: [Int32]
    /// Clauses of the tokens.
    var clauses: [UInt16]
    /// What entries found, with their labels.
    var hits: [(label: Label?, tokens: Range<Int32>)]

    /// Every run of words of one clause, and the tokens it lies on.
    func runs(avoiding classes: Set<Int32>, longest: Int) -> [(run: WordRun, tokens: Range<Int32>)] {
      var runs: [(run: WordRun, tokens: Range<Int32>)] = []
      for begin in numbers.indices {
        var end = begin
        while end < numbers.count, end - begin < longest, numbers[end] >= 0, !classes.contains(numbers[end]),
          clauses[end] == clauses[begin]
        {
          end += 1
          runs.append((WordRun(numbers[begin..<end]), Int32(begin)..<Int32(end)))
        }
      }
      return runs
    }
  }

  private let analyzer: TextAnalyzer
  private let lexicons: [Lexicon]
  private var text = AnalyzedText()
  private var scratch = LexiconScratch()
  private var hits: [LexiconHit] = []
  private var numbers: [String: Int32] = [:]
  private var written = Set<Int32>()
  private var replaced = Set<Int32>()
  /// The words by number.
  private(set) var words: [String] = []

  init(_ scorer: Scorer) {
    analyzer = TextAnalyzer(tables: scorer.model.text)
    lexicons = [scorer.model.pack.lexicon] + (scorer.overlay.map { [$0.pack.lexicon] } ?? [])
  }

  /// Words that a chat form was replaced by, that no list of words knows and nobody writes: the classes that stand for names.
  var unwritten: Set<Int32> { replaced.subtracting(written) }

  mutating func read(_ turn: LabelledMessages.Turn) -> Words {
    var copy = turn.text
    copy.withUTF8 { analyzer.analyze($0, into: &text) }
    var found: [(label: Label?, tokens: Range<Int32>)] = []
    for lexicon in lexicons {
      lexicon.match(text, scratch: &scratch, into: &hits)
      found += hits.map { (lexicon.label(of: $0.entry), $0.begin..<$0.end) }
    }
    let languages =
      switch turn.language ?? text.language.name {
      case "id": 1
      case "en": 2
      default: 3
      }
    return Words(
      labels: turn.labels, languages: languages, numbers: (0..<text.count).map { number(ofToken: $0) },
      clauses: Array(text.clauses), hits: found)
  }

  private mutating func number(ofToken token: Int) -> Int32 {
    guard text.kinds[token] == .word else { return -1 }
    let word = text.string(text.canonicalRanges[token])
    guard word.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || ("0"..."9").contains($0) }) else { return -1 }
    let number = numbers[word] ?? Int32(words.count)
    if number == words.count {
      numbers[word] = number
      words.append(word)
    }
    if text.surfaceHashes[token] == text.canonicalHashes[token] || text.flags[token].contains(.known) {
      written.insert(number)
    } else if text.flags[token].contains(.slang) {
      replaced.insert(number)
    }
    return number
  }
}
