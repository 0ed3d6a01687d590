internal import Foundation

/// Where the store lies when nobody says so, and its folder.
public enum StorePlace {
  /// `$STATE_DIRECTORY/jaga.sqlite` under systemd, else `$XDG_STATE_HOME/jaga/jaga.sqlite`, else `~/.local/state/jaga/jaga.sqlite`;
  /// without any of them `jaga.sqlite` in the current folder.
  public static func path(environment: [String: String]) -> String {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    // systemd gives several folders joined by colons; the first is ours.
    if let state = value("STATE_DIRECTORY")?.split(separator: ":").first { return "\(state)/jaga.sqlite" }
    if let state = value("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/jaga/jaga.sqlite" }
    if let home = value("HOME") { return "\(home)/.local/state/jaga/jaga.sqlite" }
    return "jaga.sqlite"
  }

  /// Makes the store's folder and those above it, for the owner alone; leaves alone what is there. True when it is there then.
  @discardableResult public static func makeFolder(of path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return true }
    do {
      // What is there already is left as it is.
      try FileManager.default.createDirectory(
        atPath: String(path[..<slash]), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      return true
    } catch { return false }
  }
}
