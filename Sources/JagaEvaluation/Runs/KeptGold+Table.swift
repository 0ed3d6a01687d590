internal import JagaCore
public import JagaStore
public import JagaTranscripts

extension KeptGold {
  /// Gold on its way into a store. `ids` replaces every id that is not empty: conversations, messages, authors of PAN12.
  ///
  /// Rows are made as they are asked for; cost of each: some copies, and with `ids` two keyed hashes.
  public init(_ gold: GoldTable, ids: (any IDTransform)? = nil) {
    var summary = Summary()
    summary.unlabelled = gold.counts.unlabelled
    summary.repeated = gold.counts.repeated
    summary.malformed = gold.counts.malformed
    summary.absentAuthors = gold.counts.absentAuthors
    summary.absentLines = gold.counts.absentLines
    summary.hasAuthors = gold.truth.authors
    summary.hasLines = gold.truth.lines
    let door = IDDoor(ids)
    summary.idKey = ids == nil ? nil : String(door.replaced("jaga: which key", .author).prefix(16))
    self.init(
      conversations: KeptRows(count: gold.conversations.count) { place in
        let one = gold.conversations[place]
        var kept = Conversation(kind: Kind(one.kind), id: door.replaced(one.id, .conversation))
        kept.isAlone = one.isAlone
        kept.label = one.label?.name
        kept.isRisky = one.isRisky
        kept.firstRisk = one.firstRisk
        kept.language = one.language
        kept.voice = one.voice
        return kept
      },
      items: KeptRows(count: gold.rows.count) { place in
        let row = gold.rows[place]
        var item = Item(conversation: row.conversation, messageID: door.replaced(row.messageID, .message))
        item.author = row.author < 0 ? nil : row.author
        item.labels = row.labels
        item.main = row.main
        item.isSuspicious = row.kind == .line && gold.truth.lines ? row.isSuspicious : nil
        item.language = row.language
        item.voice = row.voice
        item.length = row.length.name
        item.file = row.file
        item.line = row.line > 0 ? row.line : nil
        return item
      },
      authors: KeptRows(count: gold.authors.count) { place in
        let author = gold.authors[place]
        return Author(id: door.replaced(author.id, .author), isPredator: author.isPredator)
      }, summary: summary)
  }
}

extension KeptGold.Kind {
  init(_ kind: GoldTable.Kind) {
    switch kind {
    case .message: self = .message
    case .turn: self = .turn
    case .line: self = .line
    }
  }

  var table: GoldTable.Kind {
    switch self {
    case .message: .message
    case .turn: .turn
    case .line: .line
    }
  }
}

/// Replaces ids, where that is asked for.
private struct IDDoor {
  private let transform: (any IDTransform)?

  init(_ transform: (any IDTransform)?) { self.transform = transform }

  func replaced(_ id: String, _ kind: IDKind) -> String {
    guard let transform, !id.isEmpty else { return id }
    var id = id
    var bytes: [UInt8] = []
    id.withUTF8 { transform.append($0, kind: kind, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension GoldTable {
  /// Reads the gold of a run again: ids as they were kept, no texts.
  ///
  /// Throws `StoreError`; also for labels and lengths that this program does not know.
  public init(_ store: Store, run: KeptRun) throws {
    var rebuilder = Rebuilder(store: store, files: run.files.filter { $0.role == .gold }.map(\.name))
    try store.readGold(of: run, into: &rebuilder)
    self = rebuilder.gold
  }

  private struct Rebuilder: KeptGoldReader {
    let store: Store
    var gold = GoldTable()

    init(store: Store, files: [String]) {
      self.store = store
      gold.files = files
    }

    private func damaged(_ what: String) -> StoreError { .damaged(file: store.path, reason: what) }

    mutating func read(_ summary: KeptGold.Summary) {
      gold.counts.unlabelled = summary.unlabelled
      gold.counts.repeated = summary.repeated
      gold.counts.malformed = summary.malformed
      gold.counts.absentAuthors = summary.absentAuthors
      gold.counts.absentLines = summary.absentLines
      gold.truth = (summary.hasAuthors, summary.hasLines)
    }

    mutating func read(_ kept: KeptGold.Conversation) throws {
      var one = Conversation(kind: kept.kind.table, id: kept.id, isAlone: kept.isAlone)
      if let name = kept.label {
        guard let label = TranscriptLabel(name: name) else { throw damaged("an unknown label of a transcript") }
        one.label = label
      }
      one.isRisky = kept.isRisky
      one.firstRisk = kept.firstRisk
      one.language = kept.language
      one.voice = kept.voice
      gold.conversations.append(one)
    }

    mutating func read(_ author: KeptGold.Author) { gold.authors.append((author.id, author.isPredator)) }

    mutating func read(_ item: KeptGold.Item) throws {
      guard let length = LengthClass.allCases.first(where: { $0.name == item.length }) else {
        throw damaged("an unknown length class")
      }
      guard gold.files.indices.contains(item.file) else { throw damaged("an item of no file") }
      let place = gold.rows.count
      let kind = gold.conversations[item.conversation].kind
      var row = Row(kind: kind, conversation: item.conversation, messageID: item.messageID, file: item.file)
      row.author = item.author ?? -1
      row.labels = item.labels
      row.main = item.main
      row.language = item.language
      row.voice = item.voice
      row.length = length
      row.line = item.line ?? 0
      row.isSuspicious = item.isSuspicious ?? false
      gold.rows.append(row)
      guard kind != .message else { return }
      let before = gold.conversations[item.conversation].rows
      if before.isEmpty {
        gold.conversations[item.conversation].rows = place..<place + 1
      } else if before.upperBound == place {
        gold.conversations[item.conversation].rows = before.lowerBound..<place + 1
      }
    }
  }
}
