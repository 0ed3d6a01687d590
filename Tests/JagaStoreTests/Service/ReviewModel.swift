import JagaCore

@testable import JagaStore

/// The rules of the review as plain lists: slow, and short enough to be believed.
struct ReviewModel {
  struct Item: Equatable {
    var number: Int
    var conversation: String
    var kind: ReviewKind
    var status = ItemStatus.open
    var version = 1
    var band: Band
    var urgency: Int
    var openedAt: Int64
    var closedAt: Int64?
    var outcome: Verdict?
    var outcomeLabel: Label?
    var label: Label
    var score: Double
    var leader: String
    var flags: [String] = []
    var decisions: [(reviewer: String, round: ReviewRound, verdict: Verdict, label: Label?)] = []
    var appellants: Set<String> = []

    static func == (left: Item, right: Item) -> Bool { left.summary == right.summary }

    /// What can be compared with the store's item.
    var summary: String {
      "\(number) \(conversation) \(kind) \(status) \(version) \(band) \(urgency) \(openedAt) \(closedAt ?? -1) \(outcome.map { "\($0)" } ?? "-") \(outcomeLabel?.name ?? "-") \(label.name) \(leader) \(flags.count)"
    }
  }

  var items: [Item] = []
  var flags: Set<String> = []
  var nextNumber = 1
  var auditRows = 0

  mutating func take(_ flag: KeptFlag) {
    guard flags.insert(flag.conversationID + "/" + flag.messageID).inserted else { return }
    let mine = items.indices.filter { items[$0].conversation == flag.conversationID && items[$0].kind == flag.kind }
    let probability = flag.kind == .disclosure ? flag.disclosure : flag.score
    if let place = mine.first(where: { items[$0].status != .closed }) {
      let item = items[place]
      let isWorse = flag.band > item.band || flag.urgency > item.urgency
      let isBetter =
        flag.urgency != item.urgency
        ? flag.urgency > item.urgency : flag.band != item.band ? flag.band > item.band : probability > item.score
      if isWorse || (item.status == .open && isBetter) {
        items[place].label = flag.label
        items[place].score = probability
        items[place].leader = flag.messageID
      }
      if isWorse {
        items[place].band = max(item.band, flag.band)
        items[place].urgency = max(item.urgency, flag.urgency)
        items[place].version += 1
        auditRows += 1
      }
      items[place].flags.append(flag.messageID)
      return
    }
    if let place = mine.last, !reopens(flag, after: items[place]) {
      items[place].flags.append(flag.messageID)
      return
    }
    items.append(
      Item(
        number: nextNumber, conversation: flag.conversationID, kind: flag.kind, band: flag.band, urgency: flag.urgency,
        openedAt: flag.receivedAt, label: flag.label, score: probability, leader: flag.messageID,
        flags: [flag.messageID]))
    nextNumber += 1
    auditRows += 1
  }

  private func reopens(_ flag: KeptFlag, after item: Item) -> Bool {
    if flag.band > item.band || flag.urgency > item.urgency { return true }
    if item.kind == .disclosure { return true }
    let days = (flag.receivedAt - (item.closedAt ?? 0) - 1) / 86_400_000
    return days >= 7 || flag.label.track != item.label.track
  }

  /// False when it is refused.
  mutating func decide(_ draft: DecisionDraft, draws: Bool) -> Bool {
    guard let place = items.firstIndex(where: { $0.number == draft.item }) else { return false }
    let item = items[place]
    guard item.version == draft.itemVersion, mayDecide(item, draft.reviewer, draft.isAdmin) else { return false }
    if draft.label == .benign && draft.verdict == .confirm { return false }
    if draft.label == item.label && draft.verdict == .wrong { return false }
    let label =
      draft.label ?? (draft.verdict == .confirm ? item.label : draft.verdict == .wrong ? .benign : nil)
    let isClear = draft.verdict != .unsure
    let next: ItemStatus
    switch item.status {
    case .open: next = isClear && !draws ? .closed : .second
    case .second:
      let first = item.decisions[0]
      let isSame = first.verdict == draft.verdict && first.label == label
      next = isClear && (first.verdict == .unsure || isSame) ? .closed : .final
    case .appeal: next = isClear ? .closed : .final
    default: next = .closed
    }
    items[place].decisions.append((draft.reviewer, item.status.round ?? .first, draft.verdict, label))
    items[place].status = next
    items[place].version += 1
    if next == .closed {
      items[place].closedAt = draft.now
      items[place].outcome = draft.verdict
      items[place].outcomeLabel = label
    }
    auditRows += 1
    return true
  }

  func mayDecide(_ item: Item, _ reviewer: String, _ isAdmin: Bool) -> Bool {
    item.status != .closed && (item.status != .final || isAdmin) && !item.appellants.contains(reviewer)
      && !item.decisions.contains { $0.reviewer == reviewer }
  }

  mutating func appeal(_ number: Int, by: String) -> Bool {
    guard let place = items.firstIndex(where: { $0.number == number }), items[place].status == .closed,
      !items.contains(where: {
        $0.conversation == items[place].conversation && $0.kind == items[place].kind && $0.status != .closed
      })
    else { return false }
    items[place].status = .appeal
    items[place].version += 1
    items[place].closedAt = nil
    items[place].appellants.insert(by)
    auditRows += 1
    return true
  }

  mutating func remove(where condition: (Item) -> Bool) {
    for item in items where condition(item) {
      for flag in item.flags { flags.remove(item.conversation + "/" + flag) }
    }
    items.removeAll(where: condition)
    auditRows += 1
  }

  func queue(_ reviewer: String, _ isAdmin: Bool) -> [Int] {
    items.filter { mayDecide($0, reviewer, isAdmin) }
      .sorted {
        if $0.kind != $1.kind { return $0.kind == .disclosure }
        if $0.urgency != $1.urgency { return $0.urgency > $1.urgency }
        return $0.openedAt != $1.openedAt ? $0.openedAt < $1.openedAt : $0.number < $1.number
      }.map(\.number)
  }
}
