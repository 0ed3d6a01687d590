internal import JagaCore

/// `; did you mean 'x'?` for a name that is at most two edits off, else nothing.
func suggestion(for name: String, among known: [String]) -> String {
  NearWord.nearest(to: name, among: known, within: 2).map { "; did you mean '\($0)'?" } ?? ""
}
