/// A list of common words: one a line; lines that begin with `#` are comments.
enum CommonWords {
  static func read(_ text: String) -> Set<String> {
    var words: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline) {
      let word = line.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
      if !word.isEmpty, word.first != "#" { words.insert(word.lowercased()) }
    }
    return words
  }
}
