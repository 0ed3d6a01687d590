internal import CJaga

/// A column of texts of a caller's Arrow array, read where it lies.
///
/// Every offset is checked when it is made, since reading follows them blindly. The sizes of buffers are not part of the interface, those that views
/// point into aside; they are taken as the format says.
struct ArrowColumn: TextSource {
  private enum Layout {
    case nothing
    case offsets32(UnsafePointer<Int32>, UnsafePointer<UInt8>?)
    case offsets64(UnsafePointer<Int64>, UnsafePointer<UInt8>?)
    /// The views, the buffers that they point into, and how long each of those is.
    case views(UnsafeRawPointer, UnsafePointer<UnsafeRawPointer?>, UnsafeRawPointer?)
    indirect case dictionary(UnsafeRawPointer, width: Int, isSigned: Bool, ArrowColumn)
  }

  private let layout: Layout
  private let validity: UnsafePointer<UInt8>?
  /// The validity of the record batch around it, and where that begins.
  private var rows: (validity: UnsafePointer<UInt8>, offset: Int)?
  private let offset: Int
  let count: Int

  /// A column of `count` rows, `skipped` of which come before the first. `name` stands for it in errors.
  init(
    _ schema: ArrowSchema, _ array: ArrowArray, skipped: Int, count: Int, name: String, isValue: Bool = false
  ) throws(Failure) {
    let (begin, overflow) = Int(array.offset).addingReportingOverflow(skipped)
    guard array.offset >= 0, array.length >= 0, !overflow, Int(array.length) - skipped >= count,
      begin <= Int.max / 16 - count
    else { throw .array("has a column '\(name)' that is shorter than it says; pass a whole array") }
    offset = begin
    self.count = count
    let format = schema.format.map { String(cString: $0) } ?? ""
    guard count > 0 else {
      layout = .nothing
      validity = nil
      try ArrowColumn.check(format, isDictionary: schema.dictionary != nil, name: name)
      return
    }
    try ArrowColumn.check(format, isDictionary: schema.dictionary != nil, name: name)
    func buffer(_ index: Int) -> UnsafeRawPointer? {
      index < Int(array.n_buffers) ? array.buffers?[index] : nil
    }
    validity = format == "n" ? nil : buffer(0)?.assumingMemoryBound(to: UInt8.self)
    func needed(_ index: Int) throws(Failure) -> UnsafeRawPointer {
      guard let found = buffer(index) else {
        throw .array("lacks a buffer of the column '\(name)'; pass a whole array")
      }
      return found
    }
    if let values = schema.dictionary {
      guard !isValue, let valueArray = array.dictionary else {
        throw .array("has a column '\(name)' with a dictionary that is not one of texts; decode it first")
      }
      let texts = try ArrowColumn(
        values.pointee, valueArray.pointee, skipped: 0, count: Int(max(valueArray.pointee.length, 0)), name: name,
        isValue: true)
      let width = ["c": 1, "s": 2, "i": 4, "l": 8][format.lowercased()] ?? 1
      layout = .dictionary(try needed(1), width: width, isSigned: format == format.lowercased(), texts)
    } else if format == "u" {
      layout = .offsets32(
        try needed(1).assumingMemoryBound(to: Int32.self), buffer(2)?.assumingMemoryBound(to: UInt8.self))
    } else if format == "U" {
      layout = .offsets64(
        try needed(1).assumingMemoryBound(to: Int64.self), buffer(2)?.assumingMemoryBound(to: UInt8.self))
    } else if format == "vu" {
      let views = try needed(1)
      guard array.n_buffers >= 3, let buffers = array.buffers else {
        throw .array("lacks a buffer of the column '\(name)'; pass a whole array")
      }
      layout = .views(views, UnsafePointer(buffers) + 2, buffer(Int(array.n_buffers) - 1))
    } else {
      layout = .nothing
    }
    try check(variadic: Int(array.n_buffers) - 3, name: name)
  }

  private static func check(_ format: String, isDictionary: Bool, name: String) throws(Failure) {
    let known = isDictionary ? ["c", "C", "s", "S", "i", "I", "l", "L"] : ["u", "U", "vu", "n"]
    guard known.contains(format) else {
      throw .schema("has a column '\(name)' of format '\(format.prefix(16))'; cast it to utf8, large_utf8 or utf8_view")
    }
  }

