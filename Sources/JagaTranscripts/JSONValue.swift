internal import CSIMDJSON
internal import JagaCore

/// A JSON document as a tree, for the bodies of requests whose shape is not ours.
///
///     let body = try JSONValue.parse(bytes)
///     body["comment"]?["text"]?.string
///
/// What ``JSONDocument`` repairs is repaired here too: wrong UTF-8 and halves of surrogate pairs become U+FFFD. Of a key that stands
/// twice the last value counts. For small documents: every value is an allocation.
public enum JSONValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Why there is no tree.
  public enum Fault: Error, Sendable, Equatable {
    /// It is not JSON.
    case invalid
    /// Nested deeper than the limit.
    case tooDeep(limit: Int)
    /// More values than the limit.
    case tooMany(limit: Int)
    /// No memory for the parser.
    case outOfMemory
  }

  /// Parses a document. Throws ``Fault``. Cost: one pass, one allocation for each string, array and object.
  public static func parse(_ bytes: [UInt8], depthLimit: Int = 32, valueLimit: Int = 100_000) throws(Fault) -> JSONValue
  {
    guard let document = try? JSONDocument() else { throw .outOfMemory }
    var padded = bytes
    padded.append(contentsOf: repeatElement(0, count: Chunk.padding))
    // The tree is built while the tape is there, so the parse's memory must not move before.
    let built: Result<JSONValue, Fault> = padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return .failure(.invalid) }
      let (root, status) = document.parse(base, count: bytes.count)
      guard let root else {
        return .failure(
          status == JAGA_JSON_TOO_DEEP
            ? .tooDeep(limit: depthLimit) : status == JAGA_JSON_MEMORY ? .outOfMemory : .invalid)
      }
      var builder = Builder(depthLimit: depthLimit, valueLimit: valueLimit)
      do throws(Fault) { return .success(try builder.value(of: root, depth: 1)) } catch { return .failure(error) }
    }
    return try built.get()
  }

  /// The value of a key; nil where it is missing or null, and for anything but an object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
    return value
  }

  /// The text of a string.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}

/// Builds a tree within limits.
private struct Builder {
  let depthLimit: Int
  let valueLimit: Int
  var count = 0

  init(depthLimit: Int, valueLimit: Int) {
    self.depthLimit = depthLimit
    self.valueLimit = valueLimit
  }

  mutating func value(of node: JSONNode, depth: Int) throws(JSONValue.Fault) -> JSONValue {
    count += 1
    guard count <= valueLimit else { throw .tooMany(limit: valueLimit) }
    switch node.kind {
    case .null: return .null
    case .boolean: return .boolean(node.isTrue)
    case .number: return .number(node.number ?? 0)
    case .string:
      return .string(String(decoding: node.string ?? UnsafeBufferPointer(start: nil, count: 0), as: UTF8.self))
    case .array:
      guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit) }
      var elements: [JSONValue] = []
      for element in node.elements { elements.append(try value(of: element, depth: depth + 1)) }
      return .array(elements)
    case .object:
      guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit) }
      var nodes: [(String, JSONNode)] = []
      node.forEachMember { name, value in nodes.append((String(decoding: name, as: UTF8.self), value)) }
      var members: [String: JSONValue] = [:]
      for (name, node) in nodes { members[name] = try value(of: node, depth: depth + 1) }
      return .object(members)
    }
  }
}
