/// Settings to choose among, each with the values to try.
///
///     var tuning = Tuning()
///     try tuning.add("token-penalty=0.5,1,2")
///     tuning.candidates(from: Trainer.Options()).count  // 3
///
/// In a nested cross-validation the choice is made anew for every fold, by the other folds' voices alone; the fold that is judged
/// takes no part in it (Varma and Simon 2006: choosing and judging on the same folds is biased).
public struct Tuning: Sendable {
  /// Why a grid cannot be used.
  public enum GridError: Error, Equatable, CustomStringConvertible {
    case form(String)
    case unknown(String)
    case value(String, setting: String)
    case tooMany(Int)

    /// The fault and its remedy.
    public var description: String {
      switch self {
      case .form(let text):
        "'\(text)' is no grid; write a setting, '=' and values joined by commas: token-penalty=0.5,1,2"
      case .unknown(let name):
        "'\(name)' is no setting that can be tuned; use one of \(Tuning.settings.map(\.name).joined(separator: ", "))"
      case .value(let text, let setting): "'\(text)' is no value of \(setting); use a number that is not negative"
      case .tooMany(let count): "the grids have \(count) combinations; at most \(Tuning.limit) are tried"
      }
    }
  }

  /// A setting that can be tuned.
  struct Setting: Sendable {
    var name: String
    var set: @Sendable (inout Trainer.Options, Double) -> Void
  }

  /// What can be tuned, by the name on the command line.
  static let settings: [Setting] = [
    Setting(name: "token-penalty") { $0.learner.tokenPenalty = $1 },
    Setting(name: "character-factor") { $0.learner.characterFactor = $1 },
    Setting(name: "concept-pair-factor") { $0.learner.conceptPairFactor = $1 },
    Setting(name: "entry-penalty") { $0.learner.entryPenalty = $1 },
    Setting(name: "trust") { $0.learner.trust = $1 },
    Setting(name: "length-pivot") { $0.lengthPivot = $1 },
    Setting(name: "length-exponent") { $0.lengthExponent = $1 },
    Setting(name: "real-share") { $0.realShare = $1 },
  ]

  /// The names of what can be tuned.
  public static var names: [String] { settings.map(\.name) }

  /// At most so many combinations are tried: each costs the inner folds once for every outer fold.
  static let limit = 64

  /// Folds of the inner cross-validation.
  public var folds = 3

  private var grids: [(setting: Setting, texts: [String], values: [Double])] = []

  /// Nothing to choose: the inner folds fit the scaling alone.
  public init() {}

  /// Adds a setting and its values, `name=value,value`; a setting named again takes the later values.
  public mutating func add(_ text: String) throws(GridError) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { throw .form(text) }
    guard let setting = Tuning.settings.first(where: { $0.name == parts[0] }) else { throw .unknown(String(parts[0])) }
    let texts = parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var values: [Double] = []
    for text in texts {
      guard let value = Double(text), value.isFinite, value >= 0 else { throw .value(text, setting: setting.name) }
      values.append(value)
    }
    grids.removeAll { $0.setting.name == setting.name }
    grids.append((setting, texts, values))
    let count = grids.reduce(1) { $0 * $1.values.count }
    guard count <= Tuning.limit else { throw .tooMany(count) }
  }

  /// Every combination, the first values first: its name, such as `token-penalty=1 trust=0.1`, and the options with it.
  func candidates(from options: Trainer.Options) -> [(name: String, options: Trainer.Options)] {
    var all = [(name: "", options: options)]
    for grid in grids {
      all = all.flatMap { candidate in
        zip(grid.texts, grid.values).map { text, value in
          var changed = candidate.options
          grid.setting.set(&changed, value)
          let name = "\(grid.setting.name)=\(text)"
          return (candidate.name.isEmpty ? name : candidate.name + " " + name, changed)
        }
      }
    }
    return all
  }
}
