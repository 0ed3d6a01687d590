import Foundation
import Hummingbird
import HummingbirdTesting
import JagaBatch
import JagaCore
import JagaScoring
import JagaStore
import JagaTranscripts
import Logging
import Synchronization
import Testing

@testable import JagaService

/// A service on the default model and a store of its own in a temporary folder.
final class ServiceFixture: Sendable {
  let folder: URL
  let parts: ServiceParts
  let clock: TestClock

  static let modelPath = URL(filePath: #filePath).appending(path: "../../../Models/default.jaga").standardized.path
  static let model = Result { try Model.open(path: modelPath) }

  /// Makes one; `folder` of another fixture goes on with its store.
  init(
    folder: URL? = nil, clock: TestClock = TestClock(), _ change: (inout ServiceSettings) -> Void = { _ in },
    textKey: [UInt8]? = nil, overlay: Overlay? = nil,
    desk: ((ServiceParts) throws -> PollDesk)? = nil
  ) throws {
    let place = folder ?? FileManager.default.temporaryDirectory.appending(path: "jaga-service-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    self.folder = place
    self.clock = clock
    var settings = ServiceSettings()
    change(&settings)
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .error
    var parts = ServiceParts(
      scorer: Scorer(model: try ServiceFixture.model.get(), overlay: overlay),
      store: try Store(serving: place.appending(path: "jaga.sqlite").path),
      keys: ServiceKeys(secret: [UInt8](repeating: 7, count: 32), textKey: textKey), settings: settings, logger: logger,
      now: { clock.now })
    parts.desk = try desk?(parts)
    self.parts = parts
  }

  var app: some ApplicationProtocol { Application(router: parts.router()) }

  /// Writes everything and lets go of the store; the folder stays for the next fixture.
  func stop() async throws {
    try await parts.engine.flush()
    try parts.store.close()
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// What `jaga score` writes for lines of JSON: the reference for everything the service answers.
  func reference(_ lines: String, level: BatchSettings.Level = .message) throws -> String {
    final class Sink: RecordSink {
      var bytes: [UInt8] = []
      func write(_ records: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: records) }
    }
    final class Silence: BatchObserver {
      func noticed(_ diagnostic: Diagnostic) {}
      func failed(_ error: TranscriptError) {}
      func progressed(_ progress: BatchProgress) {}
    }
    let sink = Sink()
    var settings = BatchSettings()
    settings.level = level
    let run = BatchRun(scorer: parts.scorer, settings: settings, sink: sink, observer: Silence())
    _ = try run.process([.bytes(Array(lines.utf8), name: "lines")], format: .jsonl)
    return String(decoding: sink.bytes, as: UTF8.self)
  }
}

/// A clock that tests turn.
final class TestClock: Sendable {
  private let time = Mutex<Int64>(1_790_000_000_000)
  var now: Int64 { time.withLock { $0 } }
  func advance(by milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// A conversation that becomes risky: bait, condition, request, threat; with harmless lines in between.
enum SampleLines {
  static func risky(_ conversation: String) -> String {
    let texts = [
      ("a", "hai, main ff juga?"), ("b", "iya kak, masih bronze wkwk"),
      ("a", "gw isiin 50rb mau? dm nya lagi promo"), ("b", "mau bgt kak"),
      ("a", "asal kirim foto yg kmrn dulu yaa, jangan bilang siapa2"), ("b", "ngga mau ah"),
      ("a", "kalo ga dikirim, fotomu aku sebar ke semua kontakmu"), ("b", "jangan kak plis, aku takut"),
    ]
    return texts.enumerated().map { place, line in
      #"{"conversation_id":"\#(conversation)","message_id":"m\#(place)","author_id":"\#(line.0)","text":"\#(line.1)"}"#
    }.joined(separator: "\n") + "\n"
  }

  static let harmless = [
    "besok jadi latihan jam 4 ya, jangan lupa bawa sepatu", "ok siap, aku jemput di depan sekolah",
    "tugas matematika halaman 42 udah dikerjain belum?", "belum wkwk, nanti malem aja",
  ]
}
