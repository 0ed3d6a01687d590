internal import JagaCore
public import JagaLexicon
public import JagaText

extension RuleSet {
  /// Step one. Rules that hold are appended to `findings`, in the order of their numbers; those that still need earlier messages
  /// to `pending`. Returns the marks that this message leaves for later ones.
  ///
  /// Cost: linear in hits, plus the programs of those rules that one of the hits could make hold. Allocates nothing once the
  /// scratch has grown. `hits` must come from the lexicon that the rules were compiled over.
  public func evaluate(
    _ text: AnalyzedText, hits: [LexiconHit], scratch: inout RuleScratch, into findings: inout [RuleFinding],
    pending: inout [RuleFinding]
  ) -> HistoryMarks {
    var marks = HistoryMarks()
    scratch.reset(groups: groupCount, rules: count)
    for index in stride(from: hits.count - 1, through: 0, by: -1) { link(hits[index], at: index, &scratch) }
    for group in scratch.touched {
      marks.formUnion(low: groupMarks[2 * Int(group)], high: groupMarks[2 * Int(group) + 1])
      for place in Int(triggerOffsets[Int(group)])..<Int(triggerOffsets[Int(group) + 1]) {
        scratch.candidates[Int(triggers[place]) >> 6] |= 1 << UInt64(triggers[place] & 63)
      }
    }
    for rule in always.buffer { scratch.candidates[Int(rule) >> 6] |= 1 << UInt64(rule & 63) }
    for word in scratch.candidates.indices {
      var bits = scratch.candidates[word]
      while bits != 0 {
        let rule = word << 6 + bits.trailingZeroBitCount
        bits &= bits - 1
        let truth = run(rule, text, hits, &scratch)
        guard truth.holds else { continue }
        let finding = RuleFinding(rule: UInt32(rule), begin: truth.begin, end: truth.end)
        if needsHistory(UInt32(rule)) {
          pending.append(finding)
        } else {
          findings.append(finding)
          marks.formUnion(low: ruleMarks[2 * rule], high: ruleMarks[2 * rule + 1])
        }
      }
    }
    return marks
  }

  /// The same with working memory of its own; for tests and tools.
  public func evaluate(
    _ text: AnalyzedText, hits: [LexiconHit], into findings: inout [RuleFinding], pending: inout [RuleFinding]
  ) -> HistoryMarks {
    var scratch = RuleScratch()
    return evaluate(text, hits: hits, scratch: &scratch, into: &findings, pending: &pending)
  }

  /// What surrounds each hit; for tests, listings and explanations.
  public func attributes(of hits: [LexiconHit], in text: AnalyzedText) -> [HitAttributes] {
    var context = HitContext()
    context.read(text, hits: hits, roles: roles)
    return context.attributes
  }

  private func link(_ hit: LexiconHit, at index: Int, _ scratch: inout RuleScratch) {
    for place in Int(groupOffsets[Int(hit.entry)])..<Int(groupOffsets[Int(hit.entry) + 1]) {
      let group = Int(groups[place])
      if scratch.heads[group] < 0 { scratch.touched.append(UInt32(group)) }
      scratch.links.append(RuleScratch.Link(hit: Int32(index), next: scratch.heads[group]))
      scratch.heads[group] = Int32(scratch.links.count - 1)
    }
  }

  /// Runs the program of a rule.
  private func run(
    _ rule: Int, _ text: AnalyzedText, _ hits: [LexiconHit], _ scratch: inout RuleScratch
  ) -> RuleScratch.Truth {
    scratch.stack.removeAll(keepingCapacity: true)
    for index in Int(programOffsets[rule])..<Int(programOffsets[rule + 1]) {
      let instruction = instructions[index]
      guard let operation = RuleOperation(rawValue: instruction.operation) else { return .no }
      switch operation {
      case .and:
        guard let right = scratch.stack.popLast(), let left = scratch.stack.popLast() else { return .no }
        scratch.stack.append(left.and(right))
      case .or:
        guard let right = scratch.stack.popLast(), let left = scratch.stack.popLast() else { return .no }
        scratch.stack.append(left.or(right))
      case .not:
        guard let truth = scratch.stack.popLast() else { return .no }
        scratch.stack.append(truth.holds ? .no : .yes)
      case .hit: scratch.stack.append(hit(instruction, text, hits, &scratch))
      case .sequence: scratch.stack.append(sequence(instruction, text, hits, &scratch))
      case .near: scratch.stack.append(near(instruction, hits, scratch))
      case .amount, .kind, .question, .language, .tokens:
        scratch.stack.append(test(instruction, operation, text, hits))
      }
    }
    return scratch.stack.last ?? .no
  }

  /// Tests that need no hits.
  private func test(
    _ instruction: RuleInstruction, _ operation: RuleOperation, _ text: AnalyzedText, _ hits: [LexiconHit]
  ) -> RuleScratch.Truth {
    switch operation {
    case .amount:
      let least = bounds[2 * Int(instruction.a)]
      let most = bounds[2 * Int(instruction.a) + 1]
      for token in 0..<text.count where text.kinds[token] == .amount {
        if text.values[token] >= least, text.values[token] <= most { return RuleSet.truth(at: token) }
      }
      return .no
    case .kind:
      for token in 0..<text.count where Int32(text.kinds[token].rawValue) == instruction.a {
        return RuleSet.truth(at: token)
      }
      return .no
    case .question:
      for hit in hits where roles[Int(hit.entry)] & ContextRole.question.rawValue != 0 {
        return RuleScratch.Truth(holds: true, begin: hit.begin, end: hit.end)
      }
      return text.hasQuestionMark ? .yes : .no
    case .language: return instruction.a & (1 << Int32(text.language.rawValue)) != 0 ? .yes : .no
    case .tokens:
      var words = 0
      for kind in text.kinds where kind != .punctuation { words += 1 }
      return words >= Int(instruction.a) && words <= Int(instruction.b) ? .yes : .no
    default: return .no
    }
  }

  private static func truth(at token: Int) -> RuleScratch.Truth {
    RuleScratch.Truth(holds: true, begin: Int32(token), end: Int32(token) + 1)
  }
}
