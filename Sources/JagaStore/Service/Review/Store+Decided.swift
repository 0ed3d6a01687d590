internal import GRDB

extension Store {
  /// Gives every item that was closed at or after a time, with its flags and decisions, in the order of closing: labelled data.
  ///
  /// Items are read some hundred at a time, and none is held while the closure works, so a slow receiver keeps nobody waiting; what is
  /// closed meanwhile comes as well. Throws ``StoreError`` and whatever the closure throws.
  public func forEachDecided(
    since: Int64, _ body: (ReviewItem, [KeptFlag], [KeptDecision]) throws -> Void
  ) throws {
    var place = (time: since, item: 0)
    while true {
      let page = try decided(after: place)
      for (item, flags, decisions) in page { try body(item, flags, decisions) }
      guard let last = page.last?.0, let time = last.closedAt else { return }
      place = (time, last.number)
    }
  }

  private func decided(after place: (time: Int64, item: Int)) throws(StoreError) -> [(
    ReviewItem, [KeptFlag], [KeptDecision]
  )] {
    try reading { db in
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT \(Store.itemColumns) FROM review_item i
          WHERE status = 'closed' AND (closed_at, item) > (?, ?) ORDER BY closed_at, item LIMIT 100
          """)
      rows.bind(place.time)
      rows.bind(place.item)
      var items: [ReviewItem] = []
      while try rows.step() { items.append(try ReviewItem(reading: &rows)) }
      return try items.map { item in
        (item, try flags(item: item.number, db), try decisions(item: item.number, db))
      }
    }
  }
}
