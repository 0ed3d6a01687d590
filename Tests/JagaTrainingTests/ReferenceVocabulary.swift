import JagaBayes
import JagaCore
import JagaScoring

@testable import JagaTraining

/// The numbers of features by sets and dictionaries of hashes, message by message: what ``Vocabulary`` and ``RowView`` must agree with.
struct ReferenceVocabulary: Sendable {
  /// Hashes of the token features, sorted; the position is the feature's number.
  let hashes: [UInt64]
  private let numbers: [UInt64: UInt32]
  /// What each token feature is made of.
  let kinds: [FeatureKind]
  /// The numbers of the characters of each word that has a number.
  let characters: [UInt32: [UInt32]]
  let entryCount: Int
  let ruleCount: Int

  var tokenFeatureCount: Int { hashes.count }
  /// Token features, entries, rules: all that have a number.
  var count: Int { hashes.count + entryCount + ruleCount }

  /// Keeps features of at least `minimum` labelled messages, and words of count tables that pass `countMinimum`.
  init(
    observations: [Observation], counts: [CountTable], minimum: Int, countMinimum: Int, entryCount: Int, ruleCount: Int
  ) {
    var occurrences: [UInt64: (count: Int, kind: FeatureKind)] = [:]
    for observation in observations {
      var once = Set<UInt64>()
      for feature in observation.features where once.insert(feature.hash).inserted {
        occurrences[feature.hash, default: (0, feature.kind)].count += 1
      }
    }
    // Pairs some way apart, pairs of concepts and answers are many and mean little when they are rare.
    var kept = occurrences.filter { _, seen in
      switch seen.kind {
      case .answer: seen.count >= 3 * minimum
      case .conceptPair: seen.count >= 2 * minimum
      case .skipPair: seen.count > minimum
      default: seen.count >= minimum
      }
    }.mapValues(\.kind)
    for table in counts {
      for word in table.words where word.count >= countMinimum { kept[Vocabulary.hash(word: word.form)] = .word }
    }
    hashes = kept.keys.sorted()
    kinds = hashes.map { kept[$0] ?? .word }
    let numbers = Dictionary(uniqueKeysWithValues: hashes.enumerated().map { ($1, UInt32($0)) })
    self.numbers = numbers
    var spelled: [UInt32: [UInt32]] = [:]
    for observation in observations {
      for (word, parts) in observation.characters {
        guard let number = numbers[word], spelled[number] == nil else { continue }
        spelled[number] = parts.compactMap { numbers[$0] }
      }
    }
    for table in counts {
      for word in table.words where word.count >= countMinimum {
        guard let number = numbers[Vocabulary.hash(word: word.form)], spelled[number] == nil else { continue }
        spelled[number] = Vocabulary.characters(of: word.form).compactMap { numbers[$0] }
      }
    }
    characters = spelled
    self.entryCount = entryCount
    self.ruleCount = ruleCount
  }

  /// The number of a token feature, or nil.
  func number(_ hash: UInt64) -> UInt32? { numbers[hash] }

  /// The numbers of a message's features, entries and rules in rising order: each once, characters once for every distinct word.
  func numbers(_ observation: Observation) -> [UInt32] {
    var once = Set<UInt32>()
    var all: [UInt32] = []
    for feature in observation.features {
      guard let number = numbers[feature.hash] else { continue }
      if feature.kind == .characters || once.insert(number).inserted { all.append(number) }
    }
    for entry in observation.entries { all.append(UInt32(hashes.count) + entry) }
    for rule in observation.rules { all.append(UInt32(hashes.count + entryCount) + rule) }
    return all.sorted()
  }
}
