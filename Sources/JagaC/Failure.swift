internal import CJaga
internal import JagaScoring
internal import JagaTranscripts

/// Why a call fails; the numbers of its statuses are those of jaga.h.
enum Failure: Error {
  case model(BundleError)
  case null(String)
  case range(String, allowed: String)
  case unknownFormat(String)
  case offsets(row: Int)
  case tooLong(what: String, row: Int)
  case schema(String)
  case array(String)
  case state(ConversationState.DecodingError)
  case reading(TranscriptError)
  case memory(bytes: Int)

  /// A jaga_status.
  var status: Int32 {
    switch self {
    case .model: 1
    case .null, .range, .unknownFormat: 2
    case .offsets, .tooLong, .schema, .array: 3
    case .state: 4
    case .reading(.malformed): 3
    case .reading: 5
    case .memory: 6
    }
  }

  /// One sentence with its remedy.
  var sentence: String {
    switch self {
    case .model(let error): error.description
    case .null(let name): "'\(name)' is NULL; pass a pointer to what jaga.h says"
    case .range(let name, let allowed): "'\(name)' is out of its range; pass \(allowed)"
    case .unknownFormat(let name):
      "'\(name)' is not a format; pass NULL or one of "
        + TranscriptFormat.allCases.map(\.name).joined(separator: ", ")
    case .offsets(let row): "row \(row): the offsets are negative or run backwards; pass count + 1 rising offsets"
    case .tooLong(let what, let row): "row \(row): the \(what) is longer than 1 GiB; split it"
    case .schema(let what): "the Arrow schema \(what)"
    case .array(let what): "the Arrow array \(what)"
    case .state(.otherModel(let found)):
      "the state was made by the model '\(found)'; restore it under that model, or begin the conversation afresh"
    case .state(.otherVersion(let found)):
      "the state has version \(found), which this library does not read; begin the conversation afresh"
    case .state(.damaged): "the state is damaged; begin the conversation afresh"
    case .reading(let error): "\(error)"
    case .memory(let bytes): "no memory for \(bytes) bytes; pass fewer rows at once"
    }
  }
}

/// Runs the body of a call; a failure becomes its status and this thread's sentence.
func guarded(_ body: () throws(Failure) -> Void) -> Int32 {
  do throws(Failure) {
    try body()
    return 0
  } catch {
    var sentence = error.sentence
    sentence.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        if let base = characters.baseAddress { cjaga_keep_error(base, characters.count) }
      }
    }
    return error.status
  }
}

/// Texts and ids that are longer are refused.
let longestText = 1 << 30

/// Bytes that a caller passed; NULL is right when there are none.
func borrowed(
  _ pointer: UnsafeRawPointer?, _ count: Int, _ name: String
) throws(Failure) -> UnsafeBufferPointer<UInt8> {
  guard count >= 0, count <= longestText else { throw .tooLong(what: name, row: 0) }
  guard count > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
  guard let pointer else { throw .null(name) }
  return UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: UInt8.self), count: count)
}
