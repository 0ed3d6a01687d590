/// A page without its text: its elements with their attributes, read as a browser reads them, as far as our own pages need it.
struct Skeleton {
  struct Element: Hashable {
    var name: String
    var attributes: [String: String]
    /// Attribute names in the order of the source, doubled ones included.
    var names: [String]
  }

  var elements: [Element] = []
  /// What does not balance.
  var faults: [String] = []

  private static let empty: Set<String> = [
    "meta", "link", "input", "path", "circle", "rect", "line", "br",
  ]

  init(_ html: String) {
    let scalars = Array(html.unicodeScalars)
    var open: [String] = []
    var at = 0
    func text(_ range: Range<Int>) -> String {
      var result = ""
      result.unicodeScalars.append(contentsOf: scalars[range])
      return result
    }
    while at < scalars.count {
      guard scalars[at] == "<", at + 1 < scalars.count, scalars[at + 1] != "!" else {
        at += 1
        continue
      }
      let closes = scalars[at + 1] == "/"
      var place = at + (closes ? 2 : 1)
      let start = place
      while place < scalars.count, scalars[place].properties.isAlphabetic || ("0"..."9").contains(scalars[place]) {
        place += 1
      }
      let name = text(start..<place)
      guard !name.isEmpty else {
        at += 1
        continue
      }
      var element = Element(name: name, attributes: [:], names: [])
      while place < scalars.count, scalars[place] != ">" {
        if scalars[place] == " " || scalars[place] == "/" || scalars[place] == "\n" {
          place += 1
          continue
        }
        let from = place
        while place < scalars.count, ![" ", "=", ">", "/"].contains(scalars[place]) { place += 1 }
        let key = text(from..<place)
        var value = ""
        if place < scalars.count, scalars[place] == "=" {
          place += 1
          guard place < scalars.count, scalars[place] == "\"" else {
            faults.append("\(name) \(key): not quoted")
            break
          }
          let begin = place + 1
          place = begin
          while place < scalars.count, scalars[place] != "\"" { place += 1 }
          value = text(begin..<place)
          place += 1
        }
        element.names.append(key)
        element.attributes[key] = value
      }
      if closes {
        if open.last == name { open.removeLast() } else { faults.append("</\(name)> closes \(open.last ?? "nothing")") }
      } else {
        elements.append(element)
        if !Self.empty.contains(name) { open.append(name) }
      }
      at = place + 1
    }
    if !open.isEmpty { faults.append("never closed: \(open)") }
  }

  /// Names of elements with the names of their attributes, in order.
  var shape: [String] { elements.map { $0.name + " " + $0.names.joined(separator: " ") } }
}
