internal import JagaCore

/// Lists of labels as JSON text, for `json_each`: `["topup.condition"]`, and with probabilities `{"topup.condition":0.91}`.
///
/// Written and read by hand: names of labels hold nothing to escape, and a million rows shall not wait for a general reader.
enum LabelLists {
  /// Appends gold labels, in the order of their raw values.
  static func write(_ labels: UInt32, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for label in Label.allCases where labels & (1 << UInt32(label.rawValue)) != 0 {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      write(label, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Appends labels with their probabilities, to the last bit, in the system's order.
  static func write(_ labels: [KeptScore.LabelScore], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, pair) in labels.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(pair.label, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes.append(contentsOf: pair.probability.description.utf8)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func write(_ label: Label, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    label.staticName.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The bit set of a list; nil when it is no such list.
  static func labels(_ text: String) -> UInt32? {
    guard let parts = parts(text, open: "[", close: "]") else { return nil }
    var labels: UInt32 = 0
    for part in parts {
      guard let label = label(part) else { return nil }
      labels |= 1 << UInt32(label.rawValue)
    }
    return labels
  }

  /// Labels with their probabilities; nil when it is no such list.
  static func scores(_ text: String) -> [KeptScore.LabelScore]? {
    guard let parts = parts(text, open: "{", close: "}") else { return nil }
    var scores: [KeptScore.LabelScore] = []
    for part in parts {
      let sides = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let label = label(sides[0]), let value = Double(sides[1]), (0...1).contains(value) else {
        return nil
      }
      scores.append(KeptScore.LabelScore(label: label, probability: value))
    }
    return scores
  }

  private static func parts(_ text: String, open: Character, close: Character) -> [Substring]? {
    guard text.count >= 2, text.first == open, text.last == close else { return nil }
    return text.dropFirst().dropLast().split(separator: ",")
  }

  private static func label(_ part: Substring) -> Label? {
    guard part.count > 2, part.first == "\"", part.last == "\"" else { return nil }
    return byName[String(part.dropFirst().dropLast())]
  }

  private static let byName = Dictionary(uniqueKeysWithValues: Label.allCases.map { ($0.name, $0) })
}
