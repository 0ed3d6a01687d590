/// One run of an evaluation: one system on one gold, and everything that its figures depend on.
public struct KeptRun: Hashable, Sendable {
  /// A file that the run read.
  public struct File: Hashable, Sendable {
    /// What it was to the run.
    public enum Role: String, CaseIterable, Sendable {
      /// Gold; the places of these files are those that items name.
      case gold
      /// Truth of PAN12, problem 1 and problem 2.
      case authors, lines
      /// Another system's predictions.
      case predictions
      /// The model, and private lexicons over it.
      case model, lexicon
    }

    /// What it was to the run.
    public var role: Role
    /// Its path, as it was given.
    public var name: String
    /// SHA-256 of its bytes as they lie in the file, compressed ones included: 64 hexadecimal digits.
    public var sha256: String
    /// Its size in bytes.
    public var bytes: Int

    /// Creates a file.
    public init(role: Role, name: String, sha256: String, bytes: Int) {
      self.role = role
      self.name = name
      self.sha256 = sha256
      self.bytes = bytes
    }
  }

  /// How it was evaluated.
  public struct Options: Hashable, Sendable {
    /// A message counted as a move from this probability on.
    public var threshold = 0.5
    /// A message counted as a disclosure from this probability on.
    public var disclosureThreshold = 0.5
    /// The base rate, where one was given.
    public var baseRate: Double?
    /// Resamples of the intervals.
    public var resamples = 0
    /// The seed of the resamples.
    public var seed: UInt64 = 1
    /// Names of the dimensions, in the order of reports.
    public var dimensions: [String] = []
    /// Whether messages were scored after the question that they answer; nil for predictions.
    public var asksQuestions: Bool?
    /// What became of messages that were not predicted; nil for a model.
    public var missingRule: String?

    /// The defaults.
    public init() {}
  }

  /// What the system says at all, and what it left over.
  public struct System: Hashable, Sendable {
    /// What it is called: a model id or a file of predictions.
    public var name: String
    /// The model's id; nil for predictions.
    public var modelID: String?
    /// True when it names stages.
    public var namesStages = false
    /// True when it names tracks.
    public var namesTracks = false
    /// True when it has bands.
    public var hasBands = false
    /// True when it has a disclosure's probability.
    public var tellsDisclosures = false
    /// Gold messages without a prediction, counted as score 0.
    public var missing = 0
    /// Predictions without gold.
    public var strangers = 0

    /// A system that says nothing but scores.
    public init(name: String, modelID: String? = nil) {
      self.name = name
      self.modelID = modelID
    }
  }

  /// The first 12 hexadecimal digits of SHA-256 over everything else here; see ``identify()``.
  public internal(set) var id = ""
  /// What a person calls it. Names may repeat.
  public var name: String
  /// When it was kept: RFC 3339 in UTC, with milliseconds.
  public var createdAt: String
  /// The version of the program.
  public var program: String
  /// Who was evaluated.
  public var system: System
  /// How.
  public var options = Options()
  /// On which files.
  public var files: [File]
  /// The digest of the gold: runs with the same one can be compared item by item.
  public internal(set) var goldDigest = ""
  /// Messages of the gold.
  public internal(set) var goldItems = 0
  /// Conversations of the gold.
  public internal(set) var goldConversations = 0

  /// Creates a run; ``Store/keep(_:gold:)`` gives it its id.
  public init(name: String, createdAt: String, program: String, system: System, files: [File]) {
    self.name = name
    self.createdAt = createdAt
    self.program = program
    self.system = system
    self.files = files
  }

  /// Gives the run its id: the same name, time, program, system, options, hashes of files and gold give the same one, on any machine. Names of files do not
  /// count, their bytes do.
  mutating func identify() {
    var digest = Digest()
    for text in [name, createdAt, program, system.name, system.modelID ?? "", goldDigest] { digest.add(text) }
    digest.add(options.threshold)
    digest.add(options.disclosureThreshold)
    digest.add(options.baseRate ?? -1)
    digest.add(options.resamples)
    digest.add("\(options.seed)")
    digest.add(options.dimensions.joined(separator: ","))
    digest.add(options.asksQuestions.map { $0 ? 1 : 0 } ?? -1)
    digest.add(options.missingRule ?? "")
    for file in files {
      digest.add(file.role.rawValue)
      digest.add(file.sha256)
    }
    id = String(digest.finish().prefix(12))
  }
}
