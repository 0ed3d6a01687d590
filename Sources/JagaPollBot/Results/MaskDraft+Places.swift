/// Where somebody lives and which school they go to: what a word such as "jl." or "SMPN" announces, with the numbers beside it.
extension MaskDraft {
  /// 'Jl. Mawar no 3 rt 01/rw 02', 'gang 5', 'blok C no 1', '12 Mango Street'. 'Jalan' needs a name with a capital or a number: one also walks.
  mutating func maskAddresses() {
    var index = 0
    while index < words.count {
      let plain = words[index].plain
      let isStreet =
        PlaceWords.streets.contains(plain) || PlaceWords.streets.contains { words[index].small.hasPrefix($0 + ".") }
      if isStreet || (PlaceWords.ways.contains(plain) && isNamed(index + 1)) || isDistrict(at: index) {
        index = maskPlace(from: index, to: index, .address)
      } else if PlaceWords.roads.contains(plain), let first = start(ofRoad: index) {
        index = maskPlace(from: first, to: index, .address, names: 0)
      } else {
        index += 1
      }
    }
  }

  /// 'SMP N 3 Kota', 'SMAN 5', 'sd negeri 1', 'SMA Harapan', 'mango high school'. 'Kelas 2 SMP' and 'waktu sd' stay.
  mutating func maskSchools() {
    var index = 0
    while index < words.count {
      let plain = words[index].plain
      let kind = String(plain.prefix { !$0.isNumber })
      let isJoined = kind.count < plain.count && kind.allSatisfy(\.isLetter)
      if PlaceWords.schools.contains(kind), isJoined || isSchoolName(after: index) {
        index = maskPlace(from: index, to: index, .school)
      } else if plain == "school" || plain == "academy", let first = start(ofSchool: index) {
        index = maskPlace(from: first, to: index, .school, names: 0)
      } else {
        index += 1
      }
    }
  }

  /// Marks words with the numbers before them, and what follows: numbers, what announces them, and as many words of a name as may be.
  /// Numbers go whole: half of one would keep the other half from being found.
  private mutating func maskPlace(from first: Int, to last: Int, _ kind: TextMask.Kind, names: Int = 2) -> Int {
    var (first, last) = (first, last)
    while first > 0, hasDigit(first - 1), !pauses(after: words[first - 1]) { first -= 1 }
    var limit = names
    while last + 1 < words.count, !isMarked(words[last + 1].core) {
      let next = words[last + 1]
      if !hasDigit(last + 1), !PlaceWords.parts.contains(next.plain) {
        // A name ends with a stop, but for the "jl." that announces it.
        if limit == 0 || NameWords.after.contains(next.plain) || PlaceWords.stops.contains(next.plain) { break }
        if pauses(after: words[last]), !PlaceWords.streets.contains(words[last].plain) { break }
        limit -= 1
      } else if PlaceWords.blocks.contains(next.plain) {
        // 'blok c'
        limit = max(limit, 1)
      }
      last += 1
    }
    mark(words[first].core.lowerBound..<words[last].core.upperBound, kind)
    return last + 1
  }

  private func hasDigit(_ index: Int) -> Bool {
    words.indices.contains(index) && words[index].plain.contains { $0.isNumber }
  }

  private func hasCapital(_ index: Int) -> Bool {
    words.indices.contains(index) && scalars[words[index].core.lowerBound].properties.isUppercase
      && words[index].plain.contains { $0.isLetter }
  }

  /// A capital says nothing where all are capitals.
  private func isNamed(_ index: Int) -> Bool {
    guard words.indices.contains(index), !NameWords.after.contains(words[index].plain) else { return false }
    return hasDigit(index) || hasCapital(index) && !pauses(after: words[index - 1])
  }

  /// 'rt 03', 'rt/rw 03/05', 'rt03', 'blok c no 1'.
  private func isDistrict(at index: Int) -> Bool {
    let plain = words[index].plain
    if plain == "rtrw" { return true }
    if ["rt", "rw"].contains(plain) { return hasDigit(index + 1) }
    if plain.hasPrefix("rt") || plain.hasPrefix("rw"), plain.count > 2 {
      return plain.dropFirst(2).replacing("rw", with: "").allSatisfy(\.isNumber)
    }
    guard PlaceWords.blocks.contains(plain) else { return false }
    return hasDigit(index + 1) || words.indices.contains(index + 2) && ["no", "nomor"].contains(words[index + 2].plain)
  }

