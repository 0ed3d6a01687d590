internal import ArgumentParser
internal import JagaBatch
internal import JagaStore

/// The store that a command reads.
struct StoreArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The SQLite file of 'jaga evaluate --store'.", valueName: "store"))
  var store: String

  /// Opens it for reading.
  func opened() throws -> Store { try Store(reading: store) }
}

extension ReportForm {
  /// Writes a report in this form to standard output.
  func write(
    _ table: (ByteBuffer) -> Void, _ json: (ByteBuffer) -> Void, _ csv: (ByteBuffer) -> Void
  ) throws {
    let buffer = ByteBuffer()
    switch self {
    case .table: table(buffer)
    case .json: json(buffer)
    case .csv: csv(buffer)
    }
    try StandardOutput().write(buffer)
  }
}
