internal import ArgumentParser
internal import Glibc
internal import JagaBatch

/// When to use colours.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// What is known about the terminal, if there is one.
enum Terminal {
  /// True when standard output goes to a person.
  static var hasOutput: Bool { isatty(1) == 1 }
  /// True when standard error goes to a person.
  static var hasErrors: Bool { isatty(2) == 1 }
  /// True when standard input comes from a person.
  static var hasInput: Bool { isatty(0) == 1 }

  /// The width of standard output or standard error, else `COLUMNS`, else 100.
  static var columns: Int {
    for descriptor in [Int32(1), 2] {
      var size = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    }
    return environment("COLUMNS").flatMap { Int($0) } ?? 100
  }

  /// The style of tables on standard output.
  static func style(_ choice: ColourChoice) -> TableStyle {
    let isColoured =
      switch choice {
      case .always: true
      case .never: false
      case .auto: hasOutput && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
      }
    return TableStyle(isColoured: isColoured, columns: columns)
  }
}

/// A variable of the environment; nil when it is unset or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
