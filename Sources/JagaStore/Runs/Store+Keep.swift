internal import GRDB
internal import JagaCore

extension Store {
  /// Keeps runs over the same gold, all or none of them; returns their ids.
  ///
  /// Gold that is kept already is not kept again. Throws ``StoreError/runExists(file:id:)`` for a run that is. Cost: one transaction; about 4 µs a message and
  /// run, and as much again for gold that is new.
  @discardableResult
  public func keep(_ results: [KeptResult], gold: KeptGold) throws(StoreError) -> [String] {
    let digest = gold.digest(results.first?.run.files ?? [])
    let runs = results.map { result in
      var run = result.run
      run.goldDigest = digest
      run.identify()
      return run
    }
    return try writing { db in
      let place = try Store.place(of: gold, digest, db)
      for (run, result) in zip(runs, results) {
        guard try Int.fetchOne(db, sql: "SELECT 1 FROM run WHERE run_id = ?", arguments: [run.id]) == nil else {
          throw StoreError.runExists(file: path, id: run.id)
        }
        let number = try Store.insert(run, gold: place, db)
        try Store.insert(run.files, run: number, db)
        try Store.insert(result.figures, run: number, db)
        try Store.insert(result.scores, run: number, db)
      }
      return runs.map(\.id)
    }
  }

  private static func place(of gold: KeptGold, _ digest: String, _ db: Database) throws -> Int {
    if let known = try Int.fetchOne(db, sql: "SELECT gold FROM gold WHERE digest = ?", arguments: [digest]) {
      return known
    }
    let place = try Int.fetchOne(db, sql: "SELECT coalesce(max(gold), 0) + 1 FROM gold") ?? 1
    let summary = gold.summary
    var row = try RowWriter(
      db, table: "gold",
      columns: [
        "gold", "digest", "id_key", "items", "conversations", "unlabelled", "repeated", "malformed", "absent_authors",
        "absent_lines", "has_authors", "has_lines",
      ])
    row.bind(place)
    row.bind(digest)
    row.bind(summary.idKey)
    for number in [
      gold.items.count, gold.conversations.count, summary.unlabelled, summary.repeated, summary.malformed,
      summary.absentAuthors, summary.absentLines,
    ] { row.bind(number) }
    row.bind(summary.hasAuthors)
    row.bind(summary.hasLines)
    try row.step()
    try insert(gold.authors, gold: place, db)
    try insert(gold.conversations, gold: place, db)
    try insert(gold.items, gold: place, db)
    return place
  }

  private static func insert(_ authors: KeptRows<KeptGold.Author>, gold: Int, _ db: Database) throws {
    var row = try RowWriter(db, table: "gold_author", columns: ["gold", "author", "author_id", "is_predator"])
    for place in 0..<authors.count {
      let author = authors.row(place)
      row.bind(gold)
      row.bind(place)
      row.bind(author.id)
      row.bind(author.isPredator)
      try row.step()
    }
  }

  private static func insert(_ conversations: KeptRows<KeptGold.Conversation>, gold: Int, _ db: Database) throws {
    var row = try RowWriter(
      db, table: "gold_conversation",
      columns: [
        "gold", "conversation", "kind", "conversation_id", "is_alone", "label", "is_risky", "first_risk", "lang",
        "voice",
      ])
    for place in 0..<conversations.count {
      let one = conversations.row(place)
      row.bind(gold)
      row.bind(place)
      row.bind(one.kind.rawValue)
      row.bind(one.id)
      row.bind(one.isAlone)
      row.bind(one.label)
      row.bind(one.isRisky)
      row.bind(one.firstRisk)
      row.bind(one.language)
      row.bind(one.voice)
      try row.step()
    }
  }

  private static func insert(_ items: KeptRows<KeptGold.Item>, gold: Int, _ db: Database) throws {
    var row = try RowWriter(
      db, table: "gold_item",
      columns: [
        "gold", "item", "conversation", "message_id", "author", "labels", "main_label", "is_move", "is_disclosure",
        "is_suspicious", "lang", "voice", "length", "file", "line",
      ])
    let moves = (UInt32(1) << UInt32(Label.moveCount)) - 1
    let disclosure = UInt32(1) << UInt32(Label.disclosure.rawValue)
    var list: [UInt8] = []
    for place in 0..<items.count {
      let item = items.row(place)
      row.bind(gold)
      row.bind(place)
      row.bind(item.conversation)
      row.bind(item.messageID)
      row.bind(item.author)
      list.removeAll(keepingCapacity: true)
      LabelLists.write(item.labels, to: &list)
      list.withUnsafeBufferPointer { row.bind(utf8: $0) }
      row.bind(item.main?.staticName)
      let isLabelled = item.labels != 0
      row.bind(isLabelled ? item.labels & moves != 0 : nil)
      row.bind(isLabelled ? item.labels & disclosure != 0 : nil)
      row.bind(item.isSuspicious)
      row.bind(item.language)
      row.bind(item.voice)
      row.bind(item.length)
      row.bind(item.file)
      row.bind(item.line)
      try row.step()
    }
  }
}
