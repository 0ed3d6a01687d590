internal import Foundation

/// The files below a folder, by name: archives unpack into folders of their own, so a corpus may lie a few levels down.
struct FolderListing {
  /// Levels below the folder that are looked at, and files at most, so that a wrong folder (`/`) does not cost minutes.
  static let depth = 4
  static let most = 20_000

  let folder: String
  /// Paths by file name, sorted.
  private(set) var paths: [String: [String]] = [:]

  /// Throws ``ImportError/noFolder(_:)``.
  init(_ folder: String) throws(ImportError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw .noFolder(folder)
    }
    self.folder = folder
    var count = 0
    add(folder, level: 0, count: &count)
  }

  private mutating func add(_ place: String, level: Int, count: inout Int) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []).sorted()
    for name in names where !name.hasPrefix(".") && name != "__MACOSX" {
      guard count < FolderListing.most else { return }
      count += 1
      let path = place.hasSuffix("/") ? place + name : place + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        if level < FolderListing.depth { add(path, level: level + 1, count: &count) }
      } else {
        paths[name, default: []].append(path)
      }
    }
  }

  /// Archives, sorted by path.
  var archives: [String] {
    paths.filter { $0.key.lowercased().hasSuffix(".zip") || $0.key.lowercased().hasSuffix(".7z") }.values.flatMap { $0 }
      .sorted()
  }

  /// Files with the ending of a name, sorted by path.
  func likely(_ name: String) -> [String] {
    let ending = "." + (name.split(separator: ".").last.map(String.init) ?? "")
    return paths.filter { $0.key.hasSuffix(ending) }.values.flatMap { $0 }.sorted()
  }
}
