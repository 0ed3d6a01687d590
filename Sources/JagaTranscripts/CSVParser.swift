/// Finds the fields of one record of RFC 4180; a separator other than the comma is the only liberty, and a quote inside an
/// unquoted field stands for itself.
struct CSVParser {
  struct Field {
    var range: Range<Int>
    /// True when doubled quotes have to become single ones.
    var hasDoubledQuotes: Bool
  }

  enum Outcome {
    /// The record does not end in these bytes.
    case incomplete(insideQuotes: Bool)
    /// The record ends; the next one begins at `next`.
    case record(next: Int)
    case strayQuote
  }

  let separator: UInt8
  private(set) var fields: [Field] = []

  init(separator: UInt8) { self.separator = separator }

  /// Parses the record that begins at the first byte. `atEnd`: nothing follows the bytes.
  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>, atEnd: Bool) -> Outcome {
    fields.removeAll(keepingCapacity: true)
    var at = 0
    while true {
      var end: Int
      if at < bytes.count, bytes[at] == 0x22 {
        var scan = at + 1
        var doubled = false
        while true {
          while scan < bytes.count, bytes[scan] != 0x22 { scan += 1 }
          if scan >= bytes.count { return .incomplete(insideQuotes: true) }
          if scan + 1 >= bytes.count, !atEnd { return .incomplete(insideQuotes: true) }
          if scan + 1 < bytes.count, bytes[scan + 1] == 0x22 {
            doubled = true
            scan += 2
            continue
          }
          break
        }
        fields.append(Field(range: at + 1..<scan, hasDoubledQuotes: doubled))
        end = scan + 1
      } else {
        end = at
        while end < bytes.count, bytes[end] != separator, bytes[end] != 0x0A { end += 1 }
        if end >= bytes.count, !atEnd { return .incomplete(insideQuotes: false) }
        var last = end
        if last > at, bytes[last - 1] == 0x0D, end >= bytes.count || bytes[end] == 0x0A { last -= 1 }
        fields.append(Field(range: at..<last, hasDoubledQuotes: false))
      }
      if end < bytes.count, bytes[end] == 0x0D {
        if end + 1 >= bytes.count {
          if !atEnd { return .incomplete(insideQuotes: false) }
          end += 1
        } else if bytes[end + 1] == 0x0A {
          end += 1
        }
      }
      if end >= bytes.count { return .record(next: end) }
      if bytes[end] == 0x0A { return .record(next: end + 1) }
      if bytes[end] != separator { return .strayQuote }
      at = end + 1
    }
  }

  /// The value of a field.
  func value(_ field: Field, in bytes: UnsafeBufferPointer<UInt8>, scratch: inout [UInt8]) {
    scratch.removeAll(keepingCapacity: true)
    let part = bytes.part(field.range)
    guard field.hasDoubledQuotes else {
      scratch.append(contentsOf: part)
      return
    }
    var index = 0
    while index < part.count {
      scratch.append(part[index])
      index += part[index] == 0x22 ? 2 : 1
    }
  }

  /// All fields as text, for headers.
  func strings(in bytes: UnsafeBufferPointer<UInt8>) -> [String] {
    var scratch: [UInt8] = []
    return fields.map { field in
      value(field, in: bytes, scratch: &scratch)
      return String(decoding: scratch, as: UTF8.self)
    }
  }
}
