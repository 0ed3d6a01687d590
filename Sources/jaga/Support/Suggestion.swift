/// `; did you mean 'x'?` for a name that is at most two letters off, else nothing.
func suggestion(for name: String, among known: [String]) -> String {
  let best = known.map { ($0, editDistance(name, $0)) }.min { $0.1 < $1.1 }
  guard let best, best.1 <= 2, best.1 < name.count else { return "" }
  return "; did you mean '\(best.0)'?"
}

/// Levenshtein's distance over characters. Cost: the product of the lengths.
private func editDistance(_ left: String, _ right: String) -> Int {
  let right = Array(right)
  var row = Array(0...right.count)
  for (index, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in right.indices {
      let above = row[column + 1]
      row[column + 1] = min(above + 1, row[column] + 1, diagonal + (letter == right[column] ? 0 : 1))
      diagonal = above
    }
  }
  return row[right.count]
}
