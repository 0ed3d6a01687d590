internal import JagaCore

/// Which column of a table holds what.
struct CSVColumns {
  enum Column: Int, CaseIterable {
    case text, conversation, message, author, role, timestamp, language, labels

    /// The canonical name first, then others that are taken for it.
    var names: [String] {
      switch self {
      case .text: ["text", "message", "content", "body", "message_text", "teks", "pesan", "isi"]
      case .conversation:
        ["conversation_id", "conversation", "thread_id", "thread", "chat_id", "room_id", "room", "percakapan"]
      case .message: ["message_id", "id", "msg_id"]
      case .author: ["author_id", "author", "sender_id", "sender", "user_id", "user", "speaker", "from", "pengirim"]
      case .role: ["author_role", "role", "peran"]
      case .timestamp: ["timestamp", "time", "datetime", "date", "created_at", "sent_at", "waktu", "tanggal"]
      case .language: ["lang", "language", "bahasa"]
      case .labels: ["labels", "label"]
      }
    }
  }

  /// The place of each column, by ``Column/rawValue``.
  private var places: [Int?] = Array(repeating: nil, count: Column.allCases.count)
  /// How many fields a row has.
  let count: Int

  /// Reads a header row; nil when no column holds text. A canonical name wins over the other names of its column.
  init?(header: [String]) {
    let names = header.map { Self.plain($0) }
    count = names.count
    for column in Column.allCases {
      for name in column.names {
        guard let place = names.firstIndex(of: name), !places.contains(place) else { continue }
        places[column.rawValue] = place
        break
      }
    }
    if places[Column.text.rawValue] == nil { return nil }
  }

  subscript(column: Column) -> Int? { places[column.rawValue] }

  private static func plain(_ name: String) -> String {
    var result = ""
    for scalar in name.lowercased().unicodeScalars {
      if scalar == " " || scalar == "-" {
        result.unicodeScalars.append("_")
      } else if scalar != "\u{FEFF}" {
        result.unicodeScalars.append(scalar)
      }
    }
    while result.hasPrefix("_") { result.removeFirst() }
    while result.hasSuffix("_") { result.removeLast() }
    return result
  }

  /// Finds the separator of a table by its first line: the one that makes a header with a text column, and among those the
  /// one that makes most columns.
  static func sniff(_ line: UnsafeBufferPointer<UInt8>) -> (separator: UInt8, columns: CSVColumns)? {
    var best: (separator: UInt8, columns: CSVColumns)?
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      var parser = CSVParser(separator: separator)
      guard case .record = parser.parse(line, atEnd: true),
        let columns = CSVColumns(header: parser.strings(in: line))
      else { continue }
      if columns.count > best?.columns.count ?? 0 { best = (separator, columns) }
    }
    return best
  }
}
