import Glibc
import JagaCore
import JagaTranscripts
import TestSupport
import Testing

@testable import JagaBatch

/// An output that can be cut back, and that breaks down on demand.
private final class CutOutput: ResumableSink {
  struct Broken: Error {}

  var bytes: [UInt8] = []
  /// Breaks down once so many bytes are there.
  var limit = Int.max

  func write(_ more: UnsafeBufferPointer<UInt8>) throws {
    // Like a process that ends in the middle of a write.
    let room = max(0, limit - bytes.count)
    bytes.append(contentsOf: more.prefix(room))
    if room < more.count { throw Broken() }
  }

  func secure() -> OutputMark {
    OutputMark(length: bytes.count, digest: bytes.withUnsafeBufferPointer { tokenHash($0) })
  }
}

/// A run that ends anywhere and goes on writes what a run that never ended would have written.
@Suite struct ResumeTests {
  private let folder: String

  init() {
    // In memory where there is such a place: every checkpoint is made to lie on the disk, and there are hundreds.
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    let name = "\(parent)/jaga-resume-\(UInt64.random(in: 0...UInt64.max))"
    folder = mkdir(name, 0o700) == 0 ? name : parent
  }

  private var path: String { folder + "/checkpoint" }

  private struct Setting {
    var level = BatchSettings.Level.message
    var form = BatchSettings.Form.jsonl
    var capacity = 1 << 16
    var window = 1 << 20
    var strict = false
  }

  private static func inputs(_ seed: UInt64) -> [TranscriptInput] {
    let lines = SampleChat.lines(500, seed: seed)
    let csv =
      "conversation_id,id,author_id,text\n"
      + (0..<300).map { "c\($0 % 5),m\($0),a\($0 % 3),jangan bilang \($0)\n" }.joined()
    return [
      .bytes(Array(lines[..<350].joined(separator: "\n").utf8), name: "a.jsonl"),
      .bytes(Array(csv.utf8), name: "b.csv"),
      // Some of it again, so that repetitions lie on both sides of an interruption.
      .bytes(Array(lines[200...].joined(separator: "\n").utf8), name: "c.jsonl"),
    ]
  }

  private func run(
    _ setting: Setting, seed: UInt64, into output: CutOutput, threads: Int, chunkSize: Int, plan: CheckpointPlan?
  ) throws -> BatchSummary {
    var settings = BatchSettings()
    settings.threads = threads
    settings.partsPerThread = 2
    settings.level = setting.level
    settings.form = setting.form
    settings.conversationCapacity = setting.capacity
    var options = ReaderOptions()
    options.chunkSize = chunkSize
    options.duplicateWindow = setting.window
    options.strict = setting.strict
    let run = BatchRun(
      scorer: try SampleModel.scorer(), settings: settings, sink: output, observer: Collected())
    return try run.process(Self.inputs(seed), options: options, checkpoints: plan)
  }

  private static let settings: [Setting] = [
    Setting(), Setting(form: .csv, capacity: 64), Setting(level: .conversation, capacity: 64),
    Setting(level: .conversation), Setting(window: 40), Setting(strict: true),
  ]

  @Test(arguments: Self.settings.indices, [1, 2] as [UInt64])
  func endedAnywhereItGoesOn(number: Int, seed: UInt64) throws {
    let setting = Self.settings[number]
    let whole = CutOutput()
    let expected = try run(setting, seed: seed, into: whole, threads: 1, chunkSize: 1 << 20, plan: nil)
    var random = SplitMix64(seed: seed * 100 + UInt64(number))
    for round in 0..<2 {
      unlink(path)
      let output = CutOutput()
      var interruptions = 0
      while true {
        let start = try Checkpoint.load(path)
        if let start {
          output.bytes.removeLast(output.bytes.count - start.output.length)
          #expect(output.secure() == start.output)
        } else {
          output.bytes = []
        }
        var plan = CheckpointPlan(path: path, identity: [.init("a", "b")], sink: output, start: start)
        plan.interval = Bool.random(using: &random) ? 0 : 0.002
        output.limit = interruptions > 5 ? .max : output.bytes.count + .random(in: 0..<40_000, using: &random)
        let comment: Comment = "setting \(number), seed \(seed), round \(round), \(interruptions) interruptions"
        do {
          let found = try run(
            setting, seed: seed, into: output, threads: .random(in: 1...4, using: &random),
            chunkSize: .random(in: 2000..<20_000, using: &random), plan: plan)
          #expect(output.bytes == whole.bytes, comment)
          #expect(found.counts == expected.counts, comment)
          #expect(found.reading == expected.reading, comment)
          #expect(found.conversations == expected.conversations && found.evictions == expected.evictions, comment)
          break
        } catch is CutOutput.Broken {
          interruptions += 1
        }
      }
    }
  }

