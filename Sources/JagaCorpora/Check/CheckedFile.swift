/// A file of a corpus that was found and read once.
public struct CheckedFile: Hashable, Sendable {
  /// How its content stands to what is known.
  public enum State: String, Sendable {
    /// Byte for byte, up to the ends of lines.
    case known
    /// No hash is published, and its lines are as many as known.
    case counted
    /// Neither a hash nor a count is known.
    case unknown
    /// Something else; taken because the caller asked for it.
    case differs
  }

  /// Its name as distributed.
  public let name: String
  /// Where it lies.
  public let path: String
  /// What it is for.
  public let role: KnownFile.Role
  /// What it holds.
  public let digest: FileDigest
  /// How its content stands to what is known.
  public let state: State
}

/// Finds the files of a part and compares them with what is known of them.
struct CorpusChecker {
  let corpus: KnownCorpus
  let listing: FolderListing
  /// Whether content that differs is taken as it is.
  let acceptsOthers: Bool

  /// The files of a part, those that it can do without only where they are. Throws ``ImportError``. Cost: all files read once.
  func check(_ part: KnownCorpus.Part) throws(ImportError) -> [CheckedFile] {
    // All places first: a missing file should not cost the hashing of the others.
    var places: [(KnownFile, [String])] = []
    for file in part.files {
      let found = listing.paths[file.name] ?? []
      if found.isEmpty {
        guard file.isNeeded else { continue }
        throw .missing(
          file: file.name, folder: listing.folder, clue: try clue(file), complete: complete.filter { $0 != part.name })
      }
      places.append((file, found))
    }
    var checked: [CheckedFile] = []
    for (file, paths) in places { checked.append(try check(file, paths)) }
    return checked
  }

  /// Parts all of whose files are there.
  private var complete: [String] {
    corpus.parts.filter { part in part.files.allSatisfy { !$0.isNeeded || listing.paths[$0.name] != nil } }.map(\.name)
  }

  private func clue(_ file: KnownFile) throws(ImportError) -> ImportError.Clue {
    for name in file.earlierNames {
      if let path = listing.paths[name]?.first { return .otherRelease(path) }
    }
    if let sha256 = file.sha256 {
      let known = Set(corpus.parts.flatMap { $0.files.map(\.name) })
      for path in listing.likely(file.name).prefix(16) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if known.contains(name) { continue }
        let digest = try FileDigest(path: path)
        if [digest.sha256, digest.unixSHA256].contains(sha256) { return .renamed(path) }
      }
    }
    return listing.archives.first.map { .archive($0) } ?? .nothing
  }

  private func check(_ file: KnownFile, _ paths: [String]) throws(ImportError) -> CheckedFile {
    let digest = try FileDigest(path: paths[0])
    for other in paths.dropFirst() where try FileDigest(path: other) != digest {
      throw .ambiguous(file: file.name, first: paths[0], second: other)
    }
    let path = paths[0]
    if file.isNeeded, digest.tail.isEmpty { throw .empty(file: path) }
    var state = CheckedFile.State.unknown
    if let sha256 = file.sha256 {
      state = [digest.sha256, digest.unixSHA256].contains(sha256) ? .known : .differs
      if state == .differs {
        // Truncated is worth saying, and no option makes half a file a whole one.
        if file.role == .conversations, !digest.tail.ends(with: "</conversations>".utf8) {
          throw .cutOff(file: path, bytes: digest.bytes)
        }
        if !acceptsOthers { throw .altered(file: path, expected: sha256, found: digest.unixSHA256) }
      }
    } else if let lines = file.lines {
      state = digest.lines == lines ? .counted : .differs
      if state == .differs, !acceptsOthers { throw .lineCount(file: path, expected: lines, found: digest.lines) }
    }
    return CheckedFile(name: file.name, path: path, role: file.role, digest: digest, state: state)
  }
}

extension Array where Element == UInt8 {
  fileprivate func ends(with other: some BidirectionalCollection<UInt8>) -> Bool {
    suffix(other.count).elementsEqual(other)
  }
}
