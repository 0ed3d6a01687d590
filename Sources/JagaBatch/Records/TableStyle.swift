/// How tables for people look.
public struct TableStyle: Sendable {
  /// Colours and bold by terminal escape sequences.
  public var isColoured: Bool
  /// Columns of the terminal; lines are broken and names shortened to fit.
  public var columns: Int

  /// Creates a style; at least 60 columns are assumed.
  public init(isColoured: Bool = false, columns: Int = 100) {
    self.isColoured = isColoured
    self.columns = max(columns, 60)
  }
}

/// The few ways in which text is set off on a terminal.
public enum Ink: Sendable, Equatable {
  case plain, dim, bold, calm, watch, review, high, support

  /// The escape sequence that begins it.
  public var code: StaticString {
    switch self {
    case .plain: ""
    case .dim: "\u{1B}[2m"
    case .bold: "\u{1B}[1m"
    case .calm: "\u{1B}[32m"
    case .watch: "\u{1B}[33m"
    case .review: "\u{1B}[1;33m"
    case .high: "\u{1B}[1;31m"
    case .support: "\u{1B}[1;36m"
    }
  }
}

extension ByteBuffer {
  /// Appends what `body` writes in a colour; without one when the style has none.
  public func inked(_ ink: Ink, _ style: TableStyle, _ body: () -> Void) {
    guard style.isColoured, ink.code.utf8CodeUnitCount > 0 else { return body() }
    append(ink.code)
    body()
    append("\u{1B}[0m")
  }
}
