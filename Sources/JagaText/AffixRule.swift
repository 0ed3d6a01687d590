/// One prefix of colloquial or standard Indonesian, and the sound change that it makes.
struct AffixRule: Sendable {
  let prefix: [UInt8]
  /// The letter that the prefix swallowed, put back before the rest; 0 for none.
  let restored: UInt8
  /// Letters that may come next, as bits from `a`; all for any.
  let next: UInt32
  /// The shortest root that counts.
  let shortestRoot: Int
  /// Inflects borrowed words too (`ngechat`, `di-block`).
  let takesEnglish: Bool

  private init(
    _ prefix: String, restoring restored: Character? = nil, before next: String = "", shortestRoot: Int = 3,
    takesEnglish: Bool = false
  ) {
    self.prefix = Array(prefix.utf8)
    self.restored = restored?.asciiValue ?? 0
    self.next = next.isEmpty ? .max : AffixRule.letters(next)
    self.shortestRoot = shortestRoot
    self.takesEnglish = takesEnglish
  }

  static func letters(_ letters: String) -> UInt32 {
    letters.utf8.reduce(0) { $0 | 1 << UInt32(($1 &- 97) & 31) }
  }

  private static let vowels = "aeiou"

  /// In the order in which they are tried: the first that ends on a root wins.
  static let all: [AffixRule] = [
    // Plain prefixes.
    AffixRule("di", shortestRoot: 2, takesEnglish: true), AffixRule("ku"), AffixRule("kau"),
    AffixRule("ke", takesEnglish: true), AffixRule("se"), AffixRule("ber"), AffixRule("be", before: "rlk"),
    AffixRule("ter", takesEnglish: true), AffixRule("te", before: "r"), AffixRule("per"),
    // Colloquial nasals.
    AffixRule("nge", shortestRoot: 2, takesEnglish: true), AffixRule("ng", before: vowels + "gh", takesEnglish: true),
    AffixRule("ng", restoring: "k", before: vowels), AffixRule("ny", restoring: "s", before: vowels),
    AffixRule("ny", restoring: "c", before: vowels), AffixRule("n", restoring: "t", before: vowels),
    AffixRule("n", before: "djctz"), AffixRule("m", restoring: "p", before: vowels), AffixRule("m", before: "bp"),
    // meN-.
    AffixRule("me", before: "lrmnwy"), AffixRule("mem", before: "bpfv", takesEnglish: true),
    AffixRule("mem", restoring: "p", before: vowels), AffixRule("men", before: "dcjztsk"),
    AffixRule("men", restoring: "t", before: vowels), AffixRule("meny", restoring: "s", before: vowels),
    AffixRule("meng", before: vowels + "ghkq", takesEnglish: true), AffixRule("meng", restoring: "k", before: vowels),
    AffixRule("menge", takesEnglish: true), AffixRule("memper"),
    // peN-.
    AffixRule("pe", before: "lrmnwyktsdgj"), AffixRule("pem", before: "bpf"),
    AffixRule("pem", restoring: "p", before: vowels), AffixRule("pen", before: "dcjz"),
    AffixRule("pen", restoring: "t", before: vowels), AffixRule("peny", restoring: "s", before: vowels),
    AffixRule("peng", before: vowels + "ghk"), AffixRule("peng", restoring: "k", before: vowels), AffixRule("penge"),
    // Two prefixes.
    AffixRule("diper"), AffixRule("dike"), AffixRule("dise"), AffixRule("keber"), AffixRule("keter"), AffixRule("kese"),
    AffixRule("seper"), AffixRule("sepe"), AffixRule("seke"), AffixRule("berke"), AffixRule("berse"),
    AffixRule("berpe"),
    AffixRule("kenge"),
  ]
}

/// The rules in a form that is quick to try: those of a first letter side by side, in the order of ``AffixRule/all``.
struct AffixTable: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The prefix in the lowest bytes, and the bits that it takes.
    var prefix: UInt64
    var mask: UInt64
    var length: Int
    var restored: UInt8
    var takesEnglish: Bool
    var next: UInt32
    var shortestRoot: Int
  }

  private let entries: UnsafeMutablePointer<Entry>
  /// The rules of letter `i` are entries `starts[i]..<starts[i + 1]`.
  private let starts: UnsafeMutablePointer<Int>

  init() {
    entries = .allocate(capacity: AffixRule.all.count)
    starts = .allocate(capacity: 27)
    var count = 0
    for letter in 0..<26 {
      starts[letter] = count
      for rule in AffixRule.all where rule.prefix[0] == UInt8(97 + letter) {
        var prefix: UInt64 = 0
        for (place, byte) in rule.prefix.enumerated() { prefix |= UInt64(byte) << UInt64(place * 8) }
        (entries + count).initialize(
          to: Entry(
            prefix: prefix, mask: (1 << UInt64(rule.prefix.count * 8)) - 1, length: rule.prefix.count,
            restored: rule.restored, takesEnglish: rule.takesEnglish, next: rule.next,
            shortestRoot: rule.shortestRoot))
        count += 1
      }
    }
    starts[26] = count
  }

  deinit {
    entries.deallocate()
    starts.deallocate()
  }

  /// The rules whose prefix begins with a letter.
  @inline(__always)
  func rules(of first: UInt8) -> UnsafeBufferPointer<Entry> {
    let letter = Int(first &- 97)
    guard letter < 26 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: entries + starts[letter], count: starts[letter + 1] - starts[letter])
  }
}
