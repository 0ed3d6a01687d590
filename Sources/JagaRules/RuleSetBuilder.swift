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
    RuleSetBuilder.writeGroups(compiler.groupList, entries: entries, lexicon: lexicon, to: &writer)
    RuleSetBuilder.writeTriggers(sorted, compiler: compiler, to: &writer)
    history.write(rules: sorted, groups: compiler.groupList.count, to: &writer)
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

  /// For each entry, the groups it belongs to and its part in the attributes of other hits.
  private static func writeGroups(
    _ groups: [EntrySet], entries: [String: UInt32], lexicon: Lexicon, to writer: inout SectionWriter
  ) {
    var lists = [[UInt32]](repeating: [], count: lexicon.count)
    for (number, set) in groups.enumerated() {
      for id in set.ids { if let entry = entries[id] { lists[Int(entry)].append(UInt32(number)) } }
    }
    writer.append(rows: lists)
    writer.append(table: (0..<UInt32(lexicon.count)).map { ContextRole(entryID: lexicon.id(of: $0)).rawValue })
  }

  /// Which rules to try when a group was hit, and which to try always.
  private static func writeTriggers(_ rules: [RuleDefinition], compiler: RuleCompiler, to writer: inout SectionWriter) {
    var lists = [Set<UInt32>](repeating: [], count: compiler.groupList.count)
    var always: [UInt32] = []
    for (number, rule) in rules.enumerated() {
      if rule.condition.holdsWithoutHits {
        always.append(UInt32(number))
      } else {
        for set in rule.condition.positiveSets {
          if let group = compiler.groups[set] { lists[group].insert(UInt32(number)) }
        }
      }
    }
    writer.append(rows: lists.map { $0.sorted() })
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

extension SectionWriter {
  /// Appends lists of numbers as offsets and values.
  mutating func append(rows: [[UInt32]]) {
    var offsets: [UInt32] = [0]
    for row in rows { offsets.append((offsets.last ?? 0) + UInt32(row.count)) }
    append(table: offsets)
    append(table: Array(rows.joined()))
  }
}

extension RuleCondition {
  /// Every set that the condition names.
  var sets: [EntrySet] {
    if case .none(let parts) = self { return parts.flatMap(\.sets) }
    if case .all(let parts) = self { return parts.flatMap(\.sets) }
    if case .any(let parts) = self { return parts.flatMap(\.sets) }
    return positiveSets
  }
}
