internal import CJaga
internal import Glibc

/// A field that this library hands out, with its data: a tree that becomes an ArrowSchema and an ArrowArray.
final class ArrowNode {
  let format: String
  let name: String
  var length: Int
  /// Of malloc; the first is the validity bitmap, nil where nothing is null.
  private(set) var buffers: [UnsafeMutableRawPointer?] = []
  var nullCount = 0
  var children: [ArrowNode] = []
  var dictionary: ArrowNode?

  init(_ format: String, name: String, length: Int) {
    self.format = format
    self.name = name
    self.length = length
  }

  deinit { for buffer in buffers { free(buffer) } }

  /// Adds a buffer of so many elements, all zero.
  @discardableResult
  func add<Element: BitwiseCopyable>(_ type: Element.Type, count: Int) throws(Failure) -> UnsafeMutablePointer<Element>
  {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard count >= 0, !overflow, let memory = calloc(max(bytes, 64), 1) else { throw .memory(bytes: bytes) }
    buffers.append(memory)
    return memory.bindMemory(to: Element.self, capacity: max(count, 1))
  }

  /// Adds a copy of elements.
  func add<Element: BitwiseCopyable>(copying elements: [Element]) throws(Failure) {
    try add(Element.self, count: elements.count).update(from: elements, count: elements.count)
  }

  /// Adds the place of a bitmap that is not needed.
  func addNoValidity() { buffers.append(nil) }

  /// Adds a bitmap; nil where nothing is null.
  func add(validity: [Bool]?) throws(Failure) {
    guard let validity else { return addNoValidity() }
    let bits = try add(UInt8.self, count: (validity.count + 7) / 8)
    for (row, isValid) in validity.enumerated() {
      if isValid { bits[row >> 3] |= 1 << UInt8(row & 7) } else { nullCount += 1 }
    }
  }

  fileprivate func takeBuffers() -> [UnsafeMutableRawPointer?] {
    defer { buffers = [] }
    return buffers
  }

  /// Hands the tree over: what was at the two places is overwritten, the memory belongs to their release functions.
  func export(_ schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>) {
    let schemaOwner = SchemaOwner(self)
    let arrayOwner = ArrayOwner(self)
    for (place, child) in children.enumerated() {
      if let schema = schemaOwner.children[place], let array = arrayOwner.children[place] {
        child.export(schema, array)
      }
    }
    if let dictionary, let schema = schemaOwner.dictionary, let array = arrayOwner.dictionary {
      dictionary.export(schema, array)
    }
    schema.pointee = ArrowSchema()
    schema.pointee.format = UnsafePointer(schemaOwner.format.pointer)
    schema.pointee.name = UnsafePointer(schemaOwner.name.pointer)
    schema.pointee.flags = Int64(ARROW_FLAG_NULLABLE)
    schema.pointee.n_children = Int64(children.count)
    schema.pointee.children = children.isEmpty ? nil : schemaOwner.children
    schema.pointee.dictionary = schemaOwner.dictionary
    schema.pointee.private_data = Unmanaged.passRetained(schemaOwner).toOpaque()
    schema.pointee.release = { schema in
      guard let schema, let owner = schema.pointee.private_data else { return }
      schema.pointee.release = nil
      schema.pointee.private_data = nil
      Unmanaged<SchemaOwner>.fromOpaque(owner).release()
    }
    array.pointee = ArrowArray()
    array.pointee.length = Int64(length)
    array.pointee.null_count = Int64(nullCount)
    array.pointee.n_buffers = Int64(arrayOwner.count)
    array.pointee.n_children = Int64(children.count)
    array.pointee.buffers = arrayOwner.buffers
    array.pointee.children = children.isEmpty ? nil : arrayOwner.children
    array.pointee.dictionary = arrayOwner.dictionary
    array.pointee.private_data = Unmanaged.passRetained(arrayOwner).toOpaque()
    array.pointee.release = { array in
      guard let array, let owner = array.pointee.private_data else { return }
      array.pointee.release = nil
      array.pointee.private_data = nil
      Unmanaged<ArrayOwner>.fromOpaque(owner).release()
    }
  }
}

/// Memory behind an exported schema.
private final class SchemaOwner {
  let format: CText
  let name: CText
  let count: Int
  let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>
  var dictionary: UnsafeMutablePointer<ArrowSchema>?

  init(_ node: ArrowNode) {
    format = CText(node.format)
    name = CText(node.name)
    count = node.children.count
    children = .allocate(capacity: max(count, 1))
    children.initialize(repeating: nil, count: max(count, 1))
    for place in 0..<count { children[place] = SchemaOwner.place() }
    if node.dictionary != nil { dictionary = SchemaOwner.place() }
  }

  private static func place() -> UnsafeMutablePointer<ArrowSchema> {
    let place = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
    place.initialize(to: ArrowSchema())
    return place
  }

  deinit {
    for place in 0..<count { drop(children[place]) }
    drop(dictionary)
    children.deallocate()
  }

  private func drop(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
    releaseSchema(schema)
    schema?.deallocate()
  }
}

/// Memory behind an exported array.
private final class ArrayOwner {
  let count: Int
  let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
  private let memory: [UnsafeMutableRawPointer?]
  private let childCount: Int
  let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>
  var dictionary: UnsafeMutablePointer<ArrowArray>?

  init(_ node: ArrowNode) {
    memory = node.takeBuffers()
    count = memory.count
    buffers = .allocate(capacity: max(count, 1))
    buffers.initialize(repeating: nil, count: max(count, 1))
    for place in 0..<count { buffers[place] = UnsafeRawPointer(memory[place]) }
    childCount = node.children.count
    children = .allocate(capacity: max(childCount, 1))
    children.initialize(repeating: nil, count: max(childCount, 1))
    for place in 0..<childCount { children[place] = ArrayOwner.place() }
    if node.dictionary != nil { dictionary = ArrayOwner.place() }
  }

  private static func place() -> UnsafeMutablePointer<ArrowArray> {
    let place = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
    place.initialize(to: ArrowArray())
    return place
  }

  deinit {
    for buffer in memory { free(buffer) }
    for place in 0..<childCount { drop(children[place]) }
    drop(dictionary)
    buffers.deallocate()
    children.deallocate()
  }

  private func drop(_ array: UnsafeMutablePointer<ArrowArray>?) {
    releaseArray(array)
    array?.deallocate()
  }
}

/// Releases a schema, whoever made it; one that was released or moved away is left alone.
func releaseSchema(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
  if let schema, let release = schema.pointee.release { release(schema) }
}

/// Releases an array, whoever made it; one that was released or moved away is left alone.
func releaseArray(_ array: UnsafeMutablePointer<ArrowArray>?) {
  if let array, let release = array.pointee.release { release(array) }
}
