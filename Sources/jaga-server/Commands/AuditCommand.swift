internal import ArgumentParser
internal import JagaBatch
internal import JagaService
internal import JagaStore

/// `jaga-server audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Read and verify the record of who did what.",
    discussion: """
      Rows are only ever added, and each holds the hash of the one before it, so that a changed, removed or inserted row shows. Rows cut off at the end \
      show against a head that you noted elsewhere: keep 'jaga-server audit head' of every day where the service cannot write.
      """,
    subcommands: [AuditVerifyCommand.self, AuditHeadCommand.self, AuditShowCommand.self])
}

/// `jaga-server audit verify`.
struct AuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every row and every link.",
    discussion: "EXIT CODES\n  0 whole; 1 not whole, or it cannot be read; 64 usage")

  @Option(help: ArgumentHelp("The hash of a row that must be there, 64 hexadecimal digits.", valueName: "hash"))
  var head: String?

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  /// The hash alone: what `audit head` prints has the row's number before it.
  private static func hash(_ head: String) -> String { String(head.split(separator: " ").last ?? "") }

  func validate() throws {
    if let head, Hexadecimal.bytes(AuditVerifyCommand.hash(head))?.count != 32 {
      throw ValidationError("--head takes 64 hexadecimal digits, or what 'jaga-server audit head' printed")
    }
  }

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      let verdict = try store.verifyAudit(
        expecting: head.flatMap { Hexadecimal.bytes(AuditVerifyCommand.hash($0)) })
      try store.close()
      guard verdict.isWhole else { throw Failure(AuditVerifyCommand.sentence(verdict)) }
      print("the audit is whole: \(verdict.rows) rows, head \(verdict.sequence) \(Hexadecimal.text(verdict.hash))")
    }
  }

  /// What is wrong, where, and what to do.
  static func sentence(_ verdict: AuditVerdict) -> String {
    let row = verdict.badSequence.map { "row \($0)" } ?? "a row"
    let what =
      switch verdict.fault {
      case .missing: "\(row) is missing"
      case .link: "\(row) does not follow the row before it: a row was put in, taken out or moved"
      case .content: "\(row) was changed after it was written"
      case .malformed: "\(row) holds what no row can hold"
      case .head: "the expected head is nowhere in it: rows at the end are gone, or all of it was written anew"
      case nil: "the triggers that refuse changes are gone from the file"
      }
    return
      "the audit is not whole: \(what); \(verdict.sequence) rows before are good. Keep this file as it is, and compare with a backup"
  }
}

/// `jaga-server audit head`.
struct AuditHeadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head", abstract: "Print the number and hash of the last row, to be noted elsewhere.")

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      let head = try store.auditHead()
      print("\(head.sequence) \(Hexadecimal.text(head.hash))")
      try store.close()
    }
  }
}

/// `jaga-server audit show`.
struct AuditShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print rows as JSON lines, oldest first.")

  @Option(help: ArgumentHelp("The first row.", valueName: "number"))
  var from = 1

  @Option(help: ArgumentHelp("The most rows; all by default.", valueName: "number"))
  var limit: Int?

  @OptionGroup(title: "Configuration") var options: ConfigurationOptions

  func validate() throws {
    guard from >= 1, limit ?? 1 >= 1 else { throw ValidationError("--from and --limit take 1 or more") }
  }

  func run() async throws {
    try await reporting {
      let store = try options.load().options.openExistingStore()
      var next = from
      var left = limit ?? .max
      while left > 0 {
        let rows = try store.audit(from: next, limit: min(left, 1_000))
        guard let last = rows.last else { break }
        let buffer = ByteBuffer()
        for row in rows { AuditShowCommand.write(row, to: buffer) }
        print(buffer.string, terminator: "")
        left -= rows.count
        next = last.sequence + 1
      }
      try store.close()
    }
  }

  private static func write(_ row: AuditRow, to buffer: ByteBuffer) {
    buffer.append("{\"sequence\":")
    buffer.append(integer: row.sequence)
    buffer.append(",\"at\":")
    buffer.append(json: shown(row.at))
    buffer.append(",\"actor\":")
    buffer.append(json: row.actor)
    buffer.append(",\"action\":")
    buffer.append(json: row.action)
    buffer.append(",\"subject\":")
    if let subject = row.subject { buffer.append(json: Hexadecimal.text(subject)) } else { buffer.append("null") }
    buffer.append(",\"detail\":")
    buffer.append(text: row.detail)
    buffer.append(",\"hash\":")
    buffer.append(json: Hexadecimal.text(row.hash))
    buffer.append("}\n")
  }
}
