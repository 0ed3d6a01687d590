internal import Glibc
internal import JagaScoring

/// Finds the model to use: `--model`, then `JAGA_MODEL`, then where the default model lies beside an installed, copied or freshly
/// built program, then the current folder.
struct ModelLocator {
  private let executable: String?
  private let variable: String?

  /// A locator for this process.
  init() {
    executable = ModelLocator.executablePath()
    variable = environment("JAGA_MODEL")
  }

  /// A locator for a program at a given place. For tests.
  init(executable: String?, variable: String?) {
    self.executable = executable
    self.variable = variable
  }

  /// No farther, so that no stranger's folder near the root is trusted.
  private static let foldersUp = 4
  private static let defaultPath = "Models/default.jaga"

  /// The places where the default model may be, in the order in which they are tried.
  var places: [String] {
    var places: [String] = []
    if let executable {
      var folder = parent(executable)
      places.append("\(folder)/\(ModelLocator.defaultPath)")
      places.append("\(parent(folder))/share/jaga/default.jaga")
      places.append("\(folder)/default.jaga")
      // A build lies a few folders below the checkout that holds the model: .build/TRIPLE/CONFIGURATION.
      for _ in 0..<ModelLocator.foldersUp where folder != "/" && folder != "." {
        folder = parent(folder)
        places.append(folder == "/" ? "/\(ModelLocator.defaultPath)" : "\(folder)/\(ModelLocator.defaultPath)")
      }
    }
    places.append(ModelLocator.defaultPath)
    return places
  }

  /// The path to open. Throws with the list of places when nothing is found.
  func path(_ option: String?) throws(Failure) -> String {
    if let chosen = option ?? variable { return chosen }
    if let found = places.first(where: Files.isReadable) { return found }
    let list = places.map { "\n  \($0)" }.joined()
    throw Failure(
      "no model found; give one with --model or JAGA_MODEL, or put the default model at one of these places:\(list)")
  }

  /// Opens the model. Throws a sentence with a remedy.
  func open(_ option: String?) throws -> Model { try Model.open(path: try path(option)) }

  private func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func executablePath() -> String? {
    guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
