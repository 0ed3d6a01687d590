internal import JagaCore

/// A message's text as HTML: words with marks, hidden characters made visible, or the mere shape of it.
struct TextMarkup {
  /// Before the numbers of marks in ids, so that they are unique on the page.
  var prefix: String
  /// What a reference to a reason is called, before its number.
  var reasonWord: String

  /// The text with its marks. Each ends with the number of its reason, which leads there.
  func html(_ text: String, marks: [EvidenceMark]) -> String {
    let bytes = Array(text.utf8)
    var result = ""
    for run in MarkedText(text, marks: marks).runs {
      let part = String(decoding: bytes[run.range], as: UTF8.self)
      open(run, marks: marks, to: &result)
      appendVisible(part, to: &result)
      for end in run.ends where marks[end].isMain {
        let number = marks[end].number
        result +=
          "<a class=\"ref\" href=\"#\(prefix)-\(number)\" aria-label=\"\(Escape.html(reasonWord)) \(number)\">\(number)</a>"
      }
      if !run.marks.isEmpty { result += "</mark>" }
    }
    return result
  }

  /// The shape of the text: as many letters, none of them right, so that nobody can read it and everybody sees where the marks are.
  func shape(_ text: String, marks: [EvidenceMark]) -> String {
    let bytes = Array(text.utf8)
    let letters = Array("noeuasnemuoc".unicodeScalars)
    var result = ""
    var count = 0
    for run in MarkedText(text, marks: marks).runs {
      open(run, marks: marks, to: &result)
      for scalar in String(decoding: bytes[run.range], as: UTF8.self).unicodeScalars {
        if scalar.properties.isWhitespace {
          result += scalar == "\n" ? "\n" : " "
        } else if !scalar.properties.isGraphemeExtend && !Escape.isHidden(scalar) {
          result.unicodeScalars.append(letters[(count &* 7) % letters.count])
          count += 1
        }
      }
      if !run.marks.isEmpty { result += "</mark>" }
    }
    return result
  }

  /// The innermost main mark gives the colour, the number of main marks the depth.
  private func open(_ run: MarkedRun, marks: [EvidenceMark], to result: inout String) {
    let main = run.marks.filter { marks[$0].isMain }
    let shown = main.isEmpty ? run.marks : main
    guard let inner = shown.min(by: { marks[$0].range.length < marks[$1].range.length }) else { return }
    let numbers = run.marks.map { String(marks[$0].number) }.joined(separator: " ")
    let depth = main.isEmpty ? "minor" : "d\(min(main.count, 3))"
    result += "<mark class=\"k-\(marks[inner].label.family) \(depth)\" data-marks=\"\(numbers)\">"
  }

  /// Escapes; a scalar that cannot be seen is named, because hidden characters are a way around filters. Joiners inside emoji stay.
  private func appendVisible(_ text: String, to result: inout String) {
    var before: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      let joins = scalar == "\u{200D}" && (before.properties.isEmoji && before.value > 0xFF || before == "\u{FE0F}")
      if Escape.isHidden(scalar) && !joins {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result +=
          "<span class=\"hidden-char\">U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)</span>"
      } else if joins {
        result.unicodeScalars.append(scalar)
      } else {
        Escape.append(scalar, to: &result)
      }
      before = scalar
    }
  }
}

extension SourceRange {
  /// The length as it is said, without overflow for ranges that are turned around.
  fileprivate var length: Int64 { Int64(end) - Int64(begin) }
}

extension Label {
  /// What gives a mark its colour and line: the track, or the label outside the tracks.
  var family: String { track?.name ?? name }
}
