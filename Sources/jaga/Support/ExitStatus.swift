internal import ArgumentParser

extension ExitCode {
  /// Some records were skipped as malformed.
  static let skipped = ExitCode(2)
  /// Stopped at the first malformed record by `--strict`.
  static let stopped = ExitCode(3)
  /// Interrupted by a signal: 128 and its number.
  static func interrupted(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }
}
