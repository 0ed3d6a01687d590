internal import Hummingbird
internal import JagaConsole
internal import JagaStore
internal import JagaTranscripts

extension ConsoleRoutes {
  /// Rows on one page of the audit.
  private static let pageSize = 100

  /// A page of the audit, newest rows first.
  func audit(_ visit: ConsoleVisit, chain: AuditView.Chain = .unchecked) throws -> Response {
    try visit.requireAdmin()
    let head = try parts.store.auditHead().sequence
    let before = visit.query["before"].flatMap { Int($0) }
    let last = min(head, max(0, before ?? head))
    let first = max(1, last - Self.pageSize + 1)
    let rows = last == 0 ? [] : try parts.store.audit(from: first, limit: last - first + 1)
    let view = AuditView(
      rows: rows.reversed().map(AuditEntry.init), chain: chain, older: first > 1 ? first - 1 : nil,
      isContinued: before != nil)
    return page(console.audit(view, frame(visit, waiting: try waiting())))
  }

  /// Reads every row and tells whether they follow from one another.
  func verify(_ visit: ConsoleVisit) throws -> Response {
    try visit.requireAdmin()
    let verdict = try parts.store.verifyAudit()
    let chain: AuditView.Chain
    if let fault = verdict.fault {
      chain = .broken(sequence: verdict.badSequence ?? verdict.sequence, AuditView.Fault(fault))
    } else if !verdict.isGuarded {
      chain = .broken(sequence: verdict.sequence, .unguarded)
    } else {
      chain = .whole(rows: verdict.rows, head: Hexadecimal.text(verdict.hash))
    }
    return try audit(visit, chain: chain)
  }
}

extension AuditView.Fault {
  fileprivate init(_ fault: AuditVerdict.Fault) {
    self =
      switch fault {
      case .missing: .missing
      case .link: .link
      case .content: .content
      case .malformed: .malformed
      case .head: .head
      }
  }
}

extension AuditEntry {
  /// A row as the page shows it. Particulars that are not flat JSON are left out.
  init(_ row: AuditRow) {
    var details: [Detail] = []
    if case .object(let members)? = try? JSONValue.parse(Array(row.detail.utf8), depthLimit: 4, valueLimit: 64) {
      details = members.sorted { $0.key < $1.key }.compactMap { name, value in
        value.plain.map { Detail(name, $0) }
      }
    }
    self.init(
      sequence: row.sequence, at: row.at, actor: row.actor, action: row.action,
      subject: Hexadecimal.text(row.subject ?? []), details: details, hash: Hexadecimal.text(row.hash))
  }
}

extension JSONValue {
  /// A text, a number or a yes or no as a text; nil for the rest.
  fileprivate var plain: String? {
    switch self {
    case .string(let text): text
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\((number * 10_000).rounded() / 10_000)"
    case .boolean(let flag): "\(flag)"
    case .null, .array, .object: nil
    }
  }
}
