internal import ArgumentParser
internal import Foundation
internal import Glibc

/// Why a command cannot run: a sentence with a remedy, never text of a message.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Runs a command's work; what went wrong becomes `jaga-server: SENTENCE` and exit code 1.
func reporting<Result>(_ body: () async throws -> Result) async throws -> Result {
  do {
    return try await body()
  } catch let code as ExitCode {
    throw code
  } catch let clean as CleanExit {
    throw clean
  } catch let usage as ValidationError {
    throw usage
  } catch {
    printError("\(error)")
    throw ExitCode.failure
  }
}

/// One line on standard error, in one piece.
func printError(_ sentence: String) {
  let line = "jaga-server: \(sentence)\n"
  _ = line.utf8CString.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count - 1) }
}

/// The moment, in milliseconds since 1970.
let systemTime: @Sendable () -> Int64 = {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}

/// Who acts by the command line, as the audit has it.
let commandLineActor = "command-line"

/// A time of the store for people: RFC 3339, UTC, to the second.
func shown(_ milliseconds: Int64) -> String {
  Date(timeIntervalSince1970: Double(milliseconds / 1_000)).formatted(.iso8601)
}
