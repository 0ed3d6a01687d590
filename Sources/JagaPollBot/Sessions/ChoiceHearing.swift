/// Hears which choice a reply means: by number, letter, label, extra word, with chat spelling.
///
/// The first of these that fits exactly one choice: the whole reply is a label, a part of one, an id or an extra word; yes and no;
/// a number or a letter of the list; the reply begins with a label and says more ("ya, dia minta foto terus").
struct ChoiceHearing: Sendable {
  private struct Forms: Sendable {
    /// The label in the session's language, and extra words.
    var near: Set<[String]>
    /// Labels of other languages, parts of labels, the id.
    var far: Set<[String]>
  }

  private var choices: [Forms]
  private var isListed: Bool
  /// Further words for yes and for no, as the kind of question has them.
  private let agreeing: [[String]]
  private let declining: [[String]]
  /// The question's own words: 'tidak aman' is a no to 'are you safe?'.
  private let asked: Set<String>

  /// Hears a question's choices in a session's language.
  init(_ question: PollQuestion, poll: Poll, language: String) {
    isListed = question.listsChoices
    asked = Set(ReplyWords(poll.text(question.text, in: language)).words)
    let isOfHarm = question.choices.contains { $0.tells != nil }
    agreeing = ReplyWords.affirming + (isOfHarm ? [] : ReplyWords.consenting)
    declining = ReplyWords.denying + (isOfHarm ? [] : ReplyWords.declining)
    choices = question.choices.map { choice in
      let label = poll.text(choice.label, in: language)
      var near = Set(([label] + choice.words).map(ChoiceHearing.form))
      near.remove([])
      var far = Set(ChoiceHearing.parts(label).map(ChoiceHearing.form))
      for other in choice.label.texts.values {
        far.insert(ChoiceHearing.form(other))
        far.formUnion(ChoiceHearing.parts(other).map(ChoiceHearing.form))
      }
      far.insert(ChoiceHearing.form(choice.id))
      far.remove([])
      return Forms(near: near, far: far)
    }
  }

  /// Hears yes (0) and no (1).
  init(agree: [String], decline: [String]) {
    isListed = true
    asked = []
    agreeing = ReplyWords.affirming + ReplyWords.consenting + ReplyWords.joining
    declining = ReplyWords.denying + ReplyWords.declining
    choices = [
      Forms(near: [["ya"]], far: Set(agree.map(ChoiceHearing.form))),
      Forms(near: [["tidak"]], far: Set(decline.map(ChoiceHearing.form))),
    ]
  }

  /// The place of the choice; nil when it is none, or could be two.
  func choice(in reply: ReplyWords) -> Int? { hear(reply)?.place }

  /// A choice that was heard.
  struct Heard: Hashable {
    /// Its place.
    var place: Int
    /// Nothing was written but the choice.
    var isAll: Bool
  }

  /// The choice, and whether the reply says more; nil when it is none, or could be two.
  func hear(_ reply: ReplyWords) -> Heard? {
    let trimmed = reply.trimmed()
    guard !trimmed.words.isEmpty else { return nil }
    if let place = all(of: trimmed) {
      return Heard(place: place, isAll: !reply.hasMore)
    }
    return beginning(reply, trimmed).map { Heard(place: $0, isAll: false) }
  }

  /// The choice that a reply is, and no words beside it; pictures may stand there.
  func wholeChoice(in reply: ReplyWords) -> Int? {
    let trimmed = reply.trimmed()
    return trimmed.words.isEmpty || reply.isCut ? nil : all(of: trimmed)
  }

  private func all(of trimmed: ReplyWords) -> Int? {
    whole(trimmed.words) ?? yesOrNo(trimmed.words) ?? listed(trimmed)
  }

  private func only(_ fits: (Forms) -> Bool) -> Int? {
    let found = choices.indices.filter { fits(choices[$0]) }
    return found.count == 1 ? found[0] : nil
  }

  private func whole(_ words: [String]) -> Int? {
    if choices.contains(where: { $0.near.contains(words) }) { return only { $0.near.contains(words) } }
    return only { $0.far.contains(words) }
  }

