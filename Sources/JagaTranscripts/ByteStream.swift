internal import CCompression
internal import Glibc

/// The decompressed bytes of one input, read forwards, with a look ahead at the beginning.
final class ByteStream {
  let name: String
  private var source: RawSource
  private var inflater: Inflater?
  private var ahead: [UInt8] = []
  private var aheadUsed = 0
  private var ended = false

  /// Bytes taken so far, compressed ones as they lie on the disk.
  var bytesTaken: Int { source.offset }

  init(_ input: TranscriptInput) throws(TranscriptError) {
    name = input.name
    source = try RawSource(input)
    var kind = input.compression
    if case .standardInput = input {
      let head = try source.peek(atLeast: 4)
      kind = compressionKind(magic: head)
    }
    if kind != 0 { inflater = try Inflater(kind: kind, file: name) }
  }

  /// Reads what is there, up to `count` bytes; 0 only at the end.
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TranscriptError) -> Int {
    if aheadUsed < ahead.count {
      let count = min(buffer.count, ahead.count - aheadUsed)
      for index in 0..<count { buffer[index] = ahead[aheadUsed + index] }
      aheadUsed += count
      if aheadUsed == ahead.count {
        ahead = []
        aheadUsed = 0
      }
      return count
    }
    return try readPastAhead(into: buffer)
  }

  /// True when ``read(into:)`` would wait for a pipe or a terminal. What a decompressor still holds counts as there.
  var wouldWait: Bool {
    if aheadUsed < ahead.count || ended || inflater?.hasInput == true { return false }
    return source.wouldWait
  }

  /// The first bytes of the input, without consuming them: more than `count` where there are more. Reads again only
  /// when it has fewer.
  func peek(moreThan count: Int) throws(TranscriptError) -> (bytes: [UInt8], atEnd: Bool) {
    var block = [UInt8](repeating: 0, count: 16 << 10)
    while ahead.count - aheadUsed <= count, !ended {
      let (filled, failure) = block.withUnsafeMutableBufferPointer { buffer in
        outcome { () throws(TranscriptError) in try self.readPastAhead(into: buffer) }
      }
      if let failure { throw failure }
      if filled == 0 { break }
      ahead.append(contentsOf: block[..<filled])
    }
    return (Array(ahead[aheadUsed...]), ended)
  }

  /// Goes on at an offset, counted from the beginning; nothing but the first bytes may have been looked at. A plain file is not
  /// read up to there.
  func skip(to offset: Int) throws(TranscriptError) {
    if inflater == nil, source.seek(to: offset) {
      ahead = []
      aheadUsed = 0
      ended = false
      return
    }
    var block = [UInt8](repeating: 0, count: 64 << 10)
    var left = offset
    while left > 0 {
      let (filled, failure) = block.withUnsafeMutableBufferPointer { buffer in
        outcome { () throws(TranscriptError) in
          try self.read(into: UnsafeMutableBufferPointer(rebasing: buffer[..<min(left, buffer.count)]))
        }
      }
      if let failure { throw failure }
      if filled == 0 { return }
      left -= filled
    }
  }

  private func readPastAhead(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TranscriptError) -> Int {
    if ended || buffer.isEmpty { return 0 }
    let count: Int
    if let inflater {
      count = try inflater.read(from: source, into: buffer)
    } else {
      count = try source.read(into: buffer)
    }
    if count == 0 { ended = true }
    return count
  }

  /// Reads everything. Throws when it is over the limit.
  func readAll(limit: Int) throws(TranscriptError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let (filled, failure) = block.withUnsafeMutableBufferPointer { buffer in
        outcome { () throws(TranscriptError) in try self.read(into: buffer) }
      }
      if let failure { throw failure }
      if filled == 0 { return bytes }
      if bytes.count + filled > limit { throw .tooLarge(file: name, limit: limit) }
      bytes.append(contentsOf: block[..<filled])
    }
  }
}

/// Runs a throwing body inside a closure that cannot throw this type.
func outcome(_ body: () throws(TranscriptError) -> Int) -> (count: Int, failure: TranscriptError?) {
  do throws(TranscriptError) { return (try body(), nil) } catch { return (0, error) }
}

/// The bytes as they lie on the disk, in the pipe or in memory.
final class RawSource {
  private enum Kind {
    case descriptor(Int32, owned: Bool)
    case memory([UInt8])
  }

  private let kind: Kind
  private let name: String
  private var head: [UInt8] = []
  /// How many bytes were handed out.
  private(set) var offset = 0

  init(_ input: TranscriptInput) throws(TranscriptError) {
    name = input.name
    switch input {
    case .bytes(let bytes, _): kind = .memory(bytes)
    case .standardInput: kind = .descriptor(0, owned: false)
    case .file(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .cannotOpen(file: path, reason: systemReason(errno)) }
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        close(descriptor)
        throw .cannotOpen(file: path, reason: "it is a directory")
      }
      kind = .descriptor(descriptor, owned: true)
    }
  }

  deinit {
    if case .descriptor(let descriptor, true) = kind { close(descriptor) }
  }

  /// The first bytes, kept for the next read; fewer only where the input ends.
  func peek(atLeast count: Int) throws(TranscriptError) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: count)
    while head.count < count {
      let (filled, failure) = block.withUnsafeMutableBufferPointer { buffer in
        outcome { () throws(TranscriptError) in try self.readDirectly(into: buffer) }
      }
      if let failure { throw failure }
      if filled == 0 { break }
      head.append(contentsOf: block[..<filled])
    }
    return head
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TranscriptError) -> Int {
    var count = 0
    if head.isEmpty {
      count = try readDirectly(into: buffer)
    } else {
      count = min(head.count, buffer.count)
      for index in 0..<count { buffer[index] = head[index] }
      head.removeFirst(count)
    }
    offset += count
    return count
  }

  /// Goes on at an offset; false where the system cannot.
  func seek(to offset: Int) -> Bool {
    switch kind {
    case .memory(let bytes): memoryUsed = min(offset, bytes.count)
    case .descriptor(let descriptor, _):
      guard lseek(descriptor, off_t(offset), SEEK_SET) == offset else { return false }
    }
    head = []
    self.offset = offset
    return true
  }

  /// True when ``read(into:)`` would wait.
  var wouldWait: Bool {
    guard head.isEmpty, case .descriptor(let descriptor, _) = kind else { return false }
    var query = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&query, 1, 0) == 0
  }

  private var memoryUsed = 0

  private func readDirectly(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TranscriptError) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    switch kind {
    case .memory(let bytes):
      let count = min(buffer.count, bytes.count - memoryUsed)
      bytes.withUnsafeBufferPointer { from in
        if let start = from.baseAddress { base.update(from: start + memoryUsed, count: count) }
      }
      memoryUsed += count
      return count
    case .descriptor(let descriptor, _):
      while true {
        let count = Glibc.read(descriptor, base, buffer.count)
        if count >= 0 { return count }
        let code = errno
        if code != EINTR { throw .cannotRead(file: name, offset: offset, reason: systemReason(code)) }
      }
    }
  }
}

/// The system's words for an error number.
func systemReason(_ code: Int32) -> String {
  guard let text = strerror(code) else { return "error \(code)" }
  return String(cString: text)
}

/// True for a file that can be opened twice with the same result.
func isRegularFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}
