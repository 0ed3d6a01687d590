internal import HTTPTypes
internal import JagaTranscripts

/// A value of a request's body that knows where it stands, so that a refusal can point at it (RFC 6901).
struct SurfaceValue {
  let value: JSONValue
  let pointer: String

  /// The value of a key, or of its other spelling; nil where it is missing or null.
  subscript(_ names: String...) -> SurfaceValue? {
    for name in names {
      if let found = value[name] { return SurfaceValue(value: found, pointer: pointer + "/" + name) }
    }
    return nil
  }

  /// The text of a string. Throws a ``Problem`` for anything else.
  func string() throws(Problem) -> String {
    guard case .string(let text) = value else { throw expected("a string") }
    return text
  }

  /// Yes or no.
  func boolean() throws(Problem) -> Bool {
    guard case .boolean(let flag) = value else { throw expected("true or false") }
    return flag
  }

  /// A number.
  func number() throws(Problem) -> Double {
    guard case .number(let number) = value else { throw expected("a number") }
    return number
  }

  /// The elements of an array.
  func elements() throws(Problem) -> [SurfaceValue] {
    guard case .array(let elements) = value else { throw expected("an array") }
    return elements.enumerated().map { SurfaceValue(value: $1, pointer: "\(pointer)/\($0)") }
  }

  /// The strings of an array.
  func strings() throws(Problem) -> [String] {
    var strings: [String] = []
    for element in try elements() { strings.append(try element.string()) }
    return strings
  }

  /// The names and values of an object, by name.
  func members() throws(Problem) -> [(name: String, value: SurfaceValue)] {
    guard case .object(let members) = value else { throw expected("an object") }
    return members.sorted { $0.key < $1.key }.map { name, value in
      (name, SurfaceValue(value: value, pointer: pointer + "/" + SurfaceValue.escaped(name)))
    }
  }

  /// The refusal of a value that is of another kind.
  func expected(_ kind: String) -> Problem {
    Problem(.badRequest, "wrong-type", "'\(SurfaceValue.spoken(pointer))' has to be \(kind)", pointer: pointer)
  }

  /// The refusal of an object without a key that it must have.
  func missing(_ name: String) -> Problem {
    Problem(.badRequest, "missing", "'\(SurfaceValue.spoken(pointer + "/" + name))' is missing", pointer: pointer)
  }

  /// A pointer as people write it: `/input/0/text` is `input[0].text`.
  static func spoken(_ pointer: String) -> String {
    pointer.split(separator: "/").reduce(into: "") { spoken, part in
      if !spoken.isEmpty, part.utf8.allSatisfy({ (48...57).contains($0) }) {
        spoken += "[\(part)]"
      } else {
        spoken += spoken.isEmpty ? String(part) : "." + part
      }
    }
  }

  /// A name as a part of a pointer. What a sender calls something may be anything, so long names are cut.
  private static func escaped(_ name: String) -> String {
    name.prefix(64).reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
  }
}
