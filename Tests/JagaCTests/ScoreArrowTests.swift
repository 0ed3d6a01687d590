import CJaga
import JagaCore
import JagaScoring
import Testing

@testable import JagaC

@Suite struct ScoreArrowTests {
  private static let texts: [String?] = [
    "umur berapa dek? sendirian di rumah?", nil, "ok", "", "kirim foto dulu baru kakak topup 50rb", "halo semua 😂",
    "umur berapa dek? sendirian di rumah?", nil, "besok jadi futsal ga, bawa bola ya",
  ]

  /// A batch that came back, released at the end.
  private final class Output {
    var schema = ArrowSchema()
    var array = ArrowArray()

    deinit {
      if let release = array.release { release(&array) }
      if let release = schema.release { release(&schema) }
    }

    func column(_ name: String) throws -> UnsafeMutablePointer<ArrowArray> {
      for place in 0..<Int(schema.n_children) {
        let field = try #require(schema.children[place])
        if String(cString: field.pointee.name) == name { return try #require(array.children[place]) }
      }
      Issue.record("no column \(name)")
      throw Missing()
    }
    struct Missing: Error {}

    func doubles(_ name: String) throws -> UnsafePointer<Double> {
      try #require(column(name).pointee.buffers[1]).assumingMemoryBound(to: Double.self)
    }
    func codes(_ name: String) throws -> UnsafePointer<UInt8> {
      try #require(column(name).pointee.buffers[1]).assumingMemoryBound(to: UInt8.self)
    }
  }

  private func run(
    _ model: LibraryModel, _ input: ArrowInput, tracker: OpaquePointer? = nil, flags: Int = 0, output: Output
  ) -> Int32 {
    var options = jaga_arrow_options()
    options.size = MemoryLayout<jaga_arrow_options>.size
    options.flags = Int32(flags)
    let status = jaga_score_arrow(
      model.pointer, tracker, &input.schema, &input.array, &options, &output.schema, &output.array)
    #expect(input.releases == 2)
    #expect(input.schema.release == nil && input.array.release == nil)
    return status
  }

  private func check(_ output: Output, _ model: LibraryModel, _ texts: [String?]) throws {
    #expect(output.array.length == Int64(texts.count))
    let (scores, disclosures) = (try output.doubles("score"), try output.doubles("disclosure"))
    let (bands, tops, languages) = (try output.codes("band"), try output.codes("label"), try output.codes("lang"))
    let validity = try output.column("score").pointee.buffers[0]?.assumingMemoryBound(to: UInt8.self)
    #expect(try output.column("score").pointee.null_count == Int64(texts.filter { $0 == nil }.count))
    for (row, text) in texts.enumerated() {
      let isValid = validity.map { $0[row / 8] & 1 << UInt8(row % 8) != 0 } ?? true
      #expect(isValid == (text != nil))
      guard let text else { continue }
      let expected = model.score(text)
      #expect(scores[row] == expected.score)
      #expect(disclosures[row] == expected.disclosure)
      #expect(bands[row] == expected.band)
      #expect(tops[row] == expected.top)
      #expect(languages[row] == expected.language)
    }
  }

  @Test func everyLayoutOfTextHasTheSameBits() throws {
    let model = try LibraryModel()
    let texts = ScoreArrowTests.texts
    for column in [
      ArrowInput.Column.texts("text", texts), .texts("text", texts, isLarge: true), .views("text", texts),
      .dictionary("text", texts),
    ] {
      for input in [ArrowInput([.texts("id", texts), column], length: texts.count), ArrowInput(column)] {
        let output = Output()
        #expect(run(model, input, output: output) == Int32(JAGA_OK))
        try check(output, model, texts)
      }
    }
  }

  @Test func slicesAreReadFromTheirOffset() throws {
    let model = try LibraryModel()
    let texts = ScoreArrowTests.texts
    for column in [
      ArrowInput.Column.texts("text", texts), .texts("text", texts, isLarge: true), .views("text", texts),
      .dictionary("text", texts),
    ] {
      // The batch begins at its second row, and the column at its third.
      var sliced = column
      sliced.offset = 2
      sliced.length -= 2
      let output = Output()
      #expect(
        run(model, ArrowInput([sliced], length: texts.count - 3, offset: 1), output: output) == Int32(JAGA_OK))
      try check(output, model, Array(texts.dropFirst(3)))
    }
  }

  @Test func aRowThatIsNullAroundItsTextIsNull() throws {
    let model = try LibraryModel()
    let output = Output()
    let input = ArrowInput(
      [.texts("text", ["halo", "umur berapa dek?", "ok"])], length: 2, offset: 1, validity: bitmap([true, false, true]))
    #expect(run(model, input, output: output) == Int32(JAGA_OK))
    try check(output, model, [nil, "ok"])
  }

