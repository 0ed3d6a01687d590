internal import Glibc
internal import JagaBatch

/// Nobody reads the output any more: the end of the work, and no failure.
struct BrokenPipe: Error {}

/// Standard output without a buffer of its own: what is written is written.
final class StandardOutput: RecordSink {
  /// Writes all bytes. A signal in between does not tear a line apart.
  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(1, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      if count > 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var poll = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
        _ = Glibc.poll(&poll, 1, -1)
      case EPIPE: throw BrokenPipe()
      default:
        let reason = String(cString: strerror(errno))
        throw Failure("standard output cannot be written (\(reason)); free some space or change the target")
      }
    }
  }

  /// Writes a text as it is.
  func write(text: String) throws {
    var copy = text
    try copy.withUTF8 { try write($0) }
  }

  /// Writes what a buffer holds.
  func write(_ buffer: ByteBuffer) throws { try buffer.withBytes { try write($0) } }

  /// Writes a line; a closed pipe is no failure.
  func write(line: String) { try? write(text: line + "\n") }
}

/// A broken pipe shall be an error to handle, not the end of the process.
func ignoreBrokenPipeSignal() { signal(SIGPIPE, SIG_IGN) }