  /// A checkpoint of some messages, as bytes.
  private func checkpoint() throws -> [UInt8] {
    unlink(path)
    let output = CutOutput()
    output.limit = 30_000
    var plan = CheckpointPlan(path: path, identity: [.init("--level", "message")], sink: output)
    plan.interval = 0
    #expect(throws: CutOutput.Broken.self) {
      try run(
        Setting(level: .conversation, capacity: 64), seed: 5, into: output, threads: 1, chunkSize: 3000, plan: plan)
    }
    return bytes(of: path)
  }

  private func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }

  private func put(_ bytes: [UInt8]) {
    guard let file = fopen(path, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  /// The checksum as it should be.
  private func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt64 = 0
    var rest = bytes.dropLast(8)
    while rest.count >= 65_536 {
      sum = combinedHash(sum, Array(rest.prefix(65_536)).withUnsafeBufferPointer { tokenHash($0) })
      rest = rest.dropFirst(65_536)
    }
    sum = combinedHash(sum, Array(rest).withUnsafeBufferPointer { tokenHash($0) })
    return bytes.dropLast(8) + withUnsafeBytes(of: sum.littleEndian) { Array($0) }
  }

  @Test func aDamagedCheckpointIsRefused() throws {
    let whole = try checkpoint()
    #expect(whole.count > 5000)
    #expect(sealed(whole) == whole)
    var random = SplitMix64(seed: 6)
    for _ in 0..<80 {
      var bytes = whole
      bytes[.random(in: 8..<bytes.count, using: &random)] ^= .random(in: 1...255, using: &random)
      put(bytes)
      #expect(throws: CheckpointError.damaged(file: path)) { try Checkpoint.load(path) }
      put(Array(whole.prefix(.random(in: 0..<whole.count, using: &random))))
      #expect(throws: CheckpointError.damaged(file: path)) { try Checkpoint.load(path) }
    }
    var other = whole
    other[7] = 0x32
    put(other)
    #expect(throws: CheckpointError.otherVersion(file: path)) { try Checkpoint.load(path) }
    unlink(path)
    #expect(try Checkpoint.load(path) == nil)
  }

  /// Where even the checksum was made to fit, the run is refused or goes its way.
  @Test func aForgedCheckpointStopsNothing() throws {
    let whole = try checkpoint()
    var random = SplitMix64(seed: 7)
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[.random(in: 8..<min(bytes.count - 8, 6000), using: &random)] = .random(in: 0...255, using: &random)
      }
      put(sealed(bytes))
      let output = CutOutput()
      do {
        guard let start = try Checkpoint.load(path) else { continue }
        let plan = CheckpointPlan(path: path + "2", identity: [], sink: output, start: start)
        _ = try run(
          Setting(level: .conversation, capacity: 64), seed: 5, into: output, threads: 2, chunkSize: 3000, plan: plan)
      } catch is CheckpointError {}
    }
  }

  @Test func aCheckpointHoldsNoText() throws {
    let text = String(decoding: try checkpoint(), as: UTF8.self)
    for line in SampleChat.lines(500, seed: 5) {
      guard let start = line.range(of: "\"text\":\"")?.upperBound else { continue }
      let words = line[start...].prefix(12)
      if words.count == 12 { #expect(!text.contains(words)) }
    }
  }

  @Test func whatChangedIsNamed() throws {
    _ = try checkpoint()
    let loaded = try #require(try Checkpoint.load(path))
    #expect(loaded.difference(from: [.init("--level", "message")]) == nil)
    let other = loaded.difference(from: [.init("--level", "conversation")])
    #expect(other?.name == "--level" && other?.before == "message" && other?.now == "conversation")
    let more = loaded.difference(from: [.init("--level", "message"), .init("input 2", "b.jsonl")])
    #expect(more?.name == "input 2" && more?.before == "absent" && more?.now == "b.jsonl")
  }
}
