internal import JagaAuthoring
internal import JagaScoring

/// Makes one overlay of what `--lexicon` names.
enum OverlayLoader {
  /// Nil for no paths. One compiled file, or any number of source folders, which are compiled together.
  static func load(_ paths: [String], over model: Model) throws -> Overlay? {
    guard let first = paths.first else { return nil }
    if paths.allSatisfy(Files.isFolder) {
      let (compiled, _) = try LexiconSources.compiled(paths, over: model)
      let bytes = Overlay.encode(lexicon: compiled.lexicon, rules: compiled.rules)
      return try Overlay.open(bytes: bytes, name: paths.joined(separator: ", "))
    }
    guard paths.count == 1 else {
      throw Failure(
        "--lexicon takes one compiled file, or folders of sources; compile all together with 'jaga lexicon compile'")
    }
    return try Overlay.open(path: first)
  }
}
