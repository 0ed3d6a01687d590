/// What WhatsApp itself writes into an export, in Indonesian and in English. All in lower case.
enum WhatsAppPhrases {
  /// Whole texts that stand for a picture, a recording or a deleted message.
  static let mediaNotices: Set<String> = [
    "<media tidak disertakan>", "<media omitted>", "<tanpa media>", "null",
    "image omitted", "video omitted", "audio omitted", "sticker omitted", "gif omitted", "document omitted",
    "contact card omitted", "video note omitted", "media omitted",
    "gambar tidak disertakan", "foto tidak disertakan", "video tidak disertakan", "audio tidak disertakan",
    "stiker tidak disertakan", "gif tidak disertakan", "dokumen tidak disertakan", "kartu kontak tidak disertakan",
    "kontak tidak disertakan", "catatan video tidak disertakan", "media tidak disertakan",
    "pesan ini telah dihapus", "pesan ini dihapus", "anda menghapus pesan ini", "anda telah menghapus pesan ini",
    "this message was deleted", "you deleted this message", "this message was deleted by admin",
    "waiting for this message", "menunggu pesan ini",
  ]

  /// Endings of a line that names an attached file.
  static let attachmentEndings = [
    " (file terlampir)", " (file attached)", " document omitted", " dokumen tidak disertakan",
  ]

  /// Beginnings of `<attached: 0001-PHOTO.jpg>`.
  static let attachmentBrackets = ["<attached:", "<terlampir:"]

  /// What marks a text as edited, at its end.
  static let editMarks = ["<pesan ini diedit>", "<this message was edited>"]

  /// Texts of the service itself under somebody's name, as exports from iOS have them.
  static let notices = [
    "messages and calls are end-to-end encrypted", "messages to this group are now secured",
    "messages to this chat and calls are now secured", "pesan dan panggilan terenkripsi secara end-to-end",
    "pesan dan panggilan dienkripsi secara end-to-end", "pesan dan panggilan terenkripsi end-to-end",
  ]

  /// The same, but only behind a direction mark, since people could write them.
  static let markedNotices = [
    "missed voice call", "missed video call", "voice call", "video call", "panggilan suara", "panggilan video",
    "panggilan tak terjawab", "you created", "you added", "you removed", "you joined", "you left", "you changed",
    "anda membuat", "anda menambahkan", "anda mengeluarkan", "anda keluar", "anda mengubah", "anda bergabung",
    "your security code", "kode keamanan anda",
  ]

  /// What a notice without an author says between names: it may hold `: ` inside a quoted title.
  static let noticeVerbs = [
    " changed the subject", " changed the group", " changed this group", " created group", " mengubah subjek",
    " mengubah nama grup", " mengubah deskripsi grup", " mengganti subjek", " mengganti nama grup", " membuat grup",
  ]
}

/// What a text turns out to be.
enum WhatsAppBody: Equatable {
  case text
  case noText
  case notice
  /// An attachment with words; they begin after this many bytes.
  case caption(Int)
}

extension WhatsAppPhrases {
  /// Judges a text. `marked`: a direction mark stands before it, as WhatsApp sets it before its own words.
  static func judge(_ text: [UInt8], marked: Bool) -> WhatsAppBody {
    let lineEnd = text.firstIndex(of: 0x0A) ?? text.count
    guard lineEnd <= 400 else { return .text }
    var line = String(decoding: text[..<lineEnd], as: UTF8.self).lowercased()
    while line.hasSuffix(" ") || line.hasSuffix("\r") { line.removeLast() }
    if notices.contains(where: { line.hasPrefix($0) }) { return .notice }
    if marked, markedNotices.contains(where: { line.hasPrefix($0) }) { return .notice }
    var bare = line
    if bare.hasSuffix(".") { bare.removeLast() }
    let isAttachment =
      mediaNotices.contains(bare)
      || attachmentEndings.contains { line.hasSuffix($0) && isFileName(line, before: $0, marked) }
      || attachmentBrackets.contains { line.hasPrefix($0) && line.hasSuffix(">") }
    guard isAttachment else { return .text }
    return text[lineEnd...].contains { $0 > 0x20 } ? .caption(lineEnd + 1) : .noText
  }

  /// True when what stands before the ending is one file name (with a dot), or anything behind a direction mark.
  private static func isFileName(_ line: String, before ending: String, _ marked: Bool) -> Bool {
    marked || line.dropLast(ending.count).contains(".")
  }

  /// True when what seems to be a name is the beginning of a notice with a colon in a quoted title.
  static func isNotice(author: UnsafeBufferPointer<UInt8>) -> Bool {
    guard author.contains(0x22) || author.contains(0xE2) else { return false }
    let name = String(decoding: author, as: UTF8.self).lowercased()
    return noticeVerbs.contains { name.contains($0) }
  }

  /// The length of a text without the mark that it was edited.
  static func unedited(_ text: [UInt8]) -> Int {
    guard text.last == 0x3E, let open = text.lastIndex(of: 0x3C) else { return text.count }
    let mark = String(decoding: text[open...], as: UTF8.self).lowercased()
    return editMarks.contains(mark) ? open : text.count
  }
}
