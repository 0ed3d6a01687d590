/// What a gateway reports about a message that it was given: a form or a query with its `id`; the path says what.
public struct CourierReport: Hashable, Sendable {
  /// The id of the message, as it was sent.
  public var id: String

  /// Creates a report.
  public init(id: String) { self.id = id }

  /// Reads a report. Throws ``CourierFault``.
  public static func read(form: [UInt8], query: [UInt8] = []) throws(CourierFault) -> CourierReport {
    let fields = try FormFields([form, query])
    guard let (name, value) = fields.first(of: "id"), !value.isEmpty else { throw .noID }
    return CourierReport(id: try CourierInbound.plain(value, name))
  }
}
