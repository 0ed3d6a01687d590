import CJaga

/// A record batch as another library would hand it over, in memory that its release functions free. Counts the releases.
final class ArrowInput {
  /// A column: its format, its buffers, and values of its dictionary.
  struct Column {
    var format: String
    var name: String
    var length: Int
    var offset = 0
    var buffers: [[UInt8]?]
    var dictionary: [String]?
  }

  private(set) var releases = 0
  private var memory: [UnsafeMutableRawPointer] = []
  var schema = ArrowSchema()
  var array = ArrowArray()

  /// A record batch of columns; `offset` rows come before its first.
  init(_ columns: [Column], length: Int, offset: Int = 0, validity: [UInt8]? = nil) {
    let schemas = pointers(ArrowSchema.self, columns.count)
    let arrays = pointers(ArrowArray.self, columns.count)
    for (place, column) in columns.enumerated() {
      fill(&schemas.values[place].pointee, &arrays.values[place].pointee, column)
    }
    schema = ArrowSchema()
    schema.format = UnsafePointer(text("+s"))
    schema.name = UnsafePointer(text(""))
    schema.n_children = Int64(columns.count)
    schema.children = schemas.list
    array = ArrowArray()
    array.length = Int64(length)
    array.offset = Int64(offset)
    array.n_buffers = 1
    array.buffers = buffers([validity])
    array.n_children = Int64(columns.count)
    array.children = arrays.list
    arm()
  }

  /// A column by itself.
  init(_ column: Column) {
    fill(&schema, &array, column)
    arm()
  }

  deinit { for pointer in memory { pointer.deallocate() } }

  private func arm() {
    schema.private_data = Unmanaged.passUnretained(self).toOpaque()
    schema.release = { schema in
      guard let schema, let owner = schema.pointee.private_data else { return }
      Unmanaged<ArrowInput>.fromOpaque(owner).takeUnretainedValue().releases += 1
      schema.pointee.release = nil
    }
    array.private_data = Unmanaged.passUnretained(self).toOpaque()
    array.release = { array in
      guard let array, let owner = array.pointee.private_data else { return }
      Unmanaged<ArrowInput>.fromOpaque(owner).takeUnretainedValue().releases += 1
      array.pointee.release = nil
    }
  }

  private func fill(_ schema: inout ArrowSchema, _ array: inout ArrowArray, _ column: Column) {
    schema = ArrowSchema()
    schema.format = UnsafePointer(text(column.format))
    schema.name = UnsafePointer(text(column.name))
    array = ArrowArray()
    array.length = Int64(column.length)
    array.offset = Int64(column.offset)
    array.n_buffers = Int64(column.buffers.count)
    array.buffers = buffers(column.buffers)
    if let values = column.dictionary {
      let schemas = pointers(ArrowSchema.self, 1)
      let arrays = pointers(ArrowArray.self, 1)
      fill(&schemas.values[0].pointee, &arrays.values[0].pointee, .texts("", values))
      schema.dictionary = schemas.values[0]
      array.dictionary = arrays.values[0]
    }
  }

  /// Room for so many zeroed values, and the list of pointers to them.
  private func pointers<Value>(
    _ type: Value.Type, _ count: Int
  ) -> (list: UnsafeMutablePointer<UnsafeMutablePointer<Value>?>, values: [UnsafeMutablePointer<Value>]) {
    let list = UnsafeMutablePointer<UnsafeMutablePointer<Value>?>.allocate(capacity: max(count, 1))
    memory.append(list)
    var values: [UnsafeMutablePointer<Value>] = []
    for place in 0..<count {
      let value = UnsafeMutableRawPointer.allocate(byteCount: MemoryLayout<Value>.stride, alignment: 16)
      value.initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<Value>.stride)
      memory.append(value)
      values.append(value.bindMemory(to: Value.self, capacity: 1))
      (list + place).initialize(to: values[place])
    }
    return (list, values)
  }

  private func buffers(_ all: [[UInt8]?]) -> UnsafeMutablePointer<UnsafeRawPointer?> {
    let list = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(all.count, 1))
    memory.append(list)
    for (place, bytes) in all.enumerated() {
      (list + place).initialize(to: bytes.map { UnsafeRawPointer(copy($0)) })
    }
    return list
  }

  private func copy(_ bytes: [UInt8]) -> UnsafeMutableRawPointer {
    let place = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
    place.copyMemory(from: bytes, byteCount: bytes.count)
    memory.append(place)
    return place
  }

  private func text(_ string: String) -> UnsafeMutablePointer<CChar> {
    copy(Array(string.utf8) + [0]).bindMemory(to: CChar.self, capacity: string.utf8.count + 1)
  }
}

/// The bytes of numbers.
func raw<Number: FixedWidthInteger>(_ numbers: [Number]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

/// A bitmap.
func bitmap(_ values: [Bool]) -> [UInt8] {
  var bits = [UInt8](repeating: 0, count: values.count / 8 + 1)
  for (place, value) in values.enumerated() where value { bits[place / 8] |= 1 << UInt8(place % 8) }
  return bits
}

extension ArrowInput.Column {
  /// A utf8 or large_utf8 column.
  static func texts(_ name: String, _ values: [String?], isLarge: Bool = false) -> Self {
    var offsets = [0]
    var data: [UInt8] = []
    for value in values {
      data += Array((value ?? "").utf8)
      offsets.append(data.count)
    }
    let validity = values.contains { $0 == nil } ? bitmap(values.map { $0 != nil }) : nil
    return Self(
      format: isLarge ? "U" : "u", name: name, length: values.count,
      buffers: [validity, isLarge ? raw(offsets.map { Int64($0) }) : raw(offsets.map { Int32($0) }), data])
  }

  /// A utf8_view column with one buffer of data.
  static func views(_ name: String, _ values: [String?]) -> Self {
    var views: [UInt8] = []
    var data: [UInt8] = []
    for value in values {
      let bytes = Array((value ?? "").utf8)
      views += raw([Int32(bytes.count)])
      if bytes.count <= 12 {
        views += bytes + [UInt8](repeating: 0, count: 12 - bytes.count)
      } else {
        views += Array(bytes.prefix(4)) + raw([Int32(0), Int32(data.count)])
        data += bytes
      }
    }
    return Self(
      format: "vu", name: name, length: values.count,
      buffers: [bitmap(values.map { $0 != nil }), views, data, raw([Int64(data.count)])])
  }

  /// A dictionary of texts with indices of 16 bits.
  static func dictionary(_ name: String, _ values: [String?]) -> Self {
    let all = Array(Set(values.compactMap { $0 })).sorted()
    let indices = values.map { value in Int16(value.flatMap { all.firstIndex(of: $0) } ?? 0) }
    return Self(
      format: "s", name: name, length: values.count, buffers: [bitmap(values.map { $0 != nil }), raw(indices)],
      dictionary: all)
  }
}
