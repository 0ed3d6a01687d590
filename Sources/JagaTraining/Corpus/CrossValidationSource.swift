import JagaCore
import JagaTranscripts

/// What a cross-validation is over.
public enum CrossValidationSource: Sendable {
  /// The training and calibration voices of a corpora folder, and its counts of real chat.
  case corpora(String)
  /// Files of labelled messages and transcripts, dealt by what must not be split.
  case files([String], by: Unit)

  /// What must lie in one fold whole.
  public enum Unit: String, CaseIterable, Sendable {
    /// What one voice wrote; messages without one are a voice together.
    case voice
    /// What one author wrote. Conversations that share an author stay together, and so do those that they share others with, so that no author is
    /// in two folds.
    case author
    /// What one conversation holds.
    case conversation
  }

  /// What folds are made of, for a heading.
  var unit: String {
    switch self {
    case .corpora: Unit.voice.rawValue
    case .files(_, let unit): unit.rawValue
    }
  }

  func corpus() throws -> TrainingCorpus {
    switch self {
    case .corpora(let directory):
      var corpus = try TrainingCorpus(directory: directory)
      corpus.voices = (corpus.voices + corpus.calibration).sorted {
        $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
      }
      corpus.calibration = []
      return corpus
    case .files(let files, let unit):
      let corpus = TrainingCorpus(
        voices: unit.parts(of: try GoldReader.read(files.map(TranscriptInput.init(argument:)))))
      guard corpus.voices.contains(where: \.hasLabels) else { throw CorpusError.unlabelled(files: files) }
      guard corpus.voices.count > 1 else {
        throw CorpusError.tooFewParts(files: files, unit: unit.rawValue, found: corpus.voices.count)
      }
      return corpus
    }
  }
}

extension Voice {
  fileprivate var hasLabels: Bool {
    messages.contains { !$0.message.labels.isEmpty }
      || transcripts.contains { $0.messages.contains { !$0.labels.isEmpty } }
  }
}

extension CrossValidationSource.Unit {
  /// Gold in parts that must not be split, in the order of their first record.
  func parts(of gold: GoldReader.Gold) -> [Voice] {
    var parts = Parts()
    // Keys are kept apart by a letter, so that an author's id is no conversation's.
    for message in gold.messages { parts.add(message, keys: keys(of: message)) }
    for transcript in gold.transcripts { parts.add(transcript, keys: keys(of: transcript)) }
    return parts.voices
  }

  private func keys(of message: GoldMessage) -> [String] {
    switch self {
    case .voice: ["v" + (message.voice ?? "")]
    case .author where !message.message.authorID.isEmpty:
      message.isAlone
        ? ["a" + message.message.authorID] : ["a" + message.message.authorID, "c" + message.message.conversationID]
    case .author, .conversation: ["c" + message.message.conversationID]
    }
  }

  private func keys(of transcript: GoldTranscript) -> [String] {
    switch self {
    case .voice: ["v" + (transcript.voice ?? "")]
    case .author: ["c" + transcript.id] + transcript.messages.map { "a" + $0.authorID }
    case .conversation: ["c" + transcript.id]
    }
  }
}

/// Records joined by the keys that they share (union-find by the smallest number).
private struct Parts {
  private var numbers: [String: Int] = [:]
  private var parents: [Int] = []
  private var messages: [(part: Int, message: GoldMessage)] = []
  private var transcripts: [(part: Int, transcript: GoldTranscript)] = []

  mutating func add(_ message: GoldMessage, keys: [String]) { messages.append((join(keys), message)) }

  mutating func add(_ transcript: GoldTranscript, keys: [String]) { transcripts.append((join(keys), transcript)) }

  private mutating func join(_ keys: [String]) -> Int {
    var joined = Int.max
    var roots: [Int] = []
    for key in keys {
      let number = numbers[key] ?? parents.count
      if number == parents.count {
        numbers[key] = number
        parents.append(number)
      }
      roots.append(root(of: number))
      joined = min(joined, roots.last ?? joined)
    }
    for root in roots { parents[root] = joined }
    return joined
  }

  private mutating func root(of number: Int) -> Int {
    var root = number
    while parents[root] != root { root = parents[root] }
    var next = number
    while parents[next] != root { (parents[next], next) = (root, parents[next]) }
    return root
  }

  /// The parts, named by their numbers.
  var voices: [Voice] {
    var copy = self
    var byRoot: [Int: (messages: [GoldMessage], transcripts: [GoldTranscript])] = [:]
    for item in messages { byRoot[copy.root(of: item.part), default: ([], [])].messages.append(item.message) }
    for item in transcripts { byRoot[copy.root(of: item.part), default: ([], [])].transcripts.append(item.transcript) }
    return byRoot.sorted { $0.key < $1.key }.enumerated().map { number, part in
      Voice(name: "part-\(number + 1)", messages: part.value.messages, transcripts: part.value.transcripts)
    }
  }
}
