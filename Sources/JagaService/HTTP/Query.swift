internal import Hummingbird

extension Request {
  /// A yes-or-no parameter of the query: `true`, `1` or nothing after the name is yes. Throws a ``Problem`` for anything else.
  func flag(_ name: String) throws(Problem) -> Bool {
    guard let value = uri.queryParameters[Substring(name)] else { return false }
    switch value {
    case "", "true", "1": return true
    case "false", "0": return false
    default:
      throw Problem(.badRequest, "query", "'\(name)' in the query is true or false", pointer: nil)
    }
  }

  /// A whole number of the query within a range; `standard` where it is not given.
  func number(_ name: String, in range: ClosedRange<Int>, standard: Int) throws(Problem) -> Int {
    guard let value = uri.queryParameters[Substring(name)] else { return standard }
    guard let number = Int(value), range.contains(number) else {
      throw Problem(
        .badRequest, "query", "'\(name)' in the query is a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }
}
