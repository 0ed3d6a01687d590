internal import JagaCore
public import JagaLexicon
public import JagaText

extension RuleSet {
  /// Step one. Rules that hold are appended to `findings`, in the order of their numbers; those that still need earlier messages
  /// to `pending`. Returns the marks that this message leaves for later ones.
  ///
  /// Cost: a row of bits for each kind of hit, plus the programs of those rules that could hold with such hits; a program ends at the first
  /// part that does not hold. `shape` is that of the text; who evaluates a text window by window gives it, so that it is read once. Allocates nothing once the scratch has grown. `hits` must come from the lexicon that the rules were compiled over.
  public func evaluate(
    _ text: AnalyzedText, shape: TextShape? = nil, hits: [LexiconHit], scratch: inout RuleScratch,
    into findings: inout [RuleFinding], pending: inout [RuleFinding]
  ) -> HistoryMarks {
    let shape = shape ?? TextShape(text)
    let memory = scratch.memory
    let rows = rows.buffer
    memory.prepare(words: layout.stride, rows: rows.count / layout.stride)
    let present = memory.present
    return hits.withUnsafeBufferPointer { hits in
      join(hits, memory)
      var marks = HistoryMarks()
      marks.formUnion(low: present[layout.marks], high: present[layout.marks + 1])
      let run = RuleRun(self, shape, hits, memory)
      for word in 0..<layout.ruleWords {
        var bits = present[layout.rules &+ word] | always.buffer[word]
        while bits != 0 {
          let rule = word << 6 &+ bits.trailingZeroBitCount
          bits &= bits &- 1
          let truth = run.truth(of: rule, self, text)
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
    return hits.withUnsafeBufferPointer { buffer in
      context.read(HitContext.all, text, hits: buffer, roles: roles)
      return context.attributes
    }
  }

  /// Joins the rows of all hits, each row once.
  private func join(_ hits: UnsafeBufferPointer<LexiconHit>, _ memory: RuleMemory) {
    let present = memory.present
    let joined = memory.joined
    let message = memory.message
    let entryRows = entryRows.buffer
    let rows = rows.buffer
    let stride = layout.stride
    for hit in hits {
      let row = Int(entryRows[Int(hit.entry)])
      if joined[row] == message { continue }
      joined[row] = message
      let base = row &* stride
      for word in 0..<stride { present[word] |= rows[base &+ word] }
    }
  }
}

/// Runs programs over the hits of one message. Holds pointers only; valid during one call of the evaluation.
struct RuleRun {
  let hits: UnsafeBufferPointer<LexiconHit>
  let present: UnsafeMutablePointer<UInt64>
  let stack: UnsafeMutablePointer<RuleTruth>
  let memory: RuleMemory
  let entryRows: UnsafeBufferPointer<UInt32>
  let rows: UnsafeBufferPointer<UInt64>
  let stride: Int
  let instructions: UnsafeBufferPointer<RuleInstruction>
  /// Kinds of tokens in the message, as bits.
  let kinds: UInt32
  /// The number of tokens other than punctuation.
  let wordCount: Int
  /// True when a hit is of a question word.
  let hasQuestionWord: Bool

  init(_ rules: RuleSet, _ shape: TextShape, _ hits: UnsafeBufferPointer<LexiconHit>, _ memory: RuleMemory) {
    self.hits = hits
    self.memory = memory
    present = memory.present
    stack = memory.stack
    entryRows = rules.entryRows.buffer
    rows = rules.rows.buffer
    stride = rules.layout.stride
    instructions = rules.instructions.buffer
    hasQuestionWord = present[rules.layout.roles] & UInt64(ContextRole.question.rawValue) != 0
    kinds = shape.kinds
    wordCount = shape.wordCount
  }

  /// Runs the program of a rule.
  func truth(of rule: Int, _ rules: RuleSet, _ text: AnalyzedText) -> RuleTruth {
    let stack = stack
    var height = 0
    var index = Int(rules.programOffsets.buffer[rule])
    let end = Int(rules.programOffsets.buffer[rule &+ 1])
    while index < end {
      let instruction = instructions[index]
      index &+= 1
      switch RuleOperation(rawValue: instruction.operation) {
      case .and:
        height &-= 1
        stack[height &- 1] = stack[height &- 1].and(stack[height])
      case .or:
        height &-= 1
        if !stack[height &- 1].holds { stack[height &- 1] = stack[height] }
      case .not: stack[height &- 1] = stack[height &- 1].holds ? .no : .yes
      case .skipUnless: if !stack[height &- 1].holds { index &+= Int(instruction.a) }
      case .skipIf: if stack[height &- 1].holds { index &+= Int(instruction.a) }
      case .hit:
        stack[height] = isPresent(Int(instruction.a)) ? hit(instruction, rules, text) : .no
        height &+= 1
      case .sequence:
        stack[height] = sequence(instruction, rules, text)
        height &+= 1
      case .near:
        stack[height] = near(instruction)
        height &+= 1
      case .amount, .kind, .question, .language, .tokens:
        stack[height] = test(instruction, rules, text)
        height &+= 1
      case nil: return .no
      }
    }
    return stack[0]
  }

  /// Tests that need no hits, except for question words.
  private func test(_ instruction: RuleInstruction, _ rules: RuleSet, _ text: AnalyzedText) -> RuleTruth {
    switch RuleOperation(rawValue: instruction.operation) {
    case .amount:
      guard kinds & (1 &<< UInt32(TokenKind.amount.rawValue)) != 0 else { return .no }
      let least = rules.bounds[2 * Int(instruction.a)]
      let most = rules.bounds[2 * Int(instruction.a) + 1]
      for token in 0..<text.count where text.kinds[token] == .amount {
        if text.values[token] >= least, text.values[token] <= most { return RuleRun.truth(at: token) }
      }
      return .no
    case .kind:
      guard kinds & (1 &<< UInt32(truncatingIfNeeded: instruction.a)) != 0 else { return .no }
      for token in 0..<text.count where Int32(text.kinds[token].rawValue) == instruction.a {
        return RuleRun.truth(at: token)
      }
      return .no
    case .question:
      if hasQuestionWord {
        for hit in hits where rules.roles[Int(hit.entry)] & ContextRole.question.rawValue != 0 {
          return RuleTruth(holds: true, begin: hit.begin, end: hit.end)
        }
      }
      return text.hasQuestionMark ? .yes : .no
    case .language: return instruction.a & (1 &<< Int32(text.language.rawValue)) != 0 ? .yes : .no
    case .tokens: return wordCount >= Int(instruction.a) && wordCount <= Int(instruction.b) ? .yes : .no
    default: return .no
    }
  }

  private static func truth(at token: Int) -> RuleTruth {
    RuleTruth(holds: true, begin: Int32(token), end: Int32(token) + 1)
  }
}
