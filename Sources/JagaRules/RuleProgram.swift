import JagaLexicon
import JagaText

/// The operations of compiled conditions. Programs are flat and postfix: leaves push a truth, the last three combine.
enum RuleOperation: Int32, CaseIterable {
  /// a: group, b: required attributes, c: forbidden attributes.
  case hit
  /// a: first operand in the group list, b: number of groups, c: within.
  case sequence
  /// a, b: groups, c: within.
  case near
  /// a: index of a pair of bounds.
  case amount
  /// a: raw value of a token kind.
  case kind
  /// No operands.
  case question
  /// a: bits of languages.
  case language
  /// a: least, b: most.
  case tokens
  /// Pops two, pushes one.
  case and
  /// Pops two, pushes one.
  case or
  /// Pops one, pushes one.
  case not

  var pops: Int {
    switch self {
    case .and, .or: 2
    case .not: 1
    default: 0
    }
  }
}

/// One instruction as stored: 16 bytes.
struct RuleInstruction: BitwiseCopyable {
  var operation: Int32
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0

  init(_ operation: RuleOperation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    self.operation = operation.rawValue
    self.a = Int32(clamping: a)
    self.b = Int32(clamping: b)
    self.c = Int32(clamping: c)
  }
}

/// The tables that conditions of all rules share while they are compiled.
struct RuleCompiler {
  var groups: [EntrySet: Int] = [:]
  var groupList: [EntrySet] = []
  var sequences: [UInt32] = []
  var bounds: [Int64] = []

  mutating func group(_ set: EntrySet) -> Int {
    if let known = groups[set] { return known }
    groups[set] = groupList.count
    groupList.append(set)
    return groupList.count - 1
  }

  /// Appends the postfix program of a condition. Empty lists hold for `all` and `none`, not for `any`.
  mutating func compile(_ condition: RuleCondition, into program: inout [RuleInstruction]) {
    switch condition {
    case .all(let parts): combine(parts, with: .and, empty: true, into: &program)
    case .any(let parts): combine(parts, with: .or, empty: false, into: &program)
    case .none(let parts):
      combine(parts, with: .or, empty: false, into: &program)
      program.append(RuleInstruction(.not))
    case .hit(let set, let required, let forbidden):
      program.append(RuleInstruction(.hit, group(set), Int(required.rawValue), Int(forbidden.rawValue)))
    case .sequence(let sets, let within):
      let numbers = sets.map { UInt32(group($0)) }
      program.append(RuleInstruction(.sequence, sequences.count, numbers.count, within))
      sequences += numbers
    case .near(let first, let second, let within):
      program.append(RuleInstruction(.near, group(first), group(second), within))
    case .amount(let least, let most):
      program.append(RuleInstruction(.amount, bounds.count / 2))
      bounds += [least ?? 0, most ?? Int64.max]
    case .kind(let kind): program.append(RuleInstruction(.kind, Int(kind.rawValue)))
    case .question: program.append(RuleInstruction(.question))
    case .language(let set): program.append(RuleInstruction(.language, Int(set.rawValue)))
    case .tokens(let least, let most): program.append(RuleInstruction(.tokens, least ?? 0, most ?? Int(Int32.max)))
    }
  }

  private mutating func combine(
    _ parts: [RuleCondition], with operation: RuleOperation, empty: Bool, into program: inout [RuleInstruction]
  ) {
    if parts.isEmpty {
      // True for any language, false for none.
      program.append(RuleInstruction(.language, empty ? 0xFF : 0))
    }
    for (index, part) in parts.enumerated() {
      compile(part, into: &program)
      if index > 0 { program.append(RuleInstruction(operation)) }
    }
  }
}

extension RuleCondition {
  /// True when the condition can hold in a message without any hit.
  var holdsWithoutHits: Bool {
    switch self {
    case .all(let parts): parts.allSatisfy(\.holdsWithoutHits)
    case .any(let parts): parts.contains(where: \.holdsWithoutHits)
    case .hit, .sequence, .near: false
    case .none, .amount, .kind, .question, .language, .tokens: true
    }
  }

  /// The sets whose hits can make the condition hold: those not below a `none`.
  var positiveSets: [EntrySet] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.positiveSets)
    case .hit(let set, _, _): [set]
    case .sequence(let sets, _): sets
    case .near(let first, let second, _): [first, second]
    case .none, .amount, .kind, .question, .language, .tokens: []
    }
  }

  /// How deep `all`, `any` and `none` nest; 0 for a single test.
  public var depth: Int {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): 1 + (parts.map(\.depth).max() ?? 0)
    default: 0
    }
  }
}
