public import JagaCore

/// Why a model or overlay file is refused.
public enum BundleError: Error, Equatable, Sendable {
  /// The file cannot be opened or mapped; `code` is the system's errno.
  case cannotOpen(path: String, code: Int32)
  /// No model was named, and none lies where the default model may.
  case noModel(places: [String])
  /// The file does not start as a model or overlay does.
  case notABundle(path: String)
  /// The file is of the other kind (an overlay where a model is needed, or the reverse).
  case wrongKind(path: String, expected: String)
  /// The file was written by a newer Jaga.
  case newerVersion(path: String, found: Int, supported: Int)
  /// The file was written by a Jaga of before the layout in use.
  case olderVersion(path: String, found: Int, supported: Int)
  /// The file was written on a machine of the other byte order.
  case wrongByteOrder(path: String)
  /// The file is shorter or longer than it says.
  case wrongSize(path: String, expected: Int, found: Int)
  /// The bytes are not those that were written.
  case damaged(path: String)
  /// A section that this version needs is not there.
  case missingSection(path: String, name: String)
  /// A section that must be understood is unknown to this version.
  case unknownSection(path: String, name: String)
  /// A section's content contradicts itself.
  case badSection(path: String, name: String, error: SectionError)
}

extension BundleError: CustomStringConvertible {
  /// One sentence, with a remedy.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let code):
      "\(path): cannot be opened (system error \(code)); check the path and the permissions"
    case .noModel(let places):
      "no model found; give one with --model or JAGA_MODEL, or put the default model at one of these places:"
        + places.map { "\n  \($0)" }.joined()
    case .notABundle(let path):
      "\(path): is not a Jaga model; make one with 'jaga train' or 'jaga lexicon compile'"
    case .wrongKind(let path, let expected):
      "\(path): is not \(expected == "model" ? "a model" : "an overlay"); "
        + (expected == "model" ? "give overlays with --lexicon" : "give models with --model")
    case .newerVersion(let path, let found, let supported):
      "\(path): has format version \(found), and this program reads up to \(supported); use a newer Jaga"
    case .olderVersion(let path, let found, let supported):
      "\(path): has format version \(found), and this program reads from \(supported) on; train or compile it again"
    case .wrongByteOrder(let path):
      "\(path): was written on a machine of another byte order; train it again on this one"
    case .wrongSize(let path, let expected, let found):
      "\(path): has \(found) bytes instead of \(expected); copy it again"
    case .damaged(let path):
      "\(path): is damaged (its checksum does not match); copy it again"
    case .missingSection(let path, let name):
      "\(path): lacks the section '\(name)'; train it again"
    case .unknownSection(let path, let name):
      "\(path): needs the section '\(name)', which this program does not know; use a newer Jaga"
    case .badSection(let path, let name, let error):
      switch error {
      case .truncated(let offset): "\(path): section '\(name)' ends early, at byte \(offset); train it again"
      case .invalid(let what): "\(path): section '\(name)' has an invalid \(what); train it again"
      }
    }
  }
}
