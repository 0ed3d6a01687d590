internal import JagaCore
extension RuleSet {
  /// Step two. Appends to `findings` those pending rules whose conditions on earlier messages hold.
  ///
  /// Cost: conditions times messages reached back to, at most twelve.
  public func settle(_ pending: [RuleFinding], history: some RuleHistory, into findings: inout [RuleFinding]) {
    for finding in pending {
      var holds = true
      for place in Int(historyOffsets[Int(finding.rule)])..<Int(historyOffsets[Int(finding.rule) + 1]) {
        let item = self.history[place]
        if RuleSet.wasSeen(item, in: history) == (item.isUnless != 0) {
          holds = false
          break
        }
      }
      if holds { findings.append(finding) }
    }
  }

  private static func wasSeen(_ item: HistoryItem, in history: some RuleHistory) -> Bool {
    let reach = min(Int(item.within), history.count)
    guard reach >= 1 else { return false }
    for age in 1...reach where history.marks(age: age).contains(Int(item.mark)) {
      switch HistoryAuthor(rawValue: UInt8(clamping: item.author)) {
      case .same: if history.isSameAuthor(age: age) { return true }
      case .other: if !history.isSameAuthor(age: age) { return true }
      case .any, nil: return true
      }
    }
    return false
  }
}
