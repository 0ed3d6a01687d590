internal import JagaCore
public import JagaLexicon

/// Why a rule set cannot be built.
public enum RuleBuildError: Error, Hashable, Sendable {
  /// Two rules have one id.
  case duplicateID(String)
  /// A rule names an entry that the lexicon does not have.
  case unknownEntry(rule: String, entry: String)
  /// A rule asks for an earlier rule that does not exist.
  case unknownRule(rule: String, wanted: String)
  /// A rule asks for an earlier rule that itself looks at earlier messages.
  case rulesChain(rule: String, wanted: String)
  /// The rules ask earlier messages for more than 128 different things.
  case tooManyMarks(Int)
  /// A rule reaches back further than ``RuleSet/historyDepth``, or not at all.
  case reach(rule: String, within: Int)
  /// A condition is nested more than ``RuleSet/maximumDepth`` deep.
  case tooDeep(rule: String, depth: Int)
}

/// Compiles rules into the section that ``RuleSet`` reads. The bytes do not depend on the order in which rules are added.
public struct RuleSetBuilder {
  private var rules: [RuleDefinition] = []

  /// Starts empty.
  public init() {}

  /// Adds a rule.
  public mutating func add(_ rule: RuleDefinition) { rules.append(rule) }

  /// The section's bytes, bound to the entry numbers of `lexicon`.
  public func build(over lexicon: Lexicon) throws(RuleBuildError) -> [UInt8] {
    let sorted = rules.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    try RuleSetBuilder.check(sorted)
    var entries: [String: UInt32] = [:]
    for entry in 0..<UInt32(lexicon.count) { entries[lexicon.id(of: entry)] = entry }

    var compiler = RuleCompiler()
    var instructions: [RuleInstruction] = []
    var programOffsets: [UInt32] = [0]
    for rule in sorted {
      compiler.compile(rule.condition, into: &instructions)
      programOffsets.append(UInt32(instructions.count))
    }
    var history = RuleHistoryTables()
    for (number, rule) in sorted.enumerated() { history.add(rule, number: number, compiler: &compiler) }
    guard history.marks.count <= RuleSet.maximumMarks else { throw .tooManyMarks(history.marks.count) }
    for rule in sorted { try RuleSetBuilder.checkEntries(of: rule, in: entries) }

    var writer = SectionWriter()
    writer.append(number: RuleSet.formatMark)
    writer.append(number: Int64(sorted.count))
    writer.append(number: Int64(compiler.groupList.count))
    writer.append(number: Int64(lexicon.count))
    writer.append(table: programOffsets)
    writer.append(table: instructions)
    writer.append(table: compiler.sequences)
    writer.append(table: compiler.bounds)
    RuleSetBuilder.writeRows(
      sorted, compiler: compiler, groupMarks: history.marks(ofGroups: compiler.groupList.count), entries: entries,
      lexicon: lexicon, to: &writer)
    history.write(rules: sorted, to: &writer)
    RuleSetBuilder.writeDescriptions(sorted, to: &writer)
    return writer.bytes
  }

  private static func check(_ rules: [RuleDefinition]) throws(RuleBuildError) {
    var byID: [String: RuleDefinition] = [:]
    for rule in rules {
      if byID.updateValue(rule, forKey: rule.id) != nil { throw .duplicateID(rule.id) }
    }
    for rule in rules {
      let depth = rule.condition.depth
      if depth > RuleSet.maximumDepth { throw .tooDeep(rule: rule.id, depth: depth) }
      for item in rule.earlier + rule.unlessEarlier {
        if item.within < 1 || item.within > RuleSet.historyDepth { throw .reach(rule: rule.id, within: item.within) }
        for wanted in item.rules {
          guard let other = byID[wanted] else { throw .unknownRule(rule: rule.id, wanted: wanted) }
          if !other.earlier.isEmpty || !other.unlessEarlier.isEmpty { throw .rulesChain(rule: rule.id, wanted: wanted) }
        }
      }
    }
  }

  private static func checkEntries(of rule: RuleDefinition, in entries: [String: UInt32]) throws(RuleBuildError) {
    let history = (rule.earlier + rule.unlessEarlier).map(\.entries)
    for set in rule.condition.sets + history {
      for id in set.ids where entries[id] == nil { throw .unknownEntry(rule: rule.id, entry: id) }
    }
  }

  /// For each entry what its hits mean: the groups it belongs to, the rules to try, marks; and its part in the attributes of other hits.
  private static func writeRows(
    _ rules: [RuleDefinition], compiler: RuleCompiler, groupMarks: [HistoryMarks], entries: [String: UInt32],
    lexicon: Lexicon, to writer: inout SectionWriter
  ) {
    let layout = RuleRowLayout(groups: compiler.groupList.count, rules: rules.count)
    var always = [UInt64](repeating: 0, count: layout.ruleWords)
    var triggers = [[Int]](repeating: [], count: compiler.groupList.count)
    for (number, rule) in rules.enumerated() {
      if let sets = rule.condition.necessarySets {
        for set in sets { if let group = compiler.groups[set] { triggers[group].append(number) } }
      } else {
        always[number >> 6] |= 1 << UInt64(number & 63)
      }
    }
    var lists = [[UInt64]](repeating: [UInt64](repeating: 0, count: layout.stride), count: lexicon.count)
    for (group, set) in compiler.groupList.enumerated() {
      for entry in set.ids.compactMap({ entries[$0] }) {
        lists[Int(entry)][group >> 6] |= 1 << UInt64(group & 63)
        for rule in triggers[group] { lists[Int(entry)][layout.rules + rule >> 6] |= 1 << UInt64(rule & 63) }
        lists[Int(entry)][layout.marks] |= groupMarks[group].low
        lists[Int(entry)][layout.marks + 1] |= groupMarks[group].high
      }
    }
    let roles = (0..<UInt32(lexicon.count)).map { ContextRole(entryID: lexicon.id(of: $0)).rawValue }
    var numbers: [[UInt64]: UInt32] = [[UInt64](repeating: 0, count: layout.stride): 0]
    var rows = [UInt64](repeating: 0, count: layout.stride)
    var entryRows: [UInt32] = []
    for entry in 0..<lexicon.count {
      lists[entry][layout.roles] = UInt64(roles[entry])
      let number = numbers[lists[entry]] ?? UInt32(numbers.count)
      if numbers.updateValue(number, forKey: lists[entry]) == nil { rows += lists[entry] }
      entryRows.append(number)
    }
    writer.append(table: entryRows)
    writer.append(table: rows)
    writer.append(table: roles)
    writer.append(table: always)
  }

  private static func writeDescriptions(_ rules: [RuleDefinition], to writer: inout SectionWriter) {
    var strings = StringPoolBuilder()
    for rule in rules {
      strings.append(rule.id)
      strings.append(rule.source)
      strings.append(rule.note)
    }
    writer.append(table: rules.flatMap(\.votes.stored))
    writer.append(table: rules.map(\.language.rawValue))
    strings.write(to: &writer)
  }
}
