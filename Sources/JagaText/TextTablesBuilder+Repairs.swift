internal import JagaCore

/// What an unknown word may be a slip or a disguise of. Both keys live in the word index beside the words, in hash spaces of their own.
enum RepairKey {
  private static let skeletonSpace: UInt64 = 0x536B_656C
  private static let lettersSpace: UInt64 = 0x4C65_7474
  private static let letterHashes = (UInt64(97)...122).map { combinedHash(lettersSpace, $0) }
  /// Shorter words have too many neighbours.
  static let shortest = 4
  /// Longer ones are left alone.
  static let longest = 24
  /// A skeleton of fewer letters fits too many words.
  static let shortestSkeleton = 3

  /// The key of a word that has lost its vowels after the first letter; nil while it has one.
  @inline(__always)
  static func skeleton(_ word: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard word.count >= shortestSkeleton, word.count <= longest else { return nil }
    for index in 1..<word.count where isVowel(word[index]) { return nil }
    return combinedHash(skeletonSpace, tokenHash(word))
  }

  /// The key that a word shares with all orders of its letters: a sum that no order changes.
  @inline(__always)
  static func letters(_ word: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard word.count >= shortest, word.count <= longest else { return nil }
    var sum: UInt64 = 0
    let hashes = letterHashes
    for byte in word {
      guard byte &- 97 < 26 else { return nil }
      sum &+= hashes[Int(byte &- 97)]
    }
    return combinedHash(lettersSpace, sum)
  }

  @inline(__always)
  static func isVowel(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
    default: false
    }
  }

  /// True when two words of one length differ by one swap of neighbours.
  @inline(__always)
  static func isSwap(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard let first = left.indices.first(where: { left[$0] != right[$0] }), first + 1 < left.count,
      left[first] == right[first + 1], left[first + 1] == right[first]
    else { return false }
    return (first + 2..<left.count).allSatisfy { left[$0] == right[$0] }
  }
}

extension TextTablesBuilder {
  /// Keys of words without their vowels and of letters in any order, each with the one word that it stands for. A key that fits several
  /// words stands for the one that matters most: words of phrases first, then by the number of chat forms; a tie stands for none.
  func repairs() -> [UInt64: String] {
    var weights: [String: Int] = [:]
    for (word, info) in bits where info & 31 != 0 { weights[word] = 0 }
    for words in slang.values {
      for word in words { weights[word, default: 0] += 1 }
    }
    for word in phraseWords { weights[word, default: 0] += 100 }
    var best: [UInt64: (word: String, weight: Int, isTied: Bool)] = [:]
    func offer(_ key: UInt64?, _ word: String, _ weight: Int) {
      guard let key else { return }
      guard let rival = best[key], rival.word != word else {
        best[key] = (word, weight, false)
        return
      }
      if weight > rival.weight {
        best[key] = (word, weight, false)
      } else if weight == rival.weight {
        best[key]?.isTied = true
      }
    }
    for (word, weight) in weights.sorted(by: { $0.key < $1.key }) {
      let letters = Array(word.utf8)
      guard letters.count >= RepairKey.shortest, letters.count <= RepairKey.longest,
        letters.allSatisfy({ $0 &- 97 < 26 })
      else { continue }
      letters.withUnsafeBufferPointer { offer(RepairKey.letters($0), word, weight) }
      let skeleton = letters.enumerated().filter { $0.offset == 0 || !RepairKey.isVowel($0.element) }.map(\.element)
      guard skeleton.count < letters.count else { continue }
      let bare = String(decoding: skeleton, as: UTF8.self)
      // A form that means something by itself is no slip.
      guard weights[bare] == nil, slang[bare] == nil else { continue }
      skeleton.withUnsafeBufferPointer { offer(RepairKey.skeleton($0), word, weight) }
    }
    // A word of phrases or of chat forms that no list knows must not pass for a slip of a weightier one.
    for word in weights.keys where bits[word, default: 0] & 127 == 0 && slang[word] == nil {
      let letters = Array(word.utf8)
      letters.withUnsafeBufferPointer { letters in
        guard let key = RepairKey.letters(letters), let rival = best[key]?.word, rival != word else { return }
        let isSlip = Array(rival.utf8).withUnsafeBufferPointer { RepairKey.isSwap(letters, $0) }
        if isSlip { best[key]?.isTied = true }
      }
    }
    return best.filter { !$0.value.isTied }.mapValues(\.word)
  }
}
