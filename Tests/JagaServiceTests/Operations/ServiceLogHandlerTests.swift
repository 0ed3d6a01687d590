import Logging
import Synchronization
import Testing

@testable import JagaService

struct ServiceLogHandlerTests {
  private final class Lines: Sendable {
    let text = Mutex("")
  }

  private func line(_ form: ServiceLogHandler.Form, _ write: (Logger) -> Void) -> String {
    let lines = Lines()
    var logger = Logger(label: "test") { _ in
      ServiceLogHandler(form: form, level: .info, now: { 1_764_320_400_123 }) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        lines.text.withLock { $0 += text }
      }
    }
    logger[metadataKey: "all"] = "1"
    write(logger)
    return lines.text.withLock { $0 }
  }

  @Test func aLineOfJSON() {
    let text = line(.json) { logger in
      logger.warning("it \"failed\"\n", metadata: ["b": "x\ty", "a": "2", "level": "mine"])
      logger.debug("unseen")
    }
    #expect(
      text
        == #"{"time":"2025-11-28T09:00:00.123Z","level":"warning","message":"it \"failed\"\n","a":"2","all":"1","b":"x\ty","level_":"mine"}"#
        + "\n")
  }

  @Test func aLineOfText() {
    let text = line(.text) { $0.info("one\nline", metadata: ["a": "x\u{1B}[1my"]) }
    #expect(text == "09:00:00 info     one line  a=x [1my  all=1\n")
  }
}
