internal import GRDB
internal import JagaCore

/// Appends rows to the audit, inside the transaction that does what they tell.
struct AuditWriter {
  /// Who acts when nobody else does.
  static let program = "jaga"

  private let db: Database
  private let store: Store
  private var head: (sequence: Int, hash: [UInt8])?

  init(_ db: Database, _ store: Store) {
    self.db = db
    self.store = store
  }

  mutating func append(_ draft: AuditDraft) throws {
    let last = try head ?? store.auditHead(db)
    var row = AuditRow(
      sequence: last.sequence + 1, at: draft.at, actor: draft.actor, action: draft.action,
      subject: draft.subject.flatMap { $0.isEmpty ? nil : $0 }, detail: draft.detail, previous: last.hash, hash: [])
    row.hash = row.digest()
    var writer = try RowWriter(
      db,
      cached: """
        INSERT INTO audit (sequence, at, actor, action, subject, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    writer.bind(row.sequence)
    writer.bind(row.at)
    writer.bind(row.actor)
    writer.bind(row.action)
    writer.bind(bytes: row.subject)
    writer.bind(row.detail)
    writer.bind(bytes: row.previous)
    writer.bind(bytes: row.hash)
    try writer.step()
    head = (row.sequence, row.hash)
  }

  mutating func append(_ action: AuditAction, at: Int64, actor: String, subject: [UInt8]?, _ detail: AuditDetail) throws
  {
    try append(AuditDraft(at: at, actor: actor, action: action.rawValue, subject: subject, detail: detail.json))
  }

  /// What a flag did to an item; `follows` is the one that was decided before.
  mutating func append(_ action: AuditAction, _ flag: KeptFlag, item: Int, follows: Int? = nil) throws {
    var detail = AuditDetail()
    detail.add("item", item)
    if let follows { detail.add("follows", follows) }
    detail.add("kind", flag.kind.rawValue)
    detail.add("band", flag.band.name)
    detail.add("urgency", flag.keptUrgency)
    detail.add("label", flag.label.name)
    detail.add("score", flag.score)
    detail.add("disclosure", flag.disclosure)
    detail.add("model", flag.modelID)
    if !flag.textHMAC.isEmpty { detail.add("input", hex: flag.textHMAC) }
    try append(action, at: flag.receivedAt, actor: AuditWriter.program, subject: flag.subject, detail)
  }
}

extension AuditRow {
  /// The hash before the first row.
  static let origin = [UInt8](repeating: 0, count: 32)

  /// SHA-256 over the previous hash, sequence, time, actor, action, subject and detail, in this order. Numbers are 64 bits, little-endian; texts (UTF-8) and
  /// bytes stand behind their length in bytes, as such a number; no subject is one of length 0.
  func digest() -> [UInt8] {
    var digest = Digest(room: 512)
    digest.add(previous)
    digest.add(sequence)
    digest.add(Int(at))
    digest.add(actor)
    digest.add(action)
    digest.add(subject ?? [])
    digest.add(detail)
    return digest.finishBytes()
  }
}
