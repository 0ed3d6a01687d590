/// Where things lie in a row that tells what hits of an entry mean to rules: groups, rules to try, marks, roles.
struct RuleRowLayout: Sendable {
  /// Words of groups, from word 0.
  let groupWords: Int
  /// Words of rules, from word ``rules``.
  let ruleWords: Int

  init(groups: Int, rules: Int) {
    groupWords = groups / 64 + 1
    ruleWords = rules / 64 + 1
  }

  /// The first word of the rules to try.
  var rules: Int { groupWords }
  /// The two words of the marks that a message gets.
  var marks: Int { groupWords + ruleWords }
  /// The word of the roles.
  var roles: Int { marks + 2 }
  /// Words of a row.
  var stride: Int { marks + 3 }

  /// True when no bit of the rules from a word on stands for a rule that does not exist.
  func isBelowCount(_ words: UnsafeBufferPointer<UInt64>, at first: Int, rules: Int) -> Bool {
    words[first + ruleWords - 1] >> UInt64(rules & 63) == 0
  }

  /// True when a row is of some group.
  func hasGroups(_ rows: UnsafeBufferPointer<UInt64>, row: UInt32) -> Bool {
    rows[Int(row) * stride..<Int(row) * stride + groupWords].contains { $0 != 0 }
  }
}
