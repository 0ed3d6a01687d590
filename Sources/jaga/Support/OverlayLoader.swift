internal import JagaScoring

/// Makes one overlay of what `--lexicon` names.
enum OverlayLoader {
  /// Nil for no paths. One compiled file, or any number of source folders, which are compiled together.
  static func load(_ paths: [String]) throws -> Overlay? {
    let folders = paths.filter(Files.isFolder)
    let files = paths.filter { !Files.isFolder($0) }
    if let file = files.first {
      guard paths.count == 1 else {
        throw Failure(
          "--lexicon takes one compiled file, or folders of sources, not both; compile them together with 'jaga lexicon compile'")
      }
      return try Overlay.open(path: file)
    }
    guard !folders.isEmpty else { return nil }
    return nil
  }
}
