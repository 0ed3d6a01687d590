import JagaCore
import JagaRules

/// The bytes of a packed state: numbers little-endian, nothing for what is zero.
///
/// A checkpoint keeps up to tens of thousands of states; this takes about a tenth of ``ConversationState/encode(modelID:)``,
/// and is bound to a model by whoever keeps it.
extension ConversationState {
  /// Appends the state to `bytes`.
  public func pack(into bytes: inout [UInt8]) {
    var packer = StatePacker()
    packer.put(UInt32(bitPattern: messageCount))
    packer.put(UInt32(bitPattern: firstAlert))
    packer.put(peak.bitPattern)
    packer.put(peakBand.rawValue)
    packer.put(peakTop)
    packer.put(UInt8(support ? 1 : 0))
    packer.put(UInt8(authorCount))
    for slot in 0..<authorCount { packer.put(authors[slot]) }
    for asked in [last, lastOfOther] { packer.put(asked) }
    var places: UInt16 = 0
    for place in 0..<marks.count where !StatePacker.isEmpty(marks[place]) { places |= 1 << UInt16(place) }
    packer.put(places)
    for place in 0..<marks.count where places & 1 << UInt16(place) != 0 { packer.put(marks[place]) }
    bytes.append(contentsOf: packer.bytes)
  }

  /// Reads bytes that ``pack(into:)`` wrote. Damaged bytes give nil, they never crash.
  public init?(unpacking bytes: UnsafeRawBufferPointer) {
    self.init()
    var reader = StateUnpacker(bytes)
    do throws(StateUnpacker.Damaged) {
      messageCount = try reader.count()
      firstAlert = Int32(bitPattern: try reader.take(UInt32.self))
      guard firstAlert >= -1 else { return nil }
      peak = try reader.evidence()
      peakBand = try reader.band()
      peakTop = try reader.top()
      support = try reader.take(UInt8.self) != 0
      authorCount = Int(try reader.take(UInt8.self))
      guard authorCount <= ConversationState.authorLimit else { return nil }
      for slot in 0..<authorCount { authors[slot] = try reader.author() }
      last = try reader.asked()
      lastOfOther = try reader.asked()
      let places = try reader.take(UInt16.self)
      guard places >> UInt16(marks.count) == 0 else { return nil }
      for place in 0..<marks.count where places & 1 << UInt16(place) != 0 { marks[place] = try reader.mark() }
      guard reader.isAtEnd else { return nil }
    } catch {
      return nil
    }
  }
}

/// Puts the parts of a state into bytes.
private struct StatePacker {
  var bytes: [UInt8] = []

  mutating func put(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ author: ConversationState.Author) {
    put(author.id)
    put(UInt32(bitPattern: author.messages))
    put(author.peak.bitPattern)
    put(author.top)
    put(author.band.rawValue)
    var stages: UInt32 = 0
    for stage in 0..<Label.moveCount where author.stages[stage].bitPattern != 0 { stages |= 1 << UInt32(stage) }
    put(stages)
    for stage in 0..<Label.moveCount where stages & 1 << UInt32(stage) != 0 { put(author.stages[stage].bitPattern) }
  }

  mutating func put(_ asked: ConversationState.Asked) {
    let question = asked.question
    put(asked.author)
    put(UInt32(bitPattern: asked.message))
    put(UInt8((question.isAsked ? 1 : 0) | (question.choicesAreLetters ? 2 : 0)))
    put(UInt8(question.conceptCount))
    for index in 0..<question.conceptCount { put(question.concepts[index]) }
    var choices: UInt8 = 0
    for choice in 0..<Question.choiceLimit where question.choices[choice] != 0 { choices |= 1 << UInt8(choice) }
    put(choices)
    for choice in 0..<Question.choiceLimit where choices & 1 << UInt8(choice) != 0 { put(question.choices[choice]) }
  }

  private static func words(_ mark: ConversationState.Mark) -> [UInt64] {
    [mark.author, mark.model.low, mark.model.high, mark.overlay.low, mark.overlay.high]
  }

  static func isEmpty(_ mark: ConversationState.Mark) -> Bool {
    mark.author == 0 && mark.model == HistoryMarks() && mark.overlay == HistoryMarks()
  }

  mutating func put(_ mark: ConversationState.Mark) {
    let words = StatePacker.words(mark)
    var kept: UInt8 = 0
    for (index, word) in words.enumerated() where word != 0 { kept |= 1 << UInt8(index) }
    put(kept)
    for word in words where word != 0 { put(word) }
  }
}

/// Takes the parts of a state from bytes that may be anything.
private struct StateUnpacker {
  struct Damaged: Error {}

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func take<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) throws(Damaged) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { throw Damaged() }
    defer { position += size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
  }

  mutating func count() throws(Damaged) -> Int32 {
    let number = Int32(bitPattern: try take(UInt32.self))
    guard number >= 0 else { throw Damaged() }
    return number
  }

  mutating func evidence() throws(Damaged) -> Float {
    let value = Float(bitPattern: try take(UInt32.self))
    guard ConversationState.evidenceRange.contains(value) else { throw Damaged() }
    return value
  }

  mutating func band() throws(Damaged) -> Band {
    guard let band = Band(rawValue: try take(UInt8.self)) else { throw Damaged() }
    return band
  }

  mutating func top() throws(Damaged) -> UInt8 {
    let top = try take(UInt8.self)
    guard Int(top) < Label.moveCount else { throw Damaged() }
    return top
  }

  mutating func author() throws(Damaged) -> ConversationState.Author {
    var author = ConversationState.Author()
    author.id = try take(UInt64.self)
    author.messages = try count()
    author.peak = try evidence()
    author.top = try top()
    author.band = try band()
    let stages = try take(UInt32.self)
    guard stages >> UInt32(Label.moveCount) == 0 else { throw Damaged() }
    for stage in 0..<Label.moveCount where stages & 1 << UInt32(stage) != 0 { author.stages[stage] = try evidence() }
    return author
  }

  mutating func asked() throws(Damaged) -> ConversationState.Asked {
    var asked = ConversationState.Asked()
    asked.author = try take(UInt64.self)
    asked.message = try count()
    let flags = try take(UInt8.self)
    let conceptCount = Int(try take(UInt8.self))
    guard conceptCount <= Question.conceptLimit else { throw Damaged() }
    var concepts: [UInt32] = []
    for _ in 0..<conceptCount { concepts.append(try take(UInt32.self)) }
    let kept = try take(UInt8.self)
    var choices = [UInt32](repeating: 0, count: Question.choiceLimit)
    for choice in 0..<Question.choiceLimit where kept & 1 << UInt8(choice) != 0 {
      choices[choice] = try take(UInt32.self)
    }
    asked.question = Question(
      concepts: concepts, choices: choices, isAsked: flags & 1 != 0, choicesAreLetters: flags & 2 != 0)
    guard asked.question.conceptCount == conceptCount else { throw Damaged() }
    return asked
  }

  mutating func mark() throws(Damaged) -> ConversationState.Mark {
    let kept = try take(UInt8.self)
    var words = [UInt64](repeating: 0, count: 5)
    guard kept >> 5 == 0 else { throw Damaged() }
    for index in words.indices where kept & 1 << UInt8(index) != 0 { words[index] = try take(UInt64.self) }
    var mark = ConversationState.Mark()
    mark.author = words[0]
    mark.model.low = words[1]
    mark.model.high = words[2]
    mark.overlay.low = words[3]
    mark.overlay.high = words[4]
    return mark
  }
}
