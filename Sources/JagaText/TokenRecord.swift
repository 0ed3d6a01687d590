internal import JagaCore

/// One finished token, before it is spread over the parallel arrays of ``AnalyzedText``.
struct TokenRecord {
  var kind: TokenKind
  var flags: TokenFlags
  var clause: UInt16
  var source: SourceRange
  var surface: SourceRange
  var canonical: SourceRange
  var root: SourceRange
  var surfaceHash: UInt64
  var canonicalHash: UInt64
  var rootHash: UInt64
  var value: Int64
}

/// Where each class name stands in the forms of the message at hand.
struct ClassBegins {
  var link: Int32 = -1
  var mention: Int32 = -1
  var phone: Int32 = -1
  var account: Int32 = -1
  var number: Int32 = -1
  var amount: Int32 = -1
}

/// The canonical form of tokens whose own form must not become a feature.
struct ClassName: Sendable {
  let bytes: StaticString
  let hash: UInt64

  init(_ bytes: StaticString) {
    self.bytes = bytes
    hash = tokenHash(UnsafeBufferPointer(start: bytes.utf8Start, count: bytes.utf8CodeUnitCount))
  }

  static let link = ClassName("<link>")
  static let mention = ClassName("<mention>")
  static let phone = ClassName("<phone>")
  static let account = ClassName("<account>")
  static let number = ClassName("<number>")
  static let amount = ClassName("<amount>")
}

extension Workspace {
  /// Values are kept to what a Double holds exactly.
  static let maximumValue: Int64 = 1 << 53

  /// Emits atoms `first...last` as one token of a class.
  mutating func emitClass(_ kind: TokenKind, _ first: Int, _ last: Int, value: Int64 = 0) {
    let name: ClassName
    let canonical: SourceRange
    switch kind {
    case .link: (name, canonical) = className(.link, \.link)
    case .mention: (name, canonical) = className(.mention, \.mention)
    case .phone: (name, canonical) = className(.phone, \.phone)
    case .account: (name, canonical) = className(.account, \.account)
    case .amount: (name, canonical) = className(.amount, \.amount)
    default: (name, canonical) = className(.number, \.number)
    }
    let surface = atomRange(first, last)
    advanceClause(first)
    tokens.append(
      TokenRecord(
        kind: kind, flags: [], clause: clause, source: sourceRange(first, last), surface: surface, canonical: canonical,
        root: canonical, surfaceHash: tokenHash(bytes(surface)), canonicalHash: name.hash, rootHash: name.hash,
        value: min(max(value, 0), Workspace.maximumValue)))
  }

  private mutating func className(
    _ name: ClassName, _ place: WritableKeyPath<ClassBegins, Int32>
  ) -> (ClassName, SourceRange) {
    let count = Int32(name.bytes.utf8CodeUnitCount)
    var begin = classBegins[keyPath: place]
    if begin < 0 {
      begin = appendForm(UnsafeBufferPointer(start: name.bytes.utf8Start, count: Int(count))).begin
      classBegins[keyPath: place] = begin
    }
    return (name, SourceRange(begin: begin, end: begin + count))
  }

  func sourceRange(_ first: Int, _ last: Int) -> SourceRange {
    SourceRange(begin: atoms[first].sourceBegin, end: atoms[last].sourceEnd)
  }

  /// Called with a token's first atom before the token is emitted.
  @inline(__always)
  mutating func advanceClause(_ first: Int, isTerminator: Bool = false) {
    if atoms.base[first].gap == .newline, tokens.count > 0 { clauseEnded = true }
    if clauseEnded, !isTerminator {
      clauseEnded = false
      if clause < UInt16.max { clause += 1 }
    }
  }

  /// Spreads the tokens over the arrays of `text`, whose memory is reused.
  mutating func write(into text: inout AnalyzedText) {
    let count = tokens.count
    let records = UnsafePointer(tokens.base)
    fill(&text.kinds, count, .word) { records[$0].kind }
    fill(&text.flags, count, []) { records[$0].flags }
    fill(&text.begins, count, 0) { records[$0].source.begin }
    fill(&text.ends, count, 0) { records[$0].source.end }
    fill(&text.surfaceHashes, count, 0) { records[$0].surfaceHash }
    fill(&text.canonicalHashes, count, 0) { records[$0].canonicalHash }
    fill(&text.rootHashes, count, 0) { records[$0].rootHash }
    fill(&text.surfaceRanges, count, SourceRange(begin: 0, end: 0)) { records[$0].surface }
    fill(&text.canonicalRanges, count, SourceRange(begin: 0, end: 0)) { records[$0].canonical }
    fill(&text.rootRanges, count, SourceRange(begin: 0, end: 0)) { records[$0].root }
    fill(&text.values, count, 0) { records[$0].value }
    fill(&text.clauses, count, 0) { records[$0].clause }
    text.forms.removeAll(keepingCapacity: true)
    text.forms.append(contentsOf: UnsafeBufferPointer(start: forms.base, count: forms.count))
    text.language = evidence.guess()
    text.hasQuestionMark = hasQuestionMark
    text.originalCount = sourceCount
  }

  @inline(__always)
  private func fill<Element>(
    _ array: inout [Element], _ count: Int, _ filler: Element, _ value: (Int) -> Element
  ) {
    if array.count < count {
      array.append(contentsOf: repeatElement(filler, count: count - array.count))
    } else if array.count > count {
      array.removeLast(array.count - count)
    }
    array.withUnsafeMutableBufferPointer { buffer in
      for index in 0..<count { buffer[index] = value(index) }
    }
  }
}
