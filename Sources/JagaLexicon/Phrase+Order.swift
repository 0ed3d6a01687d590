extension Phrase {
  /// The same phrase with the alternatives of each element in one fixed order, so that phrases that match the same by
  /// construction compare equal.
  public var normalised: Phrase {
    Phrase(
      elements.map { element in
        guard case .choice(let runs, let optional) = element else { return element }
        let keyed = runs.map { (key: Phrase.key(of: $0), run: $0) }
        return .choice(keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.run), optional: optional)
      })
  }

  /// Bytes that differ for different phrases, to sort by.
  var sortKey: [UInt8] {
    var bytes: [UInt8] = []
    for element in elements {
      switch element {
      case .gap(let length): bytes += [5, UInt8(clamping: length)]
      case .choice(let runs, let optional):
        bytes.append(optional ? 7 : 6)
        for run in runs { bytes += Phrase.key(of: run) + [4] }
      }
      bytes.append(8)
    }
    return bytes
  }

  /// Words are free of control characters, so the bytes tell runs apart.
  private static func key(of run: [PhraseAtom]) -> [UInt8] {
    var bytes: [UInt8] = []
    for atom in run {
      switch atom {
      case .word(let word):
        bytes.append(1)
        bytes += word.utf8
      case .exact(let word):
        bytes.append(2)
        bytes += word.utf8
      case .token(let kind): bytes += [3, kind.rawValue]
      }
      bytes.append(0)
    }
    return bytes
  }
}
