extension MaskDraft {
  /// Ends of addresses that children write; others are found by what stands around them.
  private static let domains: Set<String> = [
    "com", "net", "org", "id", "co", "me", "ly", "gg", "tv", "io", "app", "xyz", "site", "online", "link", "info", "my",
    "sg", "us", "uk", "be", "to", "cc", "club", "live", "shop", "store", "dev", "page", "chat", "vip", "top", "asia",
    "gl",
  ]
  private static let at: Set<String> = ["at", "et"]
  private static let dot: Set<String> = ["dot", "titik"]
  private static let apps: Set<String> = [
    "ig", "insta", "instagram", "tiktok", "tt", "wa", "whatsapp", "line", "telegram", "tele", "tg", "discord", "dc",
    "snap",
    "snapchat", "twitter", "fb", "facebook", "michat", "username", "user", "akun", "id",
  ]
  private static let owners: Set<String> = [
    "ku", "aku", "gue", "gw", "gua", "saya", "nya", "dia", "is", "adalah", "namanya",
  ]

  /// Links, e-mail addresses, and either spelled out with "at" and "titik".
  mutating func maskLinks() {
    for index in words.indices {
      let word = words[index]
      let small = word.small
      if small.contains("@"), !small.hasPrefix("@"), small != "@", small.split(separator: "@").count > 1 {
        mark(word.core, .email)
      } else if isLink(small) {
        mark(word.core, .link)
      }
    }
    for index in words.indices.dropFirst() { maskSpelledOut(at: index) }
  }

  private mutating func maskSpelledOut(at index: Int) {
    let word = words[index]
    func small(_ offset: Int) -> String {
      words.indices.contains(index + offset) ? words[index + offset].plain : ""
    }
    func range(_ from: Int, _ to: Int) -> Range<Int> {
      words[index + from].core.lowerBound..<words[index + to].core.upperBound
    }
    // budi at contoh titik com
    let isAt = word.small == "@" || MaskDraft.at.contains(word.plain)
    if isAt, MaskDraft.dot.contains(small(2)), MaskDraft.domains.contains(small(3)) {
      mark(range(-1, 3), .email)
    } else if isAt, index + 1 < words.count, isLink(words[index + 1].small) {
      unmark(words[index + 1].core)
      mark(range(-1, 1), .email)
    } else if MaskDraft.dot.contains(word.plain), MaskDraft.domains.contains(small(1)) {
      mark(range(-1, 1), .link)
    }
  }

  private func isLink(_ word: String) -> Bool {
    if word.contains("://") || word.hasPrefix("www.") { return true }
    // 'cek:contoh.com/x'
    let address = word.split { ":=(".contains($0) }.last.map(String.init) ?? word
    let host = address.prefix { !"/?#".contains($0) }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.count > 1,
      labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(MaskDraft.isHostByte) }),
      last.allSatisfy(\.isLetter)
    else { return false }
    return host.endIndex < address.endIndex || MaskDraft.domains.contains(String(last))
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
  }

  /// '@name', and what stands behind 'ig:' or 'ig aku'.
  mutating func maskHandles() {
    for index in words.indices {
      let word = words[index]
      if word.small.hasPrefix("@") {
        let isAlone = word.plain.isEmpty
        if !isAlone {
          mark(word.core, .handle)
        } else if index + 1 < words.count {
          mark(word.core.lowerBound..<words[index + 1].core.upperBound, .handle)
        }
      } else if word.small.contains(":") || word.small.contains("=") {
        let parts = word.small.split(maxSplits: 1) { ":=".contains($0) }
        if parts.count == 2, let first = parts.first, isApp(String(first)) {
          mark(word.core.lowerBound + first.unicodeScalars.count + 1..<word.core.upperBound, .handle)
        }
      } else if isApp(word.plain) {
        maskAccount(after: index)
      }
    }
  }

  /// 'ig', 'igku', 'ignya'.
  private func isApp(_ plain: String) -> Bool {
    if MaskDraft.apps.contains(plain) { return true }
    return ["ku", "nya"].contains { plain.hasSuffix($0) && MaskDraft.apps.contains(String(plain.dropLast($0.count))) }
  }

  private mutating func maskAccount(after index: Int) {
    let word = words[index]
    var isNamed = !MaskDraft.apps.contains(word.plain) || isFollowedByColon(word)
    var next = index + 1
    while next < words.count, MaskDraft.owners.contains(words[next].plain) || [":", "="].contains(words[next].small) {
      isNamed = true
      next += 1
    }
    guard isNamed, next < words.count, !NameWords.after.contains(words[next].plain) else { return }
    mark(words[next].core, .handle)
  }

  func isFollowedByColon(_ word: Word) -> Bool {
    scalars[word.core.upperBound..<word.whole.upperBound].contains(":")
  }
}
