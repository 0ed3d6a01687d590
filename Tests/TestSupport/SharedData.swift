import Foundation

/// The text files that lie beside the repository, for tests that want real text. They may be absent.
public enum SharedData {
  /// `JAGA_DATA`, or `../shared/data` from the package's root; nil, with a message, where there is none.
  public static func directory(for test: String) -> URL? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let place = ProcessInfo.processInfo.environment["JAGA_DATA"] ?? "../shared/data"
    let url = URL(fileURLWithPath: place, relativeTo: root).standardizedFileURL
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue else {
      print("\(test): skipped, no shared data (set JAGA_DATA)")
      return nil
    }
    return url
  }

  /// Every message text of the `*.jsonl` files, in the order of file names and lines; nil where there are none.
  public static func texts(for test: String) throws -> [String]? {
    guard let directory = directory(for: test) else { return nil }
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "jsonl" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    var texts: [String] = []
    for file in files {
      for line in try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")) {
        guard let record = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else { continue }
        if let text = record["text"] as? String { texts.append(text) }
        for message in record["messages"] as? [[String: Any]] ?? [] {
          if let text = message["text"] as? String { texts.append(text) }
        }
      }
    }
    return texts
  }
}