  private func yesOrNo(_ words: [String]) -> Int? {
    for (word, synonyms) in [("ya", agreeing), ("tidak", declining)]
    where synonyms.contains(words) {
      if let choice = only({ $0.near.contains([word]) || $0.far.contains([word]) }) { return choice }
    }
    return nil
  }

  /// By number or letter, where the question showed numbers.
  private func listed(_ reply: ReplyWords) -> Int? {
    guard isListed else { return nil }
    var spelled = reply.spelled[...]
    while spelled.count > 1, let first = spelled.first, ReplyWords.numberOpening.contains(first) {
      spelled.removeFirst()
    }
    guard spelled.count == 1, let word = spelled.first else { return nil }
    return place(word)
  }

  private func place(_ word: String) -> Int? {
    var place = Int(word) ?? ReplyWords.numbers[word]
    if place == nil, word.utf8.count == 1, let letter = word.utf8.first, (0x61...0x7A).contains(letter) {
      place = Int(letter) - 0x60
    }
    guard let place, choices.indices.contains(place - 1) else { return nil }
    return place - 1
  }

  /// The longest form that the reply begins with, when more follows.
  private func beginning(_ reply: ReplyWords, _ trimmed: ReplyWords) -> Int? {
    for candidate in [trimmed, reply] {
      if let choice = beginning(candidate) { return choice }
    }
    return nil
  }

  private func beginning(_ reply: ReplyWords) -> Int? {
    let longest = choices.flatMap { $0.near.union($0.far) }.map(\.count).max() ?? 0
    for length in stride(from: min(longest, reply.words.count - 1), to: 0, by: -1) {
      let words = Array(reply.words[..<length])
      let hasPause = reply.pauses[length - 1]
      // '2 hari lalu …' is no answer, '2, soalnya …' is one.
      if length == 1, !hasPause, words[0].allSatisfy(\.isNumber) || words[0].count == 1 { continue }
      guard let choice = whole(words) else { continue }
      let following = reply.words[length]
      if words == ["ya"], ReplyWords.exclamations.contains(following) { return nil }
      if words == ["tidak"] {
        if !hasPause, ReplyWords.turning.contains(following), !asked.contains(following) { return nil }
        if !ReplyWords.retracting.isDisjoint(with: reply.words[length...]) { return nil }
      }
      // 'ya enggak lah' takes itself back.
      if !hasPause, length == 1, following == "tidak" || following == "ya", words == ["ya"] || words == ["tidak"] {
        return nil
      }
      return choice
    }
    guard isListed, reply.words.count > 1, reply.pauses[0], reply.spelled[0].count <= 2 else { return nil }
    return place(reply.spelled[0])
  }

  private static func form(_ text: String) -> [String] { ReplyWords(text).trimmed().words }

  /// 'Ya, pernah' is heard by 'ya' and by 'pernah'.
  private static func parts(_ label: String) -> [String] {
    let parts = label.split { ",/(;".contains($0) }.map(String.init)
    return parts.count > 1 ? parts : []
  }

  /// Pairs of choices that one reply could mean, by place; for ``PollCheck``.
  var collisions: [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    for first in choices.indices {
      for second in choices.indices where second > first {
        let meet = !choices[first].near.isDisjoint(with: choices[second].near)
        if meet || isNumbered(first, as: second) || isNumbered(second, as: first) { pairs.append((first, second)) }
      }
    }
    return pairs
  }

  /// A label or word of a choice is the number under which another one is listed.
  private func isNumbered(_ choice: Int, as other: Int) -> Bool {
    isListed && choices[choice].near.contains { $0.count == 1 && Int($0[0]) == other + 1 }
  }

  /// Whether one choice is a yes and another a no, for ``PollCheck``.
  var isYesOrNo: Bool {
    func hears(_ word: String) -> Bool { choices.contains { $0.near.contains([word]) || $0.far.contains([word]) } }
    return hears("ya") && hears("tidak")
  }

  /// The words by which a choice is heard, for ``PollCheck``.
  func words(of choice: Int) -> Set<[String]> { choices[choice].near }
}
