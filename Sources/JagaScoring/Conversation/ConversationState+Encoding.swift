import JagaCore
import JagaRules

extension ConversationState {
  /// The version of the byte encoding.
  static let encodingVersion: Int64 = 2

  /// Counts that a stored state may hold: from here on they still count up without overflow.
  static let countRange: ClosedRange<Int64> = 0...1 << 30

  /// Evidence is never negative, and its cap keeps it far below this; sums of it stay finite.
  static let evidenceRange: ClosedRange<Float> = 0...10_000

  /// The state as bytes, bound to the model that made it. All numbers little-endian.
  public func encode(modelID: String) -> [UInt8] {
    var writer = SectionWriter()
    writer.append(number: ConversationState.encodingVersion)
    writer.append(table: Array(modelID.utf8))
    for number in [
      Int64(messageCount), Int64(firstAlert), Int64(peak.bitPattern), Int64(peakBand.rawValue), Int64(peakTop),
      support ? 1 : 0, Int64(authorCount),
    ] { writer.append(number: number) }
    for index in 0..<authorCount {
      let author = authors[index]
      writer.append(number: Int64(bitPattern: author.id))
      writer.append(number: Int64(author.messages))
      writer.append(number: Int64(author.peak.bitPattern))
      writer.append(number: Int64(author.top))
      writer.append(number: Int64(author.band.rawValue))
      writer.append(table: (0..<Label.moveCount).map { author.stages[$0].bitPattern })
    }
    for asked in [last, lastOfOther] {
      writer.append(number: Int64(bitPattern: asked.author))
      writer.append(number: Int64(asked.message))
      writer.append(number: asked.question.isAsked ? 1 : 0)
      writer.append(number: asked.question.choicesAreLetters ? 1 : 0)
      writer.append(table: (0..<asked.question.conceptCount).map { asked.question.concepts[$0] })
      writer.append(table: (0..<Question.choiceLimit).map { asked.question.choices[$0] })
    }
    for index in 0..<marks.count {
      let mark = marks[index]
      writer.append(
        table: [mark.author, mark.model.low, mark.model.high, mark.overlay.low, mark.overlay.high])
    }
    return writer.bytes
  }

  /// Why stored bytes cannot be gone on with.
  public enum DecodingError: Error, Equatable, Sendable {
    /// They were made by another model: the conversation starts afresh.
    case otherModel(found: String)
    /// They were made by another version of the program: the conversation starts afresh.
    case otherVersion(found: Int64)
    /// They are damaged.
    case damaged
  }

  /// Reads bytes that ``encode(modelID:)`` wrote under the same model. Damaged bytes throw, they never crash.
  public init(decoding bytes: [UInt8], modelID: String) throws(DecodingError) {
    self.init()
    do {
      try read(Section(copying: bytes), byteCount: bytes.count, modelID: modelID)
    } catch let error as DecodingError {
      throw error
    } catch {
      throw .damaged
    }
  }

  private static func asked(_ reader: inout SectionReader) throws -> Asked {
    let author = UInt64(bitPattern: try reader.number())
    let message = try Int32(checked: reader.number(), in: 0...ConversationState.countRange.upperBound)
    let flags = (isAsked: try reader.number() != 0, areLetters: try reader.number() != 0)
    let keys = try reader.table(of: UInt32.self)
    let choices = try reader.table(of: UInt32.self)
    let question = Question(
      concepts: keys.buffer, choices: choices.buffer, isAsked: flags.isAsked, choicesAreLetters: flags.areLetters)
    guard question.conceptCount == keys.count, choices.count == Question.choiceLimit else {
      throw DecodingError.damaged
    }
    return Asked(author: author, question: question, message: message)
  }

  private mutating func read(_ section: Section, byteCount: Int, modelID: String) throws {
    guard byteCount >= 16 else { throw DecodingError.damaged }
    var reader = SectionReader(section)
    let version = try reader.number()
    guard version == ConversationState.encodingVersion else { throw DecodingError.otherVersion(found: version) }
    let name = String(decoding: try reader.table(of: UInt8.self).buffer, as: UTF8.self)
    guard name == modelID else { throw DecodingError.otherModel(found: name) }
    messageCount = try Int32(checked: reader.number(), in: ConversationState.countRange)
    firstAlert = try Int32(checked: reader.number(), in: -1...ConversationState.countRange.upperBound)
    peak = try Float(checked: reader.number())
    peakBand = try Band(checked: reader.number())
    peakTop = try UInt8(checked: reader.number(), in: 0...Int64(Label.moveCount - 1))
    support = try reader.number() != 0
    authorCount = try Int(checked: reader.number(), in: 0...Int64(ConversationState.authorLimit))
    for index in 0..<authorCount {
      authors[index].id = UInt64(bitPattern: try reader.number())
      authors[index].messages = try Int32(checked: reader.number(), in: ConversationState.countRange)
      authors[index].peak = try Float(checked: reader.number())
      authors[index].top = try UInt8(checked: reader.number(), in: 0...Int64(Label.moveCount - 1))
      authors[index].band = try Band(checked: reader.number())
      let stages = try reader.table(of: UInt32.self)
      guard stages.count == Label.moveCount else { throw DecodingError.damaged }
      for stage in 0..<stages.count { authors[index].stages[stage] = try Float(checked: Int64(stages[stage])) }
    }
    last = try ConversationState.asked(&reader)
    lastOfOther = try ConversationState.asked(&reader)
    for index in 0..<marks.count {
      let mark = try reader.table(of: UInt64.self)
      guard mark.count == 5 else { throw DecodingError.damaged }
      marks[index].author = mark[0]
      marks[index].model.low = mark[1]
      marks[index].model.high = mark[2]
      marks[index].overlay.low = mark[3]
      marks[index].overlay.high = mark[4]
    }
  }
}

extension FixedWidthInteger {
  fileprivate init(checked number: Int64, in range: ClosedRange<Int64>) throws {
    guard range.contains(number) else { throw ConversationState.DecodingError.damaged }
    self = Self(number)
  }
}

extension Float {
  fileprivate init(checked number: Int64) throws {
    guard let bits = UInt32(exactly: number) else { throw ConversationState.DecodingError.damaged }
    self = Float(bitPattern: bits)
    guard ConversationState.evidenceRange.contains(self) else { throw ConversationState.DecodingError.damaged }
  }
}

extension Band {
  fileprivate init(checked number: Int64) throws {
    guard let raw = UInt8(exactly: number), let band = Band(rawValue: raw) else {
      throw ConversationState.DecodingError.damaged
    }
    self = band
  }
}
