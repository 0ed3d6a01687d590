internal import GRDB
internal import JagaCore

extension Store {
  /// One page of the queue: disclosures first, then the most urgent, then what has waited longest.
  ///
  /// A reviewer is given only what they may decide: nothing that they have decided in an earlier round or appealed against, and the final round only as an
  /// administrator. Cost: some 20 µs an item that is given or passed over; the counts read an index over all items.
  public func queue(_ query: QueueQuery) throws(StoreError) -> QueuePage {
    try reading { db in
      let terms = QueueTerms(query)
      let limit = min(max(query.limit, 1), 500)
      var rows = try RowReader(db, self, cached: terms.sql)
      terms.bind(limit + 1, &rows)
      var items: [ReviewItem] = []
      while try rows.step() { items.append(try ReviewItem(reading: &rows)) }
      let goesOn = items.count > limit
      if goesOn { items.removeLast() }
      return QueuePage(
        items: items, next: goesOn ? items.last.map(QueueCursor.init(after:)) : nil, counts: try counts(db))
    }
  }

  private func counts(_ db: Database) throws -> [QueuePage.Count] {
    var rows = try RowReader(
      db, self, cached: "SELECT kind, status, count(*) FROM review_item GROUP BY kind, status")
    var counts: [QueuePage.Count] = []
    while try rows.step() {
      counts.append(
        .init(
          kind: try rows.name(ReviewKind.init(rawValue:)), status: try rows.name(ItemStatus.init(rawValue:)),
          items: try rows.integer()))
    }
    return counts
  }
}

extension QueueCursor {
  /// The place after an item, in the order of what waits or, for a decided one, of decisions.
  init(after item: ReviewItem) {
    if let closed = item.closedAt {
      self.init(rank: 0, time: closed, number: item.number)
    } else {
      self.init(
        rank: (item.kind == .disclosure ? 0 : 4) + 3 - item.urgency, time: item.openedAt, number: item.number)
    }
  }
}

/// The conditions of a query, and their values in order.
///
/// A plus before a column keeps the planner from an index on it: what waits is always read in the order of the queue, and never sorted.
struct QueueTerms {
  private enum Value {
    case text(String)
    case number(Int64)
  }

  private var terms: [String] = []
  private var values: [Value] = []
  private let order: String
  var sql: String {
    "SELECT \(Store.itemColumns) FROM review_item i WHERE \(terms.joined(separator: " AND ")) ORDER BY \(order) LIMIT ?"
  }

  init(_ query: QueueQuery) {
    let isClosed = query.status == .closed
    order = isClosed ? "i.closed_at DESC, i.item DESC" : "i.queue_rank, i.opened_at, i.item"
    terms.append(isClosed ? "i.status = 'closed'" : "i.status <> 'closed'")
    if let status = query.status, !isClosed { add("+i.status = ?", .text(status.rawValue)) }
    if let kind = query.kind {
      add("+i.kind = ?", .text(kind.rawValue))
      if !isClosed { terms.append(kind == .disclosure ? "i.queue_rank < 4" : "i.queue_rank >= 4") }
    }
    if let language = query.language { add("i.lang = ?", .text(language)) }
    if let track = query.track { add("i.track = ?", .text(track.name)) }
    if let cursor = query.after {
      if isClosed {
        add("(i.closed_at, i.item) < (?, ?)", .number(cursor.time), .number(Int64(cursor.number)))
      } else {
        add(
          "(i.queue_rank, i.opened_at, i.item) > (?, ?, ?)", .number(Int64(cursor.rank)), .number(cursor.time),
          .number(Int64(cursor.number)))
      }
    }
    guard let reviewer = query.reviewer, !isClosed else { return }
    add("NOT EXISTS (SELECT 1 FROM decision d WHERE d.item = i.item AND d.reviewer = ?)", .text(reviewer))
    add("NOT EXISTS (SELECT 1 FROM appeal a WHERE a.item = i.item AND a.appellant = ?)", .text(reviewer))
    if !query.isAdmin { terms.append("i.status <> 'final'") }
  }

  private mutating func add(_ term: String, _ values: Value...) {
    terms.append(term)
    self.values += values
  }

  func bind(_ limit: Int, _ rows: inout RowReader) {
    for value in values + [.number(Int64(limit))] {
      switch value {
      case .text(let text): rows.bind(text)
      case .number(let number): rows.bind(number)
      }
    }
  }
}
