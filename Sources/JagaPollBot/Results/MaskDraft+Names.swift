extension MaskDraft {
  /// What stands behind "nama saya", "panggil aku", "my name is" and the like: up to three words with capitals, else up to two.
  mutating func maskNames() {
    var index = 0
    while index < words.count {
      guard let first = nameStart(at: index) else {
        index += 1
        continue
      }
      index = max(maskName(from: first), index + 1)
    }
  }

  /// The word at which a name begins that this word announces.
  private func nameStart(at index: Int) -> Int? {
    func plain(_ offset: Int) -> String {
      words.indices.contains(index + offset) ? words[index + offset].plain : ""
    }
    var next: Int
    switch plain(0) {
    case let word where NameWords.announcing.contains(word): next = index + 1
    case "name", "nickname":
      let isOwned = NameWords.owners.contains(plain(-1))
      let isSaid = plain(1) == "is" || plain(1) == "was" || isFollowedByColon(words[index])
      guard isOwned || isSaid else { return nil }
      next = index + 1
    case "names" where NameWords.owners.contains(plain(-1)): next = index + 1
    case "called" where plain(-1) == "im" || plain(-2) == "i" && plain(-1) == "am": next = index + 1
    case "call" where plain(1) == "me", "known" where plain(1) == "as": next = index + 2
    case "panggil" where NameWords.me.contains(plain(1)), "kenalin" where NameWords.me.contains(plain(1)),
      "perkenalkan" where NameWords.me.contains(plain(1)):
      next = index + 2
    case "dipanggil" where NameWords.often.contains(plain(-1)): next = index + 1
    default: return nil
    }
    while next < words.count, NameWords.between.contains(words[next].plain) || words[next].plain.isEmpty { next += 1 }
    return next < words.count ? next : nil
  }

  /// Masks a name; returns the word after it.
  private mutating func maskName(from first: Int) -> Int {
    var next = first
    var limit = 2
    while next < words.count, next - first < limit {
      let word = words[next]
      guard !NameWords.after.contains(word.plain), !isMarked(word.core), isName(word) else { break }
      if next == first, scalars[word.core.lowerBound].properties.isUppercase { limit = 3 }
      if limit == 3, next > first, !scalars[word.core.lowerBound].properties.isUppercase { break }
      next += 1
      if pauses(after: word) { break }
    }
    guard next > first else { return first }
    mark(words[first].core.lowerBound..<words[next - 1].core.upperBound, .name)
    return next
  }

  private func isName(_ word: Word) -> Bool { word.plain.contains { $0.isLetter } }
}

/// Words around names.
enum NameWords {
  static let announcing: Set<String> = [
    "nama", "namaku", "namaq", "namanya", "namakuu", "nm", "nmku", "bernama", "namamu",
  ]
  static let owners: Set<String> = ["my", "his", "her", "their", "the"]
  static let me: Set<String> = ["aku", "saya", "gue", "gw", "gua", "sy", "aq", "aja", "saja", "nama"]
  static let often: Set<String> = ["biasa", "sering", "suka", "akrab"]
  /// Between the announcement and the name.
  static let between: Set<String> = [
    "saya", "aku", "ku", "gue", "gua", "gw", "sy", "aq", "dia", "nya", "adalah", "itu", "ialah", "yaitu", "is", "was",
    "ya",
    "panggilan", "panggilanku", "lengkap", "lengkapku", "asli", "asliku", "aslinya", "aja", "saja", "si", "called",
    "full",
    "first", "real", "just", "kakak", "temanku", "teman", "pacarku", "pacar", "orangnya", "orang", "pelaku", "nama",
    "namaku",
  ]
  /// What begins something else.
  static let after: Set<String> = [
    "umur", "umurku", "usia", "kelas", "dari", "tinggal", "aku", "saya", "dan", "yang", "yg", "di", "ke", "sekolah",
    "suka",
    "mau", "pengen", "ingin", "cewek", "cowok", "anak", "lagi", "sudah", "udah", "belum", "tidak", "gak", "ga", "nggak",
    "kena", "ada", "karena", "tapi", "terus", "dia", "itu", "ini", "wa", "ig", "no", "nomor", "nomer", "hp", "and", "i",
    "im",
    "from", "but", "age", "aged", "who", "in", "at", "my", "he", "she", "they", "please", "because", "not", "so",
    "when",
    "if", "later", "back", "tolong", "kak", "sering", "pernah", "punya", "bisa", "harus", "dengan", "sama", "the",
    "with",
    "dihack", "diblokir", "hacked",
  ]
}