  /// Looks at every row's offsets.
  private func check(variadic: Int, name: String) throws(Failure) {
    for row in 0..<count where isValid(row) {
      let place = offset + row
      var begin = 0
      var length = 0
      var hasBytes = true
      switch layout {
      case .nothing: continue
      case .offsets32(let offsets, let data):
        (begin, length) = (Int(offsets[place]), Int(offsets[place + 1]) - Int(offsets[place]))
        hasBytes = data != nil
      case .offsets64(let offsets, let data):
        begin = Int(offsets[place])
        let (difference, overflow) = Int(offsets[place + 1]).subtractingReportingOverflow(begin)
        length = overflow ? -1 : difference
        hasBytes = data != nil
      case .views(let views, let buffers, let lengths):
        length = Int(views.loadUnaligned(fromByteOffset: place * 16, as: Int32.self))
        if length > 12 {
          let buffer = Int(views.loadUnaligned(fromByteOffset: place * 16 + 8, as: Int32.self))
          begin = Int(views.loadUnaligned(fromByteOffset: place * 16 + 12, as: Int32.self))
          guard buffer >= 0, buffer < variadic, let lengths else { throw .offsets(row: row) }
          let end = Int(lengths.loadUnaligned(fromByteOffset: buffer * 8, as: Int64.self))
          guard begin <= end, length <= end - begin else { throw .offsets(row: row) }
          hasBytes = buffers[buffer] != nil
        }
      case .dictionary(_, _, _, let texts):
        guard let index = index(place), index >= 0, index < texts.count else { throw .offsets(row: row) }
        continue
      }
      guard begin >= 0, length >= 0, hasBytes || length == 0 else { throw .offsets(row: row) }
      guard length <= longestText else { throw .tooLong(what: name, row: row) }
    }
  }

  /// Rows that are null in the record batch around it are null here.
  mutating func add(validity: UnsafePointer<UInt8>, offset: Int) { rows = (validity, offset) }

  private func isValid(_ row: Int) -> Bool {
    let place = offset + row
    if let validity, validity[place >> 3] & 1 << UInt8(place & 7) == 0 { return false }
    guard let rows else { return true }
    let outer = rows.offset + row
    return rows.validity[outer >> 3] & 1 << UInt8(outer & 7) != 0
  }

  private func index(_ place: Int) -> Int? {
    guard case .dictionary(let indices, let width, let isSigned, _) = layout else { return nil }
    return switch (width, isSigned) {
    case (1, true): Int(indices.loadUnaligned(fromByteOffset: place, as: Int8.self))
    case (1, false): Int(indices.loadUnaligned(fromByteOffset: place, as: UInt8.self))
    case (2, true): Int(indices.loadUnaligned(fromByteOffset: place * 2, as: Int16.self))
    case (2, false): Int(indices.loadUnaligned(fromByteOffset: place * 2, as: UInt16.self))
    case (4, true): Int(indices.loadUnaligned(fromByteOffset: place * 4, as: Int32.self))
    case (4, false): Int(indices.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self))
    case (_, true): Int(indices.loadUnaligned(fromByteOffset: place * 8, as: Int64.self))
    default: Int(exactly: indices.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
    }
  }

  func text(_ row: Int) -> UnsafeBufferPointer<UInt8>? {
    guard isValid(row) else { return nil }
    let place = offset + row
    switch layout {
    case .nothing: return nil
    case .offsets32(let offsets, let data):
      let begin = Int(offsets[place])
      return UnsafeBufferPointer(
        start: data.map { $0 + begin }, count: data == nil ? 0 : Int(offsets[place + 1]) - begin)
    case .offsets64(let offsets, let data):
      let begin = Int(offsets[place])
      return UnsafeBufferPointer(
        start: data.map { $0 + begin }, count: data == nil ? 0 : Int(offsets[place + 1]) - begin)
    case .views(let views, let buffers, _):
      let view = views + place * 16
      let length = Int(view.loadUnaligned(as: Int32.self))
      if length <= 12 {
        return UnsafeBufferPointer(start: (view + 4).assumingMemoryBound(to: UInt8.self), count: length)
      }
      let data = buffers[Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))]
      let begin = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
      return UnsafeBufferPointer(start: data.map { ($0 + begin).assumingMemoryBound(to: UInt8.self) }, count: length)
    case .dictionary(_, _, _, let texts): return index(place).flatMap { texts.text($0) }
    }
  }
}
