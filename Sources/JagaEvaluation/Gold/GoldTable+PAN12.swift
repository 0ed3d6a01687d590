internal import JagaCore
internal import JagaTranscripts

extension GoldTable {
  /// PAN12: problem 1 is a set of author ids, problem 2 a set of (conversation, line) (Inches and Crestani 2012).
  ///
  /// With the truth of problem 1, a conversation is risky when a predator writes in it, so that latency and ERDE can be told. `imported` are
  /// files of `jaga import`, whose records hold the truth themselves; truth files, where given, are asked as well.
  mutating func addPAN12(
    _ inputs: [TranscriptInput], imported: [TranscriptInput], sources: GoldSources, places: [String: Int],
    writer: InputWriter
  ) throws {
    let predators = try sources.authors.map { try PAN12Truth.authors($0) }
    var suspicious = try sources.lines.map { try PAN12Truth.suspiciousLines($0) } ?? []
    truth = (predators != nil, sources.lines != nil)
    var known: [String: Int] = [:]
    for input in inputs {
      let reader = TranscriptReader(inputs: [input], format: .pan12, report: sources.report)
      var batch = MessageBatch()
      var ids: [String: Int] = [:]
      while try reader.read(into: &batch) {
        for index in batch.rows.indices {
          let message = batch.message(at: index)
          let line = PAN12Truth.Line(conversationID: message.conversationID, messageID: message.messageID)
          let said = GoldTruth(
            author: predators?.contains(message.authorID), line: suspicious.remove(line) != nil)
          add(message, said, file: places[input.name] ?? 0, ids: &ids, authors: &known, writer: writer)
        }
        batch.removeAll()
      }
      counts.malformed += reader.counters.malformed
      counts.repeated += reader.counters.duplicates
    }
    for input in imported {
      var ids: [String: Int] = [:]
      var conversation: (id: String, lines: Set<String>) = ("", [])
      try TruthReader.read(input) { message, said in
        if conversation.id != message.conversationID { conversation = (message.conversationID, []) }
        guard conversation.lines.insert(message.messageID).inserted else {
          counts.repeated += 1
          return
        }
        var said = said
        if let predators { said.author = said.author == true || predators.contains(message.authorID) }
        let line = PAN12Truth.Line(conversationID: message.conversationID, messageID: message.messageID)
        if suspicious.remove(line) != nil { said.line = true }
        if said.author != nil { truth.authors = true }
        if said.line != nil { truth.lines = true }
        add(message, said, file: places[input.name] ?? 0, ids: &ids, authors: &known, writer: writer)
      }
    }
    for id in (predators ?? []).subtracting(known.keys).sorted() {
      counts.absentAuthors += 1
      authors.append((id, true))
    }
    counts.absentLines = suspicious.count
  }

  private mutating func add(
    _ message: Message, _ said: GoldTruth, file: Int, ids: inout [String: Int], authors known: inout [String: Int],
    writer: InputWriter
  ) {
    let isPredator = said.author == true
    let place = ids[message.conversationID] ?? conversations.count
    if place == conversations.count {
      ids[message.conversationID] = place
      var made = Conversation(kind: .line, id: message.conversationID)
      if said.author != nil { made.isRisky = false }
      made.rows = rows.count..<rows.count
      conversations.append(made)
    }
    if isPredator { conversations[place].isRisky = true }
    // The reader hands a conversation out in one piece, so its rows stand together; one that comes again is not told apart.
    if conversations[place].rows.upperBound == rows.count {
      conversations[place].rows = conversations[place].rows.lowerBound..<rows.count + 1
    }
    var row = Row(kind: .line, conversation: place, messageID: message.messageID, file: file)
    row.length = LengthClass(text: message.text)
    if !message.authorID.isEmpty {
      let author = known[message.authorID] ?? authors.count
      if author == authors.count {
        known[message.authorID] = author
        authors.append((message.authorID, isPredator))
      }
      row.author = author
    }
    row.isSuspicious = said.line == true
    writer.add(message.text, author: message.authorID, conversation: place, row: rows.count)
    rows.append(row)
  }
}
