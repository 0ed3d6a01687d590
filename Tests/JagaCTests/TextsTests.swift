import CJaga
import JagaCore
import JagaScoring
import Testing

@testable import JagaC

@Suite struct TextsTests {
  @Test func aTextHasTheBitsOfTheScorer() throws {
    let model = try LibraryModel()
    let scorer = Scorer(model: try Model.open(path: LibraryModel.path))
    let lines = try corpusLines(15)
    #expect(lines.count > 300)
    for line in lines {
      let expected = scorer.score(line)
      let found = model.score(line)
      #expect(found.score == expected.score)
      #expect(found.disclosure == expected.disclosure)
      #expect(labels(of: found) == expected.labels)
      #expect(found.band == expected.band.rawValue)
      #expect(found.top == expected.top.rawValue)
      #expect(found.language == expected.language.rawValue)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 7])
  func manyTextsHaveTheSameBitsOnAnyNumberOfThreads(threads: Int32) throws {
    let model = try LibraryModel()
    let lines = try corpusLines(100)
    #expect(lines.count > 4096)
    var data: [UInt8] = []
    var offsets: [Int64] = [0]
    for line in lines {
      data += Array(line.utf8)
      offsets.append(Int64(data.count))
    }
    let narrow = offsets.map { Int32($0) }
    var scores = [Double](repeating: -1, count: lines.count)
    var all = [Double](repeating: -1, count: lines.count * Label.moveCount)
    var tops = [UInt8](repeating: 255, count: lines.count)
    var plain = [Double](repeating: -1, count: lines.count)
    scores.withUnsafeMutableBufferPointer { scores in
      all.withUnsafeMutableBufferPointer { all in
        tops.withUnsafeMutableBufferPointer { tops in
          var columns = jaga_columns()
          columns.size = MemoryLayout<jaga_columns>.size
          columns.score = scores.baseAddress
          columns.labels = all.baseAddress
          columns.top = tops.baseAddress
          #expect(
            jaga_score_texts(model.pointer, data, offsets, Int64(lines.count), threads, &columns) == Int32(JAGA_OK))
        }
      }
    }
    plain.withUnsafeMutableBufferPointer { plain in
      var columns = jaga_columns()
      columns.size = MemoryLayout<jaga_columns>.size
      columns.score = plain.baseAddress
      #expect(
        jaga_score_texts32(model.pointer, data, narrow, Int64(lines.count), threads, &columns) == Int32(JAGA_OK))
    }
    #expect(plain == scores)
    for (row, line) in lines.enumerated() where row % 37 == 0 {
      let expected = model.score(line)
      #expect(scores[row] == expected.score)
      #expect(Array(all[row * Label.moveCount..<(row + 1) * Label.moveCount]) == labels(of: expected))
      #expect(tops[row] == expected.top)
    }
  }

  @Test(
    arguments: [
      (1 << 20, 1, 2048), (16384, 2, 2048), (16384, 8, 512), (16384, 64, 64), (16384, 256, 64), (100, 8, 64),
      (0, 1, 64), (Int.max, Int.max, 64),
    ])
  func eachThreadHasParts(count: Int, threads: Int, rows: Int) {
    #expect(rowsAtATime(count, threads: threads) == rows)
  }

  @Test func bytesThatAreNotUTF8AreReadAsReplacements() throws {
    let model = try LibraryModel()
    let bytes: [UInt8] = Array("umur berapa ".utf8) + [0xFF, 0x20, 0xC3] + Array(" dek?".utf8)
    var found = jaga_score()
    let status = bytes.withUnsafeBytes { raw in
      jaga_score_text(model.pointer, raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, &found)
    }
    #expect(status == Int32(JAGA_OK))
    #expect(found.score == model.score("umur berapa \u{FFFD} \u{FFFD} dek?").score)
  }

  @Test func wrongArgumentsAreToldAndChangeNothing() throws {
    let model = try LibraryModel()
    var score = jaga_score()
    #expect(jaga_score_text(nil, "a", 1, &score) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'model' is NULL; pass a pointer to what jaga.h says")
    #expect(jaga_score_text(model.pointer, "a", 1, nil) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'out' is NULL; pass a pointer to what jaga.h says")
    #expect(jaga_score_text(model.pointer, nil, 1, &score) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'text' is NULL; pass a pointer to what jaga.h says")
    #expect(jaga_score_text(model.pointer, nil, 0, &score) == Int32(JAGA_OK))
    #expect(jaga_score_text(model.pointer, "a", Int(bitPattern: UInt.max), &score) == Int32(JAGA_ERROR_INPUT))
    #expect(lastError() == "row 0: the text is longer than 1 GiB; split it")
  }

  @Test(
    arguments: [
      ([0, 3, 2], 1, "row 1: the offsets are negative or run backwards; pass count + 1 rising offsets"),
      ([-1, 3, 3], 1, "row 0: the offsets are negative or run backwards; pass count + 1 rising offsets"),
      ([0, 1, 1 << 40], 1, "row 1: the text is longer than 1 GiB; split it"),
    ] as [([Int64], Int32, String)])
  func wrongOffsetsAreTold(offsets: [Int64], threads: Int32, sentence: String) throws {
    let model = try LibraryModel()
    var scores = [7.0, 7.0]
    let status = scores.withUnsafeMutableBufferPointer { scores in
      var columns = jaga_columns()
      columns.size = MemoryLayout<jaga_columns>.size
      columns.score = scores.baseAddress
      return jaga_score_texts(model.pointer, Array("abc".utf8), offsets, 2, threads, &columns)
    }
    #expect(status == Int32(JAGA_ERROR_INPUT))
    #expect(lastError() == sentence)
    #expect(scores == [7, 7])
  }

  @Test func wrongCountsAreTold() throws {
    let model = try LibraryModel()
    var columns = jaga_columns()
    #expect(jaga_score_texts(model.pointer, nil, nil, 0, 1, &columns) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'out.size' is out of its range; pass sizeof(jaga_columns)")
    columns.size = MemoryLayout<jaga_columns>.size
    #expect(jaga_score_texts(model.pointer, nil, nil, 0, 1, &columns) == Int32(JAGA_OK))
    #expect(jaga_score_texts(model.pointer, nil, nil, -1, 1, &columns) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'count' is out of its range; pass the number of texts")
    #expect(jaga_score_texts(model.pointer, nil, nil, 3, 1, &columns) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'offsets' is NULL; pass a pointer to what jaga.h says")
    #expect(jaga_score_texts(model.pointer, nil, [0, 0, 0], 2, -2, &columns) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'threads' is out of its range; pass 0 for one for each processor, or their number")
    #expect(jaga_score_texts(model.pointer, nil, [0, 0, 0], 2, Int32.max, &columns) == Int32(JAGA_OK))
    #expect(jaga_score_texts(model.pointer, nil, [0, 0, 1], 2, 1, &columns) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'data' is NULL; pass a pointer to what jaga.h says")
  }
}
