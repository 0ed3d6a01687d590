import JagaCore
import JagaLexicon
import JagaText

extension RuleSet {
  /// Checks that every offset and index stays inside its table.
  func checkTables(rules: Int, entries: Int) throws(SectionError) {
    try checkOffsets(programOffsets, rows: rules, limit: instructions.count, what: "rule programs")
    guard entryRows.count == entries, rows.count >= layout.stride, rows.count % layout.stride == 0 else {
      throw .invalid(what: "rule groups")
    }
    try checkValues(entryRows, below: rows.count / layout.stride, what: "rule groups")
    guard roles.count == entries else { throw .invalid(what: "rule roles") }
    for row in 0..<rows.count / layout.stride {
      let base = row * layout.stride
      guard layout.isBelowCount(rows.buffer, at: base + layout.rules, rules: rules) else {
        throw .invalid(what: "rule triggers")
      }
    }
    guard always.count == layout.ruleWords, layout.isBelowCount(always.buffer, at: 0, rules: rules) else {
      throw .invalid(what: "rule triggers")
    }
    try checkValues(sequences, below: groupCount, what: "rule sequences")
    guard bounds.count % 2 == 0 else { throw .invalid(what: "rule bounds") }
    try checkOffsets(historyOffsets, rows: rules, limit: history.count, what: "rule history")
    for item in history.buffer {
      guard item.mark >= 0, Int(item.mark) < markCount, HistoryAuthor(rawValue: UInt8(clamping: item.author)) != nil,
        item.author >= 0, item.within >= 1, Int(item.within) <= RuleSet.historyDepth, item.isUnless >= 0,
        item.isUnless <= 1
      else { throw .invalid(what: "rule history") }
    }
    guard ruleMarks.count == 2 * rules else { throw .invalid(what: "rule marks") }
  }

  /// Runs every program on paper: operands in range, the stack never empty, never too high, one truth left at the end; and where a
  /// jump lands the stack is as high as without it.
  func checkPrograms() throws(SectionError) {
    for rule in 0..<(programOffsets.count - 1) {
      let end = Int(programOffsets[rule + 1])
      var height = 0
      var landings: [Int: Int] = [:]
      for index in Int(programOffsets[rule])..<end {
        let instruction = instructions[index]
        guard let operation = RuleOperation(rawValue: instruction.operation), fits(instruction, operation),
          height >= operation.pops, landings[index] ?? height == height
        else { throw .invalid(what: "rule program") }
        height += operation.growth
        guard height <= RuleSet.stackLimit else { throw .invalid(what: "rule program") }
        guard operation == .skipUnless || operation == .skipIf else { continue }
        let target = index + 1 + Int(instruction.a)
        guard target <= end, landings[target] ?? height == height else { throw .invalid(what: "rule program") }
        landings[target] = height
      }
      guard height == 1, landings[end] ?? 1 == 1 else { throw .invalid(what: "rule program") }
    }
  }

  private func fits(_ instruction: RuleInstruction, _ operation: RuleOperation) -> Bool {
    func isGroup(_ number: Int32) -> Bool { number >= 0 && Int(number) < groupCount }
    func isDistance(_ number: Int32) -> Bool { number >= 0 && Int(number) <= RuleSet.maximumDistance }
    switch operation {
    case .hit: return isGroup(instruction.a) && isByte(instruction.b) && isByte(instruction.c)
    case .sequence:
      return instruction.a >= 0 && instruction.b >= 1 && isDistance(instruction.c)
        && Int(instruction.a) + Int(instruction.b) <= sequences.count
    case .near: return isGroup(instruction.a) && isGroup(instruction.b) && isDistance(instruction.c)
    case .amount: return instruction.a >= 0 && Int(instruction.a) < bounds.count / 2
    case .kind: return isByte(instruction.a) && TokenKind(rawValue: UInt8(instruction.a)) != nil
    case .language: return isByte(instruction.a)
    case .skipUnless, .skipIf: return instruction.a >= 0
    case .question, .tokens, .and, .or, .not: return true
    }
  }

  private func isByte(_ number: Int32) -> Bool { number >= 0 && number <= 255 }
}
