/// Texts of a flow without the expressions that only RapidPro can fill in.
enum FlowText {
  /// What may follow an at sign in RapidPro; anything else is text.
  private static let roots: Set<String> = [
    "contact", "fields", "urns", "results", "input", "run", "child", "parent", "node", "globals", "webhook", "trigger",
    "resume", "legacy_extra", "ticket", "locals", "step", "flow", "extra", "date", "channel",
  ]

  /// The text without expressions, and how many there were. `@@` is an at sign.
  static func plain(_ text: String) -> (text: String, expressions: Int) {
    let letters = Array(text)
    var kept = ""
    var count = 0
    var index = 0
    while index < letters.count {
      guard letters[index] == "@", index + 1 < letters.count else {
        kept.append(letters[index])
        index += 1
        continue
      }
      if letters[index + 1] == "@" {
        kept.append("@")
        index += 2
      } else if letters[index + 1] == "(" {
        index = end(ofCall: letters, from: index + 1)
        count += 1
      } else if let end = end(ofPath: letters, from: index + 1) {
        index = end
        count += 1
      } else {
        kept.append("@")
        index += 1
      }
    }
    return (count == 0 ? kept : tidied(kept), count)
  }

  /// The place behind the bracket that closes; strings may hold brackets.
  private static func end(ofCall letters: [Character], from start: Int) -> Int {
    var depth = 0
    var isString = false
    for index in start..<letters.count {
      switch letters[index] {
      case "\"" where letters[index - 1] != "\\": isString.toggle()
      case "(" where !isString: depth += 1
      case ")" where !isString:
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
    }
    return letters.count
  }

  private static func end(ofPath letters: [Character], from start: Int) -> Int? {
    var end = start
    while end < letters.count, letters[end].isASCII,
      letters[end].isLetter || letters[end].isNumber || "_.".contains(letters[end])
    {
      end += 1
    }
    while end > start, letters[end - 1] == "." { end -= 1 }
    let root = String(letters[start..<end].prefix { $0 != "." }).lowercased()
    return roots.contains(root) ? end : nil
  }

  /// What an expression leaves: two spaces, a space before a comma.
  private static func tidied(_ text: String) -> String {
    var tidy = ""
    for letter in text {
      if letter == " ", tidy.last == " " || tidy.isEmpty { continue }
      if ",.!?;:".contains(letter), tidy.last == " " { tidy.removeLast() }
      tidy.append(letter)
    }
    while tidy.last == " " { tidy.removeLast() }
    return tidy
  }
}
