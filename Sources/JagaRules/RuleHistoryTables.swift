import JagaCore

/// One item of `earlier` or `unless_earlier` as stored: 16 bytes.
struct HistoryItem: BitwiseCopyable {
  var mark: Int32
  var author: Int32
  var within: Int32
  /// 1 for `unless_earlier`.
  var isUnless: Int32
}

/// What rules ask of earlier messages, compiled: every distinct thing asked for becomes one of 128 marks.
struct RuleHistoryTables {
  /// A thing asked for: a group of entries, and rules.
  struct Wanted: Hashable {
    var group: Int?
    var rules: [String]
  }

  private(set) var marks: [Wanted: Int] = [:]
  private var items: [HistoryItem] = []
  private var offsets: [UInt32] = [0]

  mutating func add(_ rule: RuleDefinition, number: Int, compiler: inout RuleCompiler) {
    for (list, isUnless) in [(rule.earlier, false), (rule.unlessEarlier, true)] {
      for item in list {
        let group = item.entries.ids.isEmpty ? nil : compiler.group(item.entries)
        let wanted = Wanted(group: group, rules: item.rules)
        let mark = marks[wanted] ?? marks.count
        marks[wanted] = mark
        items.append(
          HistoryItem(
            mark: Int32(mark), author: Int32(item.author.rawValue), within: Int32(item.within),
            isUnless: isUnless ? 1 : 0))
      }
    }
    offsets.append(UInt32(items.count))
  }

  /// The marks that hits of each group leave.
  func marks(ofGroups count: Int) -> [HistoryMarks] {
    var groupMarks = [HistoryMarks](repeating: HistoryMarks(), count: count)
    for (wanted, mark) in marks {
      if let group = wanted.group { groupMarks[group].insert(mark) }
    }
    return groupMarks
  }

  func write(rules: [RuleDefinition], to writer: inout SectionWriter) {
    var ruleMarks = [HistoryMarks](repeating: HistoryMarks(), count: rules.count)
    for (wanted, mark) in marks {
      let names = Set(wanted.rules)
      for (number, rule) in rules.enumerated() where names.contains(rule.id) { ruleMarks[number].insert(mark) }
    }
    writer.append(number: Int64(marks.count))
    writer.append(table: offsets)
    writer.append(table: items)
    writer.append(table: ruleMarks.flatMap { [$0.low, $0.high] })
  }
}

extension HistoryMarks {
  /// Adds a mark, 0…127.
  mutating func insert(_ mark: Int) {
    if mark < 64 { low |= 1 << UInt64(mark) } else { high |= 1 << UInt64(mark - 64) }
  }

  /// True when a mark, 0…127, is set.
  func contains(_ mark: Int) -> Bool {
    mark < 64 ? low & (1 << UInt64(mark)) != 0 : high & (1 << UInt64(mark - 64)) != 0
  }

  /// Adds the marks of another set.
  mutating func formUnion(low: UInt64, high: UInt64) {
    self.low |= low
    self.high |= high
  }
}
