internal import JagaCore
import JagaLexicon
import JagaText

extension RuleSet {
  /// The first hit of a group that has all required attributes and none of the forbidden.
  func hit(
    _ instruction: RuleInstruction, _ text: AnalyzedText, _ hits: [LexiconHit], _ scratch: inout RuleScratch
  ) -> RuleScratch.Truth {
    var place = scratch.heads[Int(instruction.a)]
    let required = HitAttributes(rawValue: UInt8(truncatingIfNeeded: instruction.b))
    let forbidden = HitAttributes(rawValue: UInt8(truncatingIfNeeded: instruction.c))
    let asksContext = !required.isEmpty || !forbidden.isEmpty
    if asksContext, place >= 0, !scratch.hasContext {
      scratch.context.read(text, hits: hits, roles: roles)
      scratch.hasContext = true
    }
    while place >= 0 {
      let link = scratch.links[Int(place)]
      let hit = hits[Int(link.hit)]
      let attributes = asksContext ? scratch.context.attributes[Int(link.hit)] : []
      if attributes.isSuperset(of: required), attributes.isDisjoint(with: forbidden) {
        return RuleScratch.Truth(holds: true, begin: hit.begin, end: hit.end)
      }
      place = link.next
    }
    return .no
  }

  /// Hits of several groups in order. For each group in turn, `chains[t]` says where a chain of hits that ends before token `t`
  /// began, so the cost is hits times distance, whatever the number of combinations.
  func sequence(
    _ instruction: RuleInstruction, _ text: AnalyzedText, _ hits: [LexiconHit], _ scratch: inout RuleScratch
  ) -> RuleScratch.Truth {
    for offset in 0..<Int(instruction.b)
    where scratch.heads[Int(sequences[Int(instruction.a) + offset])] < 0 { return .no }
    let places = text.count + 1
    scratch.chains.removeAll(keepingCapacity: true)
    for offset in 0..<Int(instruction.b) {
      scratch.nextChains.removeAll(keepingCapacity: true)
      for _ in 0..<places { scratch.nextChains.append(-1) }
      var reached = false
      var place = scratch.heads[Int(sequences[Int(instruction.a) + offset])]
      while place >= 0 {
        let link = scratch.links[Int(place)]
        place = link.next
        let hit = hits[Int(link.hit)]
        let begin = offset == 0 ? hit.begin : scratch.chain(endingBefore: hit.begin, within: instruction.c)
        guard begin >= 0 else { continue }
        reached = true
        // The shortest chain is the one to show.
        scratch.nextChains[Int(hit.end)] = max(scratch.nextChains[Int(hit.end)], begin)
      }
      guard reached else { return .no }
      swap(&scratch.chains, &scratch.nextChains)
    }
    for end in 0..<places where scratch.chains[end] >= 0 {
      return RuleScratch.Truth(holds: true, begin: scratch.chains[end], end: Int32(end))
    }
    return .no
  }

  /// Hits of two groups, at most some tokens apart. Both lists are sorted by begin, so one window moves over the second.
  func near(_ instruction: RuleInstruction, _ hits: [LexiconHit], _ scratch: RuleScratch) -> RuleScratch.Truth {
    var left = scratch.heads[Int(instruction.a)]
    var window = scratch.heads[Int(instruction.b)]
    guard left >= 0, window >= 0 else { return .no }
    var longest: Int32 = 0
    var place = window
    while place >= 0 {
      let hit = hits[Int(scratch.links[Int(place)].hit)]
      longest = max(longest, hit.end - hit.begin)
      place = scratch.links[Int(place)].next
    }
    while left >= 0 {
      let link = scratch.links[Int(left)]
      let hit = hits[Int(link.hit)]
      while window >= 0, hits[Int(scratch.links[Int(window)].hit)].begin + longest + instruction.c < hit.begin {
        window = scratch.links[Int(window)].next
      }
      place = window
      while place >= 0 {
        let otherLink = scratch.links[Int(place)]
        let other = hits[Int(otherLink.hit)]
        if other.begin > hit.end + instruction.c { break }
        if otherLink.hit != link.hit, other.end + instruction.c >= hit.begin {
          return RuleScratch.Truth(holds: true, begin: min(hit.begin, other.begin), end: max(hit.end, other.end))
        }
        place = otherLink.next
      }
      left = link.next
    }
    return .no
  }
}

extension RuleScratch {
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
