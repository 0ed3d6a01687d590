import Foundation
import JagaCore
import Testing

@testable import JagaScoring

/// A small bundle by hand, and ways to spoil it.
enum SampleBundle {
  /// An odd length, an empty section, a whole number of 64 bytes, an optional one.
  static let sections: [(name: String, bytes: [UInt8], isOptional: Bool)] = [
    ("text", (0..<101).map { UInt8($0) }, false),
    ("rules", [], false),
    ("weights", [UInt8](repeating: 7, count: 640), false),
    ("card", Array("{}".utf8), true),
  ]

  static func bytes(overlay: Bool = false) -> [UInt8] {
    var writer = BundleWriter(overlay: overlay)
    for section in sections { writer.add(section.name, section.bytes, isOptional: section.isOptional) }
    return writer.encode()
  }

  /// Opens bytes as if they came from `m.jaga`.
  static func open(_ bytes: [UInt8], kind: BundleFormat.Kind = .model) throws(BundleError) -> BundleReader {
    let section = Section(copying: bytes)
    return try BundleReader(owner: Keeper(section), bytes: section.bytes, path: "m.jaga", kind: kind)
  }

  /// The error that opening ends in, or nil.
  static func refusal(_ bytes: [UInt8], kind: BundleFormat.Kind = .model) -> BundleError? {
    do {
      _ = try open(bytes, kind: kind)
      return nil
    } catch {
      return error
    }
  }

  /// Bytes with a number put in at an offset.
  static func patched<Number: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int, _ number: Number) -> [UInt8] {
    var copy = bytes
    withUnsafeBytes(of: number.littleEndian) { source in
      for (index, byte) in source.enumerated() { copy[offset + index] = byte }
    }
    return copy
  }

  /// Bytes whose checksum is right again after a change: what a hostile or buggy writer could make.
  static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    patched(bytes, at: 32, bytes.withUnsafeBytes { BundleFormat.checksum($0) })
  }

  /// Where a section's directory entry begins.
  static func entry(_ index: Int) -> Int { BundleFormat.headerSize + index * BundleFormat.entrySize }

  private final class Keeper {
    let section: Section
    init(_ section: Section) { self.section = section }
  }
}

/// A file in a folder of its own, gone after the test.
func withTemporaryFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent("m.jaga")
  try Data(bytes).write(to: file)
  return try body(file.path)
}
