/// HTML on its way out. Names of elements and attributes are constants of the program and everything else is escaped, so that no id,
/// label or text of the data can become markup.
///
///     var page = Markup()
///     page.element("p", ["class": "note"], "a < b")
///     page.text  // <p class="note">a &lt; b</p>
///
/// Cost: one pass over each text.
struct Markup {
  /// Names and values of attributes, in this order.
  typealias Attributes = KeyValuePairs<StaticString, String>

  private(set) var text = ""

  /// Opens an element.
  mutating func open(_ name: StaticString, _ attributes: Attributes = [:]) {
    text += "<\(name)"
    for (key, value) in attributes {
      text += " \(key)=\""
      escape(value)
      text += "\""
    }
    text += ">"
  }

  /// Closes an element.
  mutating func close(_ name: StaticString) { text += "</\(name)>" }

  /// An element without content, such as a line of SVG.
  mutating func empty(_ name: StaticString, _ attributes: Attributes = [:]) {
    open(name, attributes)
    text.removeLast()
    text += "/>"
  }

  /// An element without attributes around a text.
  mutating func element(_ name: StaticString, _ content: String) { element(name, [:], content) }

  /// An element without attributes around other markup.
  mutating func element(_ name: StaticString, _ body: (inout Markup) -> Void) { element(name, [:], body) }

  /// An element around a text.
  mutating func element(_ name: StaticString, _ attributes: Attributes, _ content: String) {
    open(name, attributes)
    escape(content)
    close(name)
  }

  /// An element around other markup.
  mutating func element(_ name: StaticString, _ attributes: Attributes, _ body: (inout Markup) -> Void) {
    open(name, attributes)
    body(&self)
    close(name)
  }

  /// A text.
  mutating func write(_ content: String) { escape(content) }

  /// Markup that the program itself consists of.
  mutating func constant(_ markup: StaticString) { text += markup.description }

  /// Markup that was made in this way.
  mutating func append(_ other: Markup) { text += other.text }

  /// A line break in the source, for people who read it.
  mutating func breakLine() { text += "\n" }

  private mutating func escape(_ content: String) {
    // Most of a page is numbers and plain names.
    let isPlain = content.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 && $0 != 0x27
    }
    if isPlain {
      text += content
      return
    }
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case "\n", "\t": text.unicodeScalars.append(scalar)
      default: text.unicodeScalars.append(Markup.isHostile(scalar) ? "\u{FFFD}" : scalar)
      }
    }
  }

  /// What HTML forbids, and what would turn the text around it.
  private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}

/// Numbers of drawings.
extension Shown {
  /// At most two decimals, no zeros at the end: places in a drawing. Not finite is 0.
  static func place(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let units = Int((abs(value) * 100).rounded())
    var text = "\(units / 100)"
    let rest = units % 100
    if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
    return value < 0 && units > 0 ? "-" + text : text
  }

  /// Three decimals, as in a legend; a dash when undefined.
  static func short(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1000 else { return number(value) }
    let units = Int((abs(value) * 1000).rounded())
    let rest = String(units % 1000)
    return (value < 0 && units > 0 ? "-" : "") + "\(units / 1000)."
      + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
