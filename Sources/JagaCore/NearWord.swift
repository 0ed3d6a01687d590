/// Finds the word that was probably meant.
///
///     NearWord.nearest(to: "jsnl", among: ["csv", "jsonl"])  // "jsonl"
public enum NearWord {
  /// The longest word that is looked at, in scalars: the cost grows with the product of the lengths.
  private static let longest = 200

  /// The nearest candidate within so many edits, and fewer than the word has letters; nil when there is none. Without a limit it is a third of the word's length, at least
  /// one. Ties go to the first in byte order. Cost: the product of the lengths for each candidate.
  public static func nearest(
    to word: String, among candidates: some Sequence<String>, within edits: Int? = nil
  ) -> String? {
    let target = Array(word.unicodeScalars)
    guard target.count <= longest else { return nil }
    let limit = edits.map { min($0, target.count - 1) } ?? max(1, target.count / 3)
    var best: (distance: Int, text: String)?
    for candidate in candidates where candidate != word {
      let scalars = Array(candidate.unicodeScalars)
      guard abs(scalars.count - target.count) <= limit else { continue }
      let distance = editDistance(target, scalars)
      guard distance <= limit else { continue }
      if let known = best {
        if distance > known.distance { continue }
        if distance == known.distance, !candidate.utf8.lexicographicallyPrecedes(known.text.utf8) { continue }
      }
      best = (distance, candidate)
    }
    return best?.text
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
  public static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row] + [Int](repeating: 0, count: right.count)
      for column in 1...right.count {
        let replaced = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        current[column] = min(replaced, last[column] + 1, current[column - 1] + 1)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          current[column] = min(current[column], beforeLast[column - 2] + 1)
        }
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
