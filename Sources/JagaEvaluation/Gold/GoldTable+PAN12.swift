internal import JagaCore
internal import JagaTranscripts

extension GoldTable {
  /// PAN12: problem 1 is a set of author ids, problem 2 a set of (conversation, line) (Inches and Crestani 2012).
  ///
  /// With the truth of problem 1, a conversation is risky when a predator writes in it, so that latency and ERDE can be told.
  mutating func addPAN12(
    _ inputs: [TranscriptInput], sources: GoldSources, places: [String: Int], writer: InputWriter
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
          add(
            batch.message(at: index), file: places[input.name] ?? 0, predators: predators ?? [], ids: &ids,
            authors: &known, suspicious: &suspicious, writer: writer)
        }
        batch.removeAll()
      }
      counts.malformed += reader.counters.malformed
      counts.repeated += reader.counters.duplicates
    }
    for id in (predators ?? []).subtracting(known.keys).sorted() {
      counts.absentAuthors += 1
      authors.append((id, true))
    }
    counts.absentLines = suspicious.count
  }

  private mutating func add(
    _ message: Message, file: Int, predators: Set<String>, ids: inout [String: Int], authors known: inout [String: Int],
    suspicious: inout Set<PAN12Truth.Line>, writer: InputWriter
  ) {
    let isPredator = predators.contains(message.authorID)
    let place = ids[message.conversationID] ?? conversations.count
    if place == conversations.count {
      ids[message.conversationID] = place
      var made = Conversation(kind: .line, id: message.conversationID)
      if truth.authors { made.isRisky = false }
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
    let line = PAN12Truth.Line(conversationID: message.conversationID, messageID: message.messageID)
    if suspicious.remove(line) != nil { row.isSuspicious = true }
    writer.add(message.text, author: message.authorID, conversation: place, row: rows.count)
    rows.append(row)
  }
}
