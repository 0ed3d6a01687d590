/// A place in a source file.
public struct SourcePosition: Hashable, Comparable, Sendable {
  /// The file as the user named it.
  public var file: String
  /// From 1; 0 when the whole file is meant.
  public var line: Int
  /// From 1, in Unicode scalars; 0 when the whole file is meant.
  public var column: Int

  /// Creates a position.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Orders by file, line, column.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    if left.file != right.file { return left.file.utf8.lexicographicallyPrecedes(right.file.utf8) }
    return (left.line, left.column) < (right.line, right.column)
  }
}

extension SourcePosition: CustomStringConvertible {
  /// `file:line:column`, or the file alone.
  public var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}

/// One fault of a lexicon source: where, how bad, and what.
///
///     lexicons/id/topup.yaml:12:5: error: unknown label 'topup.ofer'; did you mean 'topup.offer'?
public struct LintFinding: Hashable, Sendable {
  /// How bad a fault is.
  public enum Severity: String, Sendable {
    /// Looks wrong, but compiles.
    case warning
    /// Nothing is compiled until it is mended.
    case error
  }

  /// Where it is.
  public var position: SourcePosition
  /// What it is.
  public var fault: LintFault

  /// Creates a finding.
  public init(_ fault: LintFault, at position: SourcePosition) {
    self.position = position
    self.fault = fault
  }

  /// How bad it is.
  public var severity: Severity { fault.severity }
}

extension LintFinding: CustomStringConvertible {
  /// The finding on one line, without a line break.
  public var description: String { "\(position): \(severity.rawValue): \(fault.sentence)" }
}

/// Collects findings while sources are read. Not thread-safe; one per compilation.
final class LintLog {
  private(set) var findings: [LintFinding] = []

  func add(_ fault: LintFault, at position: SourcePosition) { findings.append(LintFinding(fault, at: position)) }

  /// All findings in the order of their places, each once.
  var sorted: [LintFinding] {
    var seen: Set<LintFinding> = []
    return findings.filter { seen.insert($0).inserted }
      .sorted { left, right in
        if left.position != right.position { return left.position < right.position }
        return left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
      }
  }
}
