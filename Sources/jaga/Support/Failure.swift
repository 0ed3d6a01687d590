internal import ArgumentParser
internal import Glibc

/// Why a command cannot run: a sentence with a remedy, never text of a message.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Runs a command's work, prints what went wrong as `jaga: SENTENCE` and turns it into exit code 1.
func reporting<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let code as ExitCode {
    throw code
  } catch let clean as CleanExit {
    throw clean
  } catch let usage as ValidationError {
    throw usage
  } catch is BrokenPipe {
    throw ExitCode.success
  } catch {
    printError("\(error)")
    throw ExitCode.failure
  }
}

/// One line on standard error, in one piece.
func printError(_ sentence: String) {
  let line = "jaga: \(sentence)\n"
  _ = line.utf8CString.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count - 1) }
}
