internal import JagaCore

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
        surfaceHash: tokenHash(bytes(surface)), canonicalHash: name.hash, rootHash: name.hash,
        value: min(max(value, 0), Workspace.maximumValue), surface: surface, canonical: canonical, root: canonical,
        source: sourceRange(first, last), flags: [], clause: clause, kind: kind))
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

  /// Hands the finished tokens over to `text`, and takes its memory for the next message.
  mutating func write(into text: inout AnalyzedText) {
    text.exchange(&tokens, &forms)
    text.language = evidence.guess()
    text.hasQuestionMark = hasQuestionMark
    text.originalCount = sourceCount
  }
}
