internal import GRDB

extension Store {
  /// Gives every item that was closed at or after a time, with its flags and decisions, in the order of closing: labelled data.
  ///
  /// Items are read some hundred at a time, and none is held while the closure works, so a slow receiver keeps nobody waiting; what is
  /// closed meanwhile comes as well. Throws ``StoreError`` and whatever the closure throws.
  public func forEachDecided(
    since: Int64, _ body: (ReviewItem, [KeptFlag], [KeptDecision]) throws -> Void
  ) throws {
    var place = DecidedPlace(since: since)
    while true {
      let page = try decided(after: &place)
      if page.isEmpty { return }
      for (item, flags, decisions) in page { try body(item, flags, decisions) }
    }
  }

  /// Some hundred items closed after a place, in the order of closing, with their flags and decisions; the place moves behind them. Empty when there are no more.
  public func decided(after place: inout DecidedPlace) throws(StoreError) -> [(
    ReviewItem, [KeptFlag], [KeptDecision]
  )] {
    let start = place
    let page = try reading { db in
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT \(Store.itemColumns) FROM review_item i
          WHERE status = 'closed' AND (closed_at, item) > (?, ?) ORDER BY closed_at, item LIMIT 100
          """)
      rows.bind(start.time)
      rows.bind(start.item)
      var items: [ReviewItem] = []
      while try rows.step() { items.append(try ReviewItem(reading: &rows)) }
      return try items.map { item in
        (item, try flags(item: item.number, db), try decisions(item: item.number, db))
      }
    }
    if let last = page.last?.0, let time = last.closedAt { place = DecidedPlace(time: time, item: last.number) }
    return page
  }
}

/// A place in the order in which items were closed.
public struct DecidedPlace: Hashable, Sendable {
  var time: Int64
  var item = 0

  /// Before everything that was closed at this time, in milliseconds since 1970, or later.
  public init(since: Int64) { time = since }

  init(time: Int64, item: Int) {
    self.time = time
    self.item = item
  }
}
