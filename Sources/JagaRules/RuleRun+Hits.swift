internal import JagaCore
import JagaLexicon
import JagaText

extension RuleRun {
  /// True when a hit of a group is there.
  @inline(__always)
  func isPresent(_ group: Int) -> Bool { present[group >> 6] &>> UInt64(group & 63) & 1 != 0 }

  /// True when an entry belongs to a group.
  @inline(__always)
  private func isMember(_ hit: LexiconHit, of group: Int) -> Bool {
    rows[Int(entryRows[Int(hit.entry)]) &* stride &+ group >> 6] &>> UInt64(group & 63) & 1 != 0
  }

  /// The first hit of a group from a place on, or the number of hits.
  @inline(__always)
  private func next(of group: Int, from place: Int) -> Int {
    var place = place
    while place < hits.count, !isMember(hits[place], of: group) { place &+= 1 }
    return place
  }

  /// The first hit of a group that has all required attributes and none of the forbidden.
  func hit(_ instruction: RuleInstruction, _ rules: RuleSet, _ text: AnalyzedText) -> RuleTruth {
    let group = Int(instruction.a)
    let required = HitAttributes(rawValue: UInt8(truncatingIfNeeded: instruction.b))
    let forbidden = HitAttributes(rawValue: UInt8(truncatingIfNeeded: instruction.c))
    let asked = required.union(forbidden)
    if !asked.isEmpty { memory.context.read(asked, text, hits: hits, roles: rules.roles) }
    var place = next(of: group, from: 0)
    while place < hits.count {
      let attributes = asked.isEmpty ? [] : memory.context.attributes[place]
      if attributes.isSuperset(of: required), attributes.isDisjoint(with: forbidden) {
        return RuleTruth(holds: true, begin: hits[place].begin, end: hits[place].end)
      }
      place = next(of: group, from: place &+ 1)
    }
    return .no
  }

  /// Hits of several groups in order. For each group in turn, `chains[t]` says where a chain of hits that ends before token `t`
  /// began, so the cost is hits times distance, whatever the number of combinations.
  func sequence(_ instruction: RuleInstruction, _ rules: RuleSet, _ text: AnalyzedText) -> RuleTruth {
    let sequences = rules.sequences.buffer
    for offset in 0..<Int(instruction.b) where !isPresent(Int(sequences[Int(instruction.a) + offset])) { return .no }
    let places = text.count + 1
    memory.chains.removeAll(keepingCapacity: true)
    for offset in 0..<Int(instruction.b) {
      memory.nextChains.removeAll(keepingCapacity: true)
      for _ in 0..<places { memory.nextChains.append(-1) }
      var reached = false
      let group = Int(sequences[Int(instruction.a) + offset])
      var place = next(of: group, from: 0)
      while place < hits.count {
        let hit = hits[place]
        place = next(of: group, from: place &+ 1)
        let begin = offset == 0 ? hit.begin : memory.chain(endingBefore: hit.begin, within: instruction.c)
        guard begin >= 0 else { continue }
        reached = true
        // The shortest chain is the one to show.
        memory.nextChains[Int(hit.end)] = max(memory.nextChains[Int(hit.end)], begin)
      }
      guard reached else { return .no }
      swap(&memory.chains, &memory.nextChains)
    }
    for end in 0..<places where memory.chains[end] >= 0 {
      return RuleTruth(holds: true, begin: memory.chains[end], end: Int32(end))
    }
    return .no
  }

  /// Hits of two groups, at most some tokens apart. Both are met in the order of their begins, so one window moves over the second.
  func near(_ instruction: RuleInstruction) -> RuleTruth {
    let first = Int(instruction.a)
    let second = Int(instruction.b)
    guard isPresent(first), isPresent(second) else { return .no }
    var longest: Int32 = 0
    for hit in hits where isMember(hit, of: second) { longest = max(longest, hit.end - hit.begin) }
    var window = 0
    var left = next(of: first, from: 0)
    while left < hits.count {
      let hit = hits[left]
      while hits[window].begin + longest + instruction.c < hit.begin { window &+= 1 }
      var place = window
      while place < hits.count, hits[place].begin <= hit.end + instruction.c {
        let other = hits[place]
        if other.end + instruction.c >= hit.begin, place != left, isMember(other, of: second) {
          return RuleTruth(holds: true, begin: min(hit.begin, other.begin), end: max(hit.end, other.end))
        }
        place &+= 1
      }
      left = next(of: first, from: left &+ 1)
    }
    return .no
  }
}

extension RuleMemory {
  /// The begin of the nearest chain that ends at most `within` tokens before a token, or -1.
  func chain(endingBefore token: Int32, within: Int32) -> Int32 {
    var place = token
    while place >= 0, token - place <= within {
      if chains[Int(place)] >= 0 { return chains[Int(place)] }
      place -= 1
    }
    return -1
  }
}
