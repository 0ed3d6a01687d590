/// What can be wrong with a lexicon source. Cases hold facts; ``sentence`` makes the message.
public enum LintFault: Hashable, Sendable {
  // Files and YAML.
  /// The file cannot be read, is not UTF-8 or is too large.
  case unreadable(reason: String)
  /// The YAML reader gave up.
  case syntax(problem: String)
  /// Anchors and aliases are not part of the format.
  case anchor
  /// Brackets or indentation nest deeper than any lexicon needs.
  case nesting
  /// The file has no key that says what it is.
  case unknownFile
  /// A value has another shape than its key needs.
  case wrongShape(key: String, expected: String)
  /// A key that the format does not know.
  case unknownKey(key: String, place: String, hint: String?)
  /// A key that must be there.
  case missingKey(key: String, place: String)
  /// A value outside a closed set.
  case unknownValue(key: String, value: String, hint: String?, allowed: [String])

  // Identity.
  /// The declared language is not the folder's.
  case languageMismatch(declared: String, folder: String)
  /// The declared track is not the file's.
  case trackMismatch(declared: String, file: String)
  /// An id that is not made as `language.track.…`.
  case malformedID(id: String, expected: String)
  /// An id that was used before.
  case duplicateID(id: String, first: SourcePosition)
  /// A list name that was used before in the same file, or the same shared space.
  case duplicateList(name: String, first: SourcePosition)

  // Entries.
  /// A label that the taxonomy does not have.
  case unknownLabel(label: String, hint: String?)
  /// A label of a track in the file of another.
  case foreignLabel(label: String, track: String)
  /// A weight outside −6…6, or not a number.
  case weight(value: String)
  /// A weight without a label has nothing to vote for.
  case weightWithoutLabel(id: String)
  /// Neither source nor note.
  case missingReason(id: String)
  /// No phrases, or no items.
  case empty(what: String, name: String)
  /// A phrase that cannot be read.
  case phrase(text: String, problem: PhraseProblem)
  /// An entry that expands to too much.
  case tooLarge(what: String, count: Int, limit: Int)
  /// A list that is not declared here nor in a context file.
  case unknownList(name: String, hint: String?)
  /// Lists that contain each other.
  case listCycle(names: [String])
  /// The same phrase twice in one entry.
  case repeatedPhrase(text: String)
  /// The same phrase in another entry of the same label, so both vote.
  case shadowedPhrase(text: String, id: String, label: String, first: SourcePosition)

  // Rules.
  /// A condition that cannot be read.
  case condition(ConditionProblem)
  /// An id, glob or label that names no entry.
  case unknownReference(text: String, hint: String?)
  /// A glob or label that matches nothing.
  case emptyReference(text: String)
  /// A rule named where only entries can be hit.
  case ruleAsEntry(id: String)
  /// A rule asks for an earlier rule that itself asks for earlier messages.
  case ruleChain(id: String)
  /// A rule that can never hold.
  case unreachable(id: String, reason: String)
  /// A rule that changes nothing.
  case noEffect(id: String)
  /// A modifier whose marker entry does not exist.
  case missingMarker(modifier: String, entry: String)
  /// More distinct conditions on earlier messages than a message can remember.
  case tooManyMarks(count: Int, limit: Int)
  /// A vote outside −6…6, or not a number.
  case vote(key: String, value: String)
  /// Votes that add up to more than a head can store.
  case voteSum(head: String, logits: String)

  // Words.
  /// A form or word that is not one word.
  case notOneWord(text: String)
  /// A form that already stands for something else.
  case formTaken(form: String, canonical: String, first: SourcePosition?)
  /// A canonical word that is itself a form of another.
  case canonicalIsForm(word: String, canonical: String)
  /// A form that stands for itself.
  case formOfItself(form: String)
}

/// What can be wrong with a phrase or a list item.
public enum PhraseProblem: Hashable, Sendable {
  /// Nothing in it.
  case empty
  /// A bracket without its partner.
  case unclosed(String)
  /// Parentheses inside parentheses.
  case nested
  /// An alternative without words.
  case emptyAlternative
  /// A sign that no token of a phrase can hold.
  case stray(String)
  /// A class that does not exist.
  case unknownClass(String, hint: String?)
  /// A gap that is not `~1` … `~5`.
  case gap(String)
  /// A gap before the first required element.
  case startsWithGap
  /// A gap after the last required element.
  case endsWithGap
  /// Every element is optional.
  case onlyOptional
  /// Too many elements.
  case tooManyElements(Int)
  /// Gaps, options and parentheses do not belong into list items.
  case notInList(String)
}

/// What can be wrong with a condition.
public enum ConditionProblem: Hashable, Sendable {
  /// A condition is a mapping.
  case notAMapping
  /// No key that makes a condition.
  case noTest
  /// Several keys that make a condition.
  case severalTests([String])
  /// A modifier beside a test that does not take it.
  case strayModifier(key: String, test: String)
  /// An empty list.
  case emptyList(key: String)
  /// Too few or too many ids.
  case count(key: String, expected: String, found: Int)
  /// A number out of range or not a number.
  case number(key: String, value: String, range: String)
  /// Neither min nor max.
  case noBounds(key: String)
  /// min above max.
  case crossedBounds(key: String)
  /// Nested too deep.
  case depth(found: Int, limit: Int)
}
