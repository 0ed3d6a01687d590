#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds the model to use: the operator's choice, then `JAGA_MODEL`, then where the default model lies beside an installed, copied or freshly
/// built program, then the current folder.
///
///     let model = try ModelLocator().open(nil)
public struct ModelLocator {
  private let executable: String?
  private let variable: String?

  /// A locator for this process.
  public init() {
    executable = ModelLocator.executablePath()
    variable = getenv("JAGA_MODEL").map { String(cString: $0) }
  }

  /// A locator for a program at a given place. For tests.
  public init(executable: String?, variable: String?) {
    self.executable = executable
    self.variable = variable
  }

  /// No farther, so that no stranger's folder near the root is trusted.
  private static let foldersUp = 4
  private static let defaultPath = "Models/default.jaga"

  /// The places where the default model may be, in the order in which they are tried.
  public var places: [String] {
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

  /// The path to open; `option` is what the operator chose, if anything. Throws ``BundleError/noModel(places:)`` when nothing is found.
  public func path(_ option: String?) throws(BundleError) -> String {
    if let chosen = option ?? variable { return chosen }
    if let found = places.first(where: ModelLocator.isReadable) { return found }
    throw .noModel(places: places)
  }

  /// Opens the model. Throws ``BundleError``.
  public func open(_ option: String?) throws(BundleError) -> Model { try Model.open(path: try path(option)) }

  private static func isReadable(_ path: String) -> Bool {
    var status = stat()
    return access(path, R_OK) == 0 && stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

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