  @Test func conversationsAreThoseOfATracker() throws {
    let model = try LibraryModel()
    let texts: [String?] = [
      "umur berapa dek?", nil, "sendirian di rumah? jangan bilang mama ya", "halo", "kirim foto dulu",
    ]
    let ids: [String?] = ["c1", "c1", "c1", nil, "c1"]
    let authors: [String?] = ["a", "a", "a", "a", nil]
    var trackers: [OpaquePointer?] = [nil, nil]
    for place in 0..<2 { #expect(jaga_tracker_new(model.pointer, 0, &trackers[place]) == Int32(JAGA_OK)) }
    defer { for tracker in trackers { jaga_tracker_free(tracker) } }
    let output = Output()
    let input = ArrowInput(
      [.texts("text", texts), .dictionary("conversation_id", ids), .texts("author_id", authors)], length: texts.count)
    let flags = Int(JAGA_ARROW_LABELS) | Int(JAGA_ARROW_EVIDENCE)
    #expect(run(model, input, tracker: trackers[0], flags: flags, output: output) == Int32(JAGA_OK))
    let (scores, conversations) = (try output.doubles("score"), try output.doubles("conversation_score"))
    let items = try #require(try output.column("labels").pointee.children[0]).pointee.buffers[1]?
      .assumingMemoryBound(to: Double.self)
    let lists = try #require(try output.column("evidence").pointee.buffers[1]).assumingMemoryBound(to: Int32.self)
    for (row, text) in texts.enumerated() {
      guard let text else {
        #expect(lists[row] == lists[row + 1])
        continue
      }
      let (id, author) = (ids[row] ?? "", authors[row] ?? "")
      var score = jaga_score()
      var conversation = jaga_conversation_score()
      #expect(
        jaga_tracker_score(
          trackers[1], id, id.utf8.count, author, author.utf8.count, text, text.utf8.count, &score, &conversation)
          == Int32(JAGA_OK))
      #expect(scores[row] == score.score)
      #expect(conversations[row] == conversation.score)
      #expect((0..<20).map { items?[row * 20 + $0] } == labels(of: score))
      #expect(score.score < 0.5 || lists[row + 1] > lists[row])
    }
  }

  @Test func whatCannotBeReadIsToldAndReleased() throws {
    let model = try LibraryModel()
    let two: [String?] = ["halo", "ok"]
    func column(_ change: (inout ArrowInput.Column) -> Void) -> ArrowInput.Column {
      var column = ArrowInput.Column.texts("text", two)
      change(&column)
      return column
    }
    let rows: [(ArrowInput, Int32, String)] = [
      (
        ArrowInput([.texts("body", two)], length: 2), Int32(JAGA_ERROR_INPUT),
        "the Arrow schema has no column 'text'; name the column of texts in the options"
      ),
      (
        ArrowInput([column { $0.format = "l" }], length: 2), Int32(JAGA_ERROR_INPUT),
        "the Arrow schema has a column 'text' of format 'l'; cast it to utf8, large_utf8 or utf8_view"
      ),
      (
        ArrowInput([column { $0.buffers[1] = raw([Int32(0), 4, 2]) }], length: 2), Int32(JAGA_ERROR_INPUT),
        "row 1: the offsets are negative or run backwards; pass count + 1 rising offsets"
      ),
      (
        ArrowInput([column { $0.buffers[1] = nil }], length: 2), Int32(JAGA_ERROR_INPUT),
        "the Arrow array lacks a buffer of the column 'text'; pass a whole array"
      ),
      (
        ArrowInput([column { $0.buffers = [] }], length: 2), Int32(JAGA_ERROR_INPUT),
        "the Arrow array lacks a buffer of the column 'text'; pass a whole array"
      ),
      (
        ArrowInput([column { $0.length = 1 }], length: 2), Int32(JAGA_ERROR_INPUT),
        "the Arrow array has a column 'text' that is shorter than it says; pass a whole array"
      ),
      (
        ArrowInput([column { $0.offset = -1 }], length: 2), Int32(JAGA_ERROR_INPUT),
        "the Arrow array has a column 'text' that is shorter than it says; pass a whole array"
      ),
      (
        ArrowInput([column { _ in }], length: -2), Int32(JAGA_ERROR_INPUT),
        "the Arrow array has a negative length; pass a whole array"
      ),
      (
        ArrowInput(ArrowInput.Column(format: "n", name: "text", length: 1 << 60, buffers: [])), Int32(JAGA_ERROR_INPUT),
        "the Arrow array has more than 2147483647 rows; pass smaller batches"
      ),
      (
        ArrowInput([column { _ in }], length: 2, offset: .max), Int32(JAGA_ERROR_INPUT),
        "the Arrow array has a column 'text' that is shorter than it says; pass a whole array"
      ),
    ]
    let childless = ArrowInput([], length: 2)
    childless.schema.n_children = 1 << 60
    childless.schema.children = nil
    childless.array.n_children = 1 << 60
    #expect(run(model, childless, output: Output()) == Int32(JAGA_ERROR_INPUT))
    #expect(
      lastError() == "the Arrow schema and the array have different numbers of children; pass both of one batch")
    for (input, status, sentence) in rows {
      let output = Output()
      #expect(run(model, input, output: output) == status)
      #expect(lastError() == sentence)
      #expect(output.schema.release == nil && output.array.release == nil)
    }
  }

  @Test func emptyAndReleasedBatchesAreFine() throws {
    let model = try LibraryModel()
    let output = Output()
    #expect(run(model, ArrowInput([.texts("text", [])], length: 0), output: output) == Int32(JAGA_OK))
    #expect(output.array.length == 0)
    let again = Output()
    let released = ArrowInput([.texts("text", ["a"])], length: 1)
    released.schema.release?(&released.schema)
    released.array.release?(&released.array)
    #expect(run(model, released, output: again) == Int32(JAGA_ERROR_INPUT))
    #expect(lastError() == "the Arrow schema was released before; export it again")
    #expect(jaga_score_arrow(nil, nil, nil, nil, nil, nil, nil) == Int32(JAGA_ERROR_ARGUMENT))
  }

  @Test func childrenThatMoveAwayOutliveTheirBatch() throws {
    let model = try LibraryModel()
    let output = Output()
    #expect(run(model, ArrowInput([.texts("text", ["umur berapa dek?"])], length: 1), output: output) == Int32(JAGA_OK))
    let place = try output.column("score")
    var moved = place.pointee
    place.pointee.release = nil
    if let release = output.array.release { release(&output.array) }
    #expect(moved.buffers[1]?.assumingMemoryBound(to: Double.self)[0] == model.score("umur berapa dek?").score)
    moved.release(&moved)
    #expect(moved.release == nil)
  }
}
