import JagaLexicon
import JagaText

/// The operations of compiled conditions. Programs are flat and postfix: leaves push a truth, the others combine, or skip what cannot matter.
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
  /// a: instructions to skip when the last truth does not hold; it stays.
  case skipUnless
  /// a: instructions to skip when the last truth holds; it stays.
  case skipIf

  /// Truths that must be there.
  var pops: Int {
    switch self {
    case .and, .or: 2
    case .not, .skipUnless, .skipIf: 1
    default: 0
    }
  }

  /// Truths more than before.
  var growth: Int {
    switch self {
    case .and, .or: -1
    case .not, .skipUnless, .skipIf: 0
    default: 1
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
    // What all parts of an `all` rest on does not depend on their order, so those that are cheap to refute come first. Of an `any` the first
    // part that holds counts.
    let ordered = operation == .and ? parts.enumerated().sorted { ($0.1.effort, $0.0) < ($1.1.effort, $1.0) } : nil
    for (index, part) in (ordered?.map(\.element) ?? parts).enumerated() {
      let jump = program.count
      if index > 0 { program.append(RuleInstruction(operation == .and ? .skipUnless : .skipIf)) }
      compile(part, into: &program)
      if index > 0 {
        program[jump].a = Int32(program.count - jump)
        program.append(RuleInstruction(operation))
      }
    }
  }
}

extension RuleCondition {
  /// Sets of which one must have a hit wherever the condition holds, as few entries as can be; nil when it can hold without any.
  var necessarySets: [EntrySet]? {
    func size(_ sets: [EntrySet]) -> Int { sets.reduce(0) { $0 + $1.ids.count } }
    switch self {
    case .all(let parts): return parts.compactMap(\.necessarySets).min { size($0) < size($1) }
    case .any(let parts):
      let sets = parts.map(\.necessarySets)
      return sets.contains { $0 == nil } ? nil : sets.compactMap(\.self).flatMap(\.self)
    case .hit(let set, _, _): return [set]
    case .sequence(let sets, _): return sets.min { $0.ids.count < $1.ids.count }.map { [$0] }
    case .near(let first, let second, _): return [first.ids.count <= second.ids.count ? first : second]
    case .none, .amount, .kind, .question, .language, .tokens: return nil
    }
  }

  /// Every set that the condition names.
  var sets: [EntrySet] {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.sets)
    case .hit(let set, _, _): [set]
    case .sequence(let sets, _): sets
    case .near(let first, let second, _): [first, second]
    case .amount, .kind, .question, .language, .tokens: []
    }
  }

  /// How costly the condition is to test, roughly.
  var effort: Int {
    switch self {
    case .kind, .language, .tokens: 0
    case .hit(_, let required, let forbidden): required.isEmpty && forbidden.isEmpty ? 1 : 4
    case .all(let parts), .any(let parts), .none(let parts): 1 + (parts.map(\.effort).max() ?? 0)
    case .amount, .question: 3
    case .sequence, .near: 5
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
