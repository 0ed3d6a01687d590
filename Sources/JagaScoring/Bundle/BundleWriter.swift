import JagaCore

/// Puts sections into a file. The bytes depend on nothing but the sections.
public struct BundleWriter {
  private var sections: [(name: String, isOptional: Bool, bytes: [UInt8])] = []
  private let kind: BundleFormat.Kind

  /// A writer for a model, or for an overlay.
  public init(overlay: Bool = false) { kind = overlay ? .overlay : .model }

  /// Adds a section; names have at most 16 ASCII bytes.
  public mutating func add(_ name: String, _ bytes: [UInt8], isOptional: Bool = false) {
    sections.append((name, isOptional, bytes))
  }

  /// The file's bytes.
  public func encode() -> [UInt8] {
    var out = BundleFormat.magic
    func append<Number: FixedWidthInteger>(_ number: Number) {
      withUnsafeBytes(of: number.littleEndian) { out.append(contentsOf: $0) }
    }
    func pad() { while out.count % BundleFormat.alignment != 0 { out.append(0) } }
    append(BundleFormat.version)
    append(BundleFormat.byteOrder)
    append(UInt64(0))
    append(UInt32(sections.count))
    append(kind.rawValue)
    pad()
    var offset = BundleFormat.headerSize + sections.count * BundleFormat.entrySize
    for section in sections {
      offset = (offset + BundleFormat.alignment - 1) / BundleFormat.alignment * BundleFormat.alignment
      let name = Array(section.name.utf8.prefix(16))
      out.append(contentsOf: name + [UInt8](repeating: 0, count: 16 - name.count))
      append(UInt64(section.isOptional ? 1 : 0))
      append(UInt64(offset))
      append(UInt64(section.bytes.count))
      offset += section.bytes.count
    }
    for section in sections {
      pad()
      out.append(contentsOf: section.bytes)
    }
    replace(&out, at: 16, with: UInt64(out.count))
    let checksum = out.withUnsafeBytes { BundleFormat.checksum($0) }
    replace(&out, at: 32, with: checksum)
    return out
  }

  private func replace(_ out: inout [UInt8], at offset: Int, with number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { source in
      for index in 0..<8 { out[offset + index] = source[index] }
    }
  }
}
