internal import JagaCore

/// One finished token, as it lies in the memory behind ``AnalyzedText``. ``ColumnPlace`` knows where its parts lie.
@usableFromInline
struct TokenRecord {
  var surfaceHash: UInt64
  var canonicalHash: UInt64
  var rootHash: UInt64
  var value: Int64
  var surface: SourceRange
  var canonical: SourceRange
  var root: SourceRange
  var source: SourceRange
  var flags: TokenFlags
  var clause: UInt16
  var kind: TokenKind
}

/// Where the parts of a ``TokenRecord`` lie, in bytes from its begin.
@usableFromInline
enum ColumnPlace {
  @inlinable static var surfaceHashes: Int { 0 }
  @inlinable static var canonicalHashes: Int { 8 }
  @inlinable static var rootHashes: Int { 16 }
  @inlinable static var values: Int { 24 }
  @inlinable static var surfaceRanges: Int { 32 }
  @inlinable static var canonicalRanges: Int { 40 }
  @inlinable static var rootRanges: Int { 48 }
  @inlinable static var begins: Int { 56 }
  @inlinable static var ends: Int { 60 }
  @inlinable static var flags: Int { 64 }
  @inlinable static var clauses: Int { 66 }
  @inlinable static var kinds: Int { 68 }
  /// From one token to the next.
  @inlinable static var stride: Int { 72 }
}
