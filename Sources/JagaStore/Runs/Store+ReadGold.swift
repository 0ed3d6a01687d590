internal import GRDB
internal import JagaCore

/// Takes gold out of a store, row by row: all conversations, then all authors, then all items.
public protocol KeptGoldReader {
  /// What was left out. Comes first.
  mutating func read(_ summary: KeptGold.Summary) throws
  /// The next conversation.
  mutating func read(_ conversation: KeptGold.Conversation) throws
  /// The next author.
  mutating func read(_ author: KeptGold.Author) throws
  /// The next item; its conversation and its author were read.
  mutating func read(_ item: KeptGold.Item) throws
}

extension Store {
  /// Reads the gold of a run. Places that lead nowhere are a damaged file. Cost: some 2 µs a message.
  public func readGold(of run: KeptRun, into reader: inout some KeptGoldReader) throws(StoreError) {
    try reading { db in
      let gold = try Int.fetchOne(db, sql: "SELECT gold FROM gold WHERE digest = ?", arguments: [run.goldDigest])
      guard let gold else { throw damaged("the gold of run \(run.id) is missing") }
      try reader.read(try summary(gold, db))
      let conversations = try readConversations(gold, db, into: &reader)
      let authors = try readAuthors(gold, db, into: &reader)
      try readItems(gold, db, conversations: conversations, authors: authors, into: &reader)
    }
  }

  private func summary(_ gold: Int, _ db: Database) throws -> KeptGold.Summary {
    var rows = try RowReader(
      db, self,
      sql: """
        SELECT unlabelled, repeated, malformed, absent_authors, absent_lines, has_authors, has_lines, id_key
        FROM gold WHERE gold = ?
        """, arguments: [gold])
    guard try rows.step() else { throw damaged("gold \(gold) is missing") }
    var summary = KeptGold.Summary()
    summary.unlabelled = try rows.integer()
    summary.repeated = try rows.integer()
    summary.malformed = try rows.integer()
    summary.absentAuthors = try rows.integer()
    summary.absentLines = try rows.integer()
    summary.hasAuthors = try rows.flag()
    summary.hasLines = try rows.flag()
    summary.idKey = try rows.optionalText()
    return summary
  }

  private func readConversations(_ gold: Int, _ db: Database, into reader: inout some KeptGoldReader) throws -> Int {
    var rows = try RowReader(
      db, self,
      sql: """
        SELECT conversation, kind, conversation_id, is_alone, label, is_risky, first_risk, lang, voice
        FROM gold_conversation WHERE gold = ? ORDER BY conversation
        """, arguments: [gold])
    var count = 0
    while try rows.step() {
      guard try rows.integer() == count, let kind = try rows.optionalName(KeptGold.Kind.init(rawValue:)) else {
        throw damaged("conversations are missing")
      }
      count += 1
      var one = KeptGold.Conversation(kind: kind, id: try rows.text())
      one.isAlone = try rows.flag()
      one.label = try rows.optionalText()
      one.isRisky = try rows.optionalFlag()
      one.firstRisk = try rows.optionalInteger()
      one.language = try rows.optionalText()
      one.voice = try rows.optionalText()
      try reader.read(one)
    }
    return count
  }

  private func readAuthors(_ gold: Int, _ db: Database, into reader: inout some KeptGoldReader) throws -> Int {
    var rows = try RowReader(
      db, self, sql: "SELECT author, author_id, is_predator FROM gold_author WHERE gold = ? ORDER BY author",
      arguments: [gold])
    var count = 0
    while try rows.step() {
      guard try rows.integer() == count else { throw damaged("authors are missing") }
      count += 1
      try reader.read(KeptGold.Author(id: try rows.text(), isPredator: try rows.flag()))
    }
    return count
  }

  private func readItems(
    _ gold: Int, _ db: Database, conversations: Int, authors: Int, into reader: inout some KeptGoldReader
  ) throws {
    var rows = try RowReader(
      db, self,
      sql: """
        SELECT item, conversation, message_id, author, labels, main_label, is_suspicious, lang, voice, length, file, line
        FROM gold_item WHERE gold = ? ORDER BY item
        """, arguments: [gold])
    var count = 0
    while try rows.step() {
      guard try rows.integer() == count else { throw damaged("items are missing") }
      count += 1
      let conversation = try rows.integer()
      guard conversation < conversations else { throw damaged("an item of no conversation") }
      var item = KeptGold.Item(conversation: conversation, messageID: try rows.text())
      item.author = try rows.optionalInteger()
      guard item.author ?? -1 < authors else { throw damaged("an item of no author") }
      guard let labels = try rows.optionalName(LabelLists.labels) else { throw damaged("an item without labels") }
      item.labels = labels
      item.main = try rows.optionalName(Label.init(name:))
      item.isSuspicious = try rows.optionalFlag()
      item.language = try rows.optionalText()
      item.voice = try rows.optionalText()
      item.length = try rows.text()
      item.file = try rows.integer()
      item.line = try rows.optionalInteger()
      try reader.read(item)
    }
  }
}
