import CCompression
import Glibc
import JagaCore

@testable import JagaTranscripts

/// What reading some inputs gave.
struct Reading {
  var messages: [Message] = []
  var counters = ReadCounters()
  var diagnostics: [Diagnostic] = []
  var error: TranscriptError?

  var texts: [String] { messages.map(\.text) }
  var rendered: [String] { diagnostics.map(\.rendered) }
}

/// Reads inputs to the end, going on after errors when `resumes`.
func readAll(
  _ inputs: [TranscriptInput], format: TranscriptFormat? = nil, limit: Int = 3, resumes: Bool = false,
  _ adjust: (inout ReaderOptions) -> Void = { _ in }
) -> Reading {
  var options = ReaderOptions()
  // Clearing the usual 256 KiB for each of thousands of small inputs would be most of the time.
  options.chunkSize = 4096
  adjust(&options)
  var reading = Reading()
  var diagnostics: [Diagnostic] = []
  let reader = TranscriptReader(inputs: inputs, format: format, options: options) { diagnostics.append($0) }
  var batch = MessageBatch()
  while true {
    var more = false
    var failed = false
    do throws(TranscriptError) { more = try reader.read(into: &batch, limit: limit) } catch {
      if reading.error == nil { reading.error = error }
      failed = true
    }
    reading.messages += batch.rows.indices.map { batch.message(at: $0) }
    batch.removeAll()
    if failed ? !resumes : !more { break }
  }
  reading.counters = reader.counters
  reading.diagnostics = diagnostics
  return reading
}

func readText(
  _ text: String, name: String = "input", format: TranscriptFormat? = nil,
  _ adjust: (inout ReaderOptions) -> Void = { _ in }
) -> Reading {
  readAll([.bytes(Array(text.utf8), name: name)], format: format, adjust)
}

/// The bytes of a file beside the tests.
func fixture(_ name: String) -> [UInt8] {
  let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
  return fileBytes("/\(folder)/Fixtures/\(name)")
}

/// The bytes of a file in the package.
func packageFile(_ path: String) -> [UInt8] {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return fileBytes("/\(root)/\(path)")
}

func fileBytes(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = fread(&block, 1, block.count, file)
    if count == 0 { return bytes }
    bytes += block[..<count]
  }
}

/// A fixture as an input under its own name.
func input(_ name: String) -> TranscriptInput { .bytes(fixture(name), name: name) }

func compressed(_ bytes: [UInt8], _ kind: Int) -> [UInt8] {
  var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 2 + 1024)
  let count = jaga_compress(Int32(kind), bytes, bytes.count, &output, output.count)
  return Array(output[..<count])
}

/// A small generator whose seed is printed with a failure.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return finalised(state)
  }
}

/// A variable of the environment.
func environment(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  return String(cString: value)
}
