import JagaCore
public import JagaLexicon
public import JagaRules

/// A lexicon, the rules over it, and what each entry and rule votes.
///
/// The votes declared in the sources stand unless training has learned better ones: those are a section of the model.
/// An overlay's votes are always the declared ones.
public struct Pack: Sendable {
  /// Word lists.
  public let lexicon: Lexicon
  /// Rules over them.
  public let rules: RuleSet
  /// Rows of ``Head/stride`` values, entries first, then rules; nil when the declared votes stand.
  let learned: Table<Int16>?
  /// For each entry the hash of the concept that it stands for, 0 for none; nil when the model has no weights for concepts.
  let concepts: Table<UInt64>?

  init(_ reader: BundleReader) throws(BundleError) {
    let lexicon = try reader.open("lexicon") { section throws(SectionError) in try Lexicon(section: section) }
    let rules = try reader.open("rules") { section throws(SectionError) in
      try RuleSet(section: section, lexicon: lexicon)
    }
    self.lexicon = lexicon
    self.rules = rules
    concepts =
      reader.optional("concepts") == nil
      ? nil
      : try reader.open("concepts") { section throws(SectionError) in
        var reader = SectionReader(section)
        let table = try reader.table(of: UInt64.self)
        guard table.count == lexicon.count else { throw .invalid(what: "number of concepts") }
        return table
      }
    guard reader.optional("votes") != nil else {
      learned = nil
      return
    }
    learned = try reader.open("votes") { section throws(SectionError) in
      var votes = SectionReader(section)
      let table = try votes.table(of: Int16.self)
      guard table.count == (lexicon.count + rules.count) * Head.stride else { throw .invalid(what: "number of votes") }
      return table
    }
  }

  /// What an entry votes: ``Head/stride`` values.
  func entryVotes(_ entry: UInt32) -> UnsafeBufferPointer<Int16> {
    learned.map { row(Int(entry), of: $0) } ?? lexicon.votes(of: entry)
  }

  /// What a rule votes: ``Head/stride`` values.
  func ruleVotes(_ rule: UInt32) -> UnsafeBufferPointer<Int16> {
    learned.map { row(lexicon.count + Int(rule), of: $0) } ?? rules.votes(of: rule)
  }

  private func row(_ index: Int, of table: Table<Int16>) -> UnsafeBufferPointer<Int16> {
    UnsafeBufferPointer(rebasing: table.buffer[index * Head.stride..<(index + 1) * Head.stride])
  }
}