  /// The number before a street: '12 Mango Street'. Without one it may be any street.
  private func start(ofRoad index: Int) -> Int? {
    for first in stride(from: index - 1, through: max(index - 3, 0), by: -1) {
      if first < 0 || pauses(after: words[first]) { return nil }
      if hasDigit(first), first < index - 1 { return first }
      if NameWords.after.contains(words[first].plain) || PlaceWords.stops.contains(words[first].plain) { return nil }
    }
    return nil
  }

  private func isSchoolName(after index: Int) -> Bool {
    guard words.indices.contains(index + 1), !pauses(after: words[index]) else { return false }
    let next = words[index + 1].plain
    if PlaceWords.owners.contains(next) { return next.count > 1 || hasDigit(index + 2) }
    if hasDigit(index + 1) {
      // 'SMP 2 tahun lalu' tells a time.
      return next.count <= 3
        && !(words.indices.contains(index + 2) && PlaceWords.counted.contains(words[index + 2].plain))
    }
    return hasCapital(index + 1) && !isShouted && !NameWords.after.contains(next)
  }

  /// Everything is in capitals, so that they name nothing.
  private var isShouted: Bool {
    !scalars.contains { $0.properties.isLowercase }
  }

  /// The name before 'school', with 'high' and the like between.
  private func start(ofSchool index: Int) -> Int? {
    var first = index
    while first > 0, PlaceWords.levels.contains(words[first - 1].plain) { first -= 1 }
    let isLevelled = first < index
    var names = 0
    while first > 0, names < 3, hasCapital(first - 1), !isShouted,
      !PlaceWords.stops.contains(words[first - 1].plain),
      !pauses(after: words[first - 1])
    {
      first -= 1
      names += 1
    }
    if names == 0, isLevelled, first > 0, !PlaceWords.stops.contains(words[first - 1].plain),
      !NameWords.after.contains(words[first - 1].plain), !pauses(after: words[first - 1])
    {
      first -= 1
      names = 1
    }
    return names > 0 ? first : nil
  }
}

/// Words around places.
enum PlaceWords {
  static let streets: Set<String> = ["jl", "jln"]
  /// Streets only with a name or a number.
  static let ways: Set<String> = [
    "jalan", "gang", "gg", "perum", "perumahan", "komplek", "kompleks", "dusun", "kampung", "desa",
  ]
  static let roads: Set<String> = ["street", "st", "road", "rd", "avenue", "ave", "lane", "drive"]
  static let blocks: Set<String> = ["blok", "blk", "block", "kavling", "kav"]
  /// Parts of an address or of a school's name.
  static let parts: Set<String> = [
    "no", "nomor", "nomer", "rt", "rw", "rtrw", "blok", "blk", "kav", "gang", "gg", "lantai", "n", "negeri", "swasta",
  ]
  static let schools: Set<String> = [
    "sd", "sdn", "smp", "smpn", "sltp", "sma", "sman", "smu", "smk", "smkn", "slb", "slbn", "mts", "mtsn", "man", "min",
    "ponpes", "pesantren",
  ]
  static let owners: Set<String> = ["n", "negeri", "swasta", "islam", "kristen", "katolik", "muhammadiyah", "al", "it"]
  static let levels: Set<String> = [
    "high", "elementary", "primary", "secondary", "middle", "junior", "senior", "public",
  ]
  /// What is counted is no number of a school.
  static let counted: Set<String> = [
    "tahun", "thn", "taun", "bulan", "bln", "hari", "minggu", "kali", "orang", "anak", "jam", "years", "year", "times",
    "people",
  ]
  /// What ends a name, or stands before none.
  static let stops: Set<String> = [
    "my", "our", "the", "a", "an", "at", "in", "to", "of", "his", "her", "their", "your", "is", "was", "this", "that",
    "for",
    "deket", "dekat", "depan", "belakang", "samping", "rumahku", "rumah", "sekolahku", "kalau", "kalo", "every",
    "after", "before",
    "pas", "waktu", "jadi", "banyak", "new", "old", "during", "since", "go", "went", "online", "favorit", "juga", "aja",
    "ya", "yah",
  ]
}
