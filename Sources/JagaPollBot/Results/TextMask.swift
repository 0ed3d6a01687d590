/// Takes out of a text what could lead to a person: phone numbers, links, e-mail, handles, names after "nama saya", long numbers, streets and schools.
///
///     TextMask.masked("nama saya budi, wa 0812-0000-0000")  // "nama saya [name], wa [phone]"
///
/// Rather too much than too little: a sum of money of seven digits goes as well. Names that nothing announces stay, so a person reads
/// texts before they are published.
public enum TextMask {
  enum Kind: String, CaseIterable {
    case phone = "[phone]"
    case number = "[number]"
    case link = "[link]"
    case email = "[email]"
    case handle = "[handle]"
    case name = "[name]"
    case address = "[address]"
    case school = "[school]"
  }

  /// The text with marks in the place of what was taken out. Cost: a few passes over its scalars.
  public static func masked(_ text: String) -> String {
    var draft = MaskDraft(text)
    draft.maskLinks()
    draft.maskAddresses()
    draft.maskSchools()
    draft.maskNumbers()
    draft.maskSpokenNumbers()
    draft.maskHandles()
    draft.maskNames()
    return draft.text
  }
}

/// A text in which places are marked, pass by pass; what an earlier pass took is left alone.
struct MaskDraft {
  let scalars: [Unicode.Scalar]
  /// By scalar: the number of the mark that covers it, from 1.
  private var marks: [Int]
  private var kinds: [TextMask.Kind] = []
  let words: [Word]

  struct Word {
    /// Without the punctuation around it.
    var core: Range<Int>
    var whole: Range<Int>
    /// The core in small letters.
    var small: String
    /// The letters and digits of the core, in small letters.
    var plain: String
  }

  init(_ text: String) {
    // Characters that nobody sees could part a number.
    scalars = text.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .format: false
      case .control: scalar == "\n" || scalar == "\t"
      default: true
      }
    }
    marks = [Int](repeating: 0, count: scalars.count)
    words = MaskDraft.words(scalars)
    markMarks()
  }

  /// A text that was masked before stays as it is.
  private mutating func markMarks() {
    for kind in TextMask.Kind.allCases {
      let mark = Array(kind.rawValue.unicodeScalars)
      for index in scalars.indices where scalars[index] == "[" && scalars[index...].starts(with: mark) {
        self.mark(index..<index + mark.count, kind)
      }
    }
  }

  private static func words(_ scalars: [Unicode.Scalar]) -> [Word] {
    scalars.indices.split { scalars[$0].properties.isWhitespace }.map { indices in
      let whole = indices.startIndex..<indices.endIndex
      var core = whole
      while core.count > 1, "([{\"'<“‘".unicodeScalars.contains(scalars[core.lowerBound]) {
        core = core.lowerBound + 1..<core.upperBound
      }
      while core.count > 1, ".,;:!?)]}\"'>”’…".unicodeScalars.contains(scalars[core.upperBound - 1]) {
        core = core.lowerBound..<core.upperBound - 1
      }
      let small = string(scalars[core]).lowercased()
      let plain = small.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType == .decimal }
      return Word(core: core, whole: whole, small: small, plain: String(String.UnicodeScalarView(plain)))
    }
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Marks a range, unless part of it is marked.
  mutating func mark(_ range: Range<Int>, _ kind: TextMask.Kind) {
    guard !range.isEmpty, !isMarked(range) else { return }
    kinds.append(kind)
    for index in range { marks[index] = kinds.count }
  }

  mutating func unmark(_ range: Range<Int>) {
    for index in range { marks[index] = 0 }
  }

  func isMarked(_ range: Range<Int>) -> Bool { marks[range].contains { $0 != 0 } }

  /// Whether punctuation ends the word, so that the next one begins something else.
  func pauses(after word: Word) -> Bool { word.core.upperBound < word.whole.upperBound }

  var text: String {
    var view = String.UnicodeScalarView()
    var last = 0
    for (index, mark) in marks.enumerated() {
      if mark == 0 {
        view.append(scalars[index])
      } else if mark != last {
        view.append(contentsOf: kinds[mark - 1].rawValue.unicodeScalars)
      }
      last = mark
    }
    return String(view)
  }
}
