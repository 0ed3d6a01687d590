internal import Glibc
internal import JagaCore

/// A checkpoint as it lies on the disk, checked against damage but not yet against the run that is to go on.
///
///     if let checkpoint = try Checkpoint.load(path), let fact = checkpoint.difference(from: identity) {
///       // fact.name is what changed
///     }
public struct Checkpoint {
  /// Something that must be the same for a run to go on.
  public struct Fact: Hashable, Sendable {
    /// What it is called in a sentence: `--level`, `the model`, `chats.jsonl`.
    public var name: String
    /// Its value, as text.
    public var value: String

    /// Creates a fact.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What was the same for the run that wrote it.
  public let identity: [Fact]
  /// Where its output was.
  public let output: OutputMark
  let file: String
  /// The rest.
  let reader: CheckpointReader

  /// Reads a file. Nil when there is none.
  public static func load(_ path: String) throws(CheckpointError) -> Checkpoint? {
    guard let bytes = try contents(of: path) else { return nil }
    var reader = try CheckpointReader(bytes, file: path)
    do throws(CheckpointReader.Damaged) {
      var identity: [Fact] = []
      for _ in 0..<(try reader.count(ofSize: 16)) {
        let name = String(decoding: try reader.text(), as: UTF8.self)
        identity.append(Fact(name, String(decoding: try reader.text(), as: UTF8.self)))
      }
      let output = OutputMark(length: try reader.count(), digest: try reader.number())
      return Checkpoint(identity: identity, output: output, file: path, reader: reader)
    } catch {
      throw .damaged(file: path)
    }
  }

  /// The first fact that is not as it was, with its old value; nil when all are the same.
  public func difference(from now: [Fact]) -> (name: String, before: String, now: String)? {
    for (old, new) in zip(identity, now) where old != new {
      return (new.name, old.name == new.name ? old.value : "\(old.name) \(old.value)", new.value)
    }
    guard identity.count != now.count else { return nil }
    let extra = identity.count > now.count ? identity[now.count] : now[identity.count]
    return (
      extra.name, identity.count > now.count ? extra.value : "absent",
      identity.count > now.count ? "absent" : extra.value
    )
  }

  private static func contents(of path: String) throws(CheckpointError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      bytes.append(contentsOf: block[..<count])
    }
  }

  private static func failure(_ path: String) -> CheckpointError {
    .system(file: path, what: "read", reason: String(cString: strerror(errno)))
  }
}
