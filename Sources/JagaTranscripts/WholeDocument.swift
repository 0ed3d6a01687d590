internal import CSIMDJSON
internal import JagaCore

/// A file held in memory and parsed, with the lines of its objects found on demand.
final class WholeDocument {
  private let bytes: [UInt8]
  private let count: Int
  private let document: JSONDocument
  let root: JSONNode?
  /// Where the JSON breaks, when it does: a line from 1.
  private(set) var faultLine = 0
  private var tapePlace = 1
  private var sourcePlace = 0
  private var line = 1
  var loneSurrogates: Bool { document.loneSurrogates }
  var invalidUTF8: Bool { document.invalidUTF8 }

  init(stream: ByteStream, limit: Int) throws(TranscriptError) {
    var read = try stream.readAll(limit: limit)
    if read.starts(with: [0xEF, 0xBB, 0xBF]) { read.removeFirst(3) }
    count = read.count
    read.append(contentsOf: repeatElement(0, count: Chunk.padding))
    bytes = read
    let document = try JSONDocument()
    self.document = document
    let size = count
    root = read.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      return document.parse(base, count: size).root
    }
    if root == nil {
      faultLine = read.withUnsafeBufferPointer { buffer in
        let text = buffer.part(0..<size)
        var skimmer = JSONSkimmer(text)
        var place = size
        switch skimmer.run() {
        case .broken(let at): place = at
        case .complete(let end): place = end
        case .cutOff: break
        }
        var line = 1
        for byte in text.part(0..<place) where byte == 0x0A { line += 1 }
        return line
      }
    }
  }

  /// The line on which an object begins. Ask in the order of the document: each call goes on where the last one ended.
  func line(of node: JSONNode) -> Int {
    guard node.kind == .object, node.index >= tapePlace else { return line }
    // The n-th object on the tape is the n-th opening brace outside strings.
    var braces = JSONNode.objectsOpened(node.tape, from: tapePlace, to: node.index) + 1
    tapePlace = node.index + 1
    bytes.withUnsafeBufferPointer { bytes in
      var inString = false
      while sourcePlace < count, braces > 0 {
        let byte = bytes[sourcePlace]
        if byte == 0x0A { line += 1 }
        if inString {
          if byte == 0x5C { sourcePlace += 1 } else if byte == 0x22 { inString = false }
        } else if byte == 0x22 {
          inString = true
        } else if byte == 0x7B {
          braces -= 1
        }
        sourcePlace += 1
      }
    }
    return line
  }
}
