import Dispatch
import Synchronization

/// What every voter is worth: shares of its messages, and what area, F1 and recall lose without it, with their resamples.
///
/// Leaving out takes the voter's term out of the stored sums of the messages in which it was found. Held fixed are everything else: weights, scaling and the
/// votes of all others (nothing is learned again), the window of a long message, the rules that fired (those over the entry too), the part of
/// earlier messages, and what is found in other messages.
struct LeaveOneOut {
  /// The figures of one voter.
  struct Figures {
    /// The share of its messages that bear out its sense.
    var precision: Estimate
    /// The share of its messages that are on its side: moves for one that speaks for moves.
    var side: Estimate
    var areaGain: Estimate
    var f1Gain: Estimate
    var recallGain: Estimate
    /// True when leaving it out changes no decision at 0.5: neither on moves nor on its own label.
    var changesNoDecision: Bool
  }

  /// One message of a voter, as the counts need it.
  private struct Mark {
    var unit: Int32
    var isRight: Bool
    var isOnSide: Bool
    /// Its change of the right and wrong finds of moves when the voter is left out.
    var truePositives: Int8
    var falsePositives: Int8
    var labelShift: Int8
  }

  private struct Plan {
    var area: MoveAreas.Plan
    var marks: [Mark]
    /// The marks that change a decision.
    var shifts: [Mark]
    /// Units of the messages that bear out the sense; shared by all voters of the sense.
    var senseUnits: Int
    var isSilent: Bool
  }

  private static let width = 5
  /// Voters that are resampled together: bounds the memory for their samples.
  private static let block = 512

  let table: FiringTable
  let resamples: Int
  let seed: UInt64
  private let areas: MoveAreas
  private let decisions: [(unit: Int32, isMove: Bool, isFound: Bool)]
  private let senses: [VoterSense]
  private let unitsOfSense: [[Int32]]

  init(_ table: FiringTable, resamples: Int, seed: UInt64) {
    self.table = table
    self.resamples = resamples
    self.seed = seed
    areas = MoveAreas(table.messages)
    decisions = table.messages.map { ($0.unit, $0.isMove, $0.isFound) }
    let senses = Array(table.foundOfSense.keys).sorted { $0.bits < $1.bits }
    self.senses = senses
    unitsOfSense = senses.map { sense in table.messages.filter { sense.isRight($0.labels) == true }.map(\.unit) }
  }

  /// The area and F1 with all voters.
  func base() -> (area: Double, f1: Double) {
    let ones = [Int32](repeating: 1, count: table.units)
    return (areas.draw(ones).area, counts(ones).f1)
  }

  /// The figures of all voters, in their order. Cost: for each resample one pass over messages and firings, shared out over the processors.
  func figures() -> [Figures] {
    var all: [Figures] = []
    let ones = [Int32](repeating: 1, count: table.units)
    for first in stride(from: 0, to: table.voters.count, by: LeaveOneOut.block) {
      let voters = first..<min(first + LeaveOneOut.block, table.voters.count)
      let plans = voters.map { plan($0) }
      let values = row(plans, weights: ones)
      let samples = resampled(plans)
      for (place, plan) in plans.enumerated() {
        func column(_ figure: Int) -> [Double] { samples.map { $0[place * LeaveOneOut.width + figure] } }
        func value(_ figure: Int) -> Double { values[place * LeaveOneOut.width + figure] }
        let conversations = Set(plan.marks.map(\.unit)).count
        all.append(
          Figures(
            precision: Estimate(share: value(0), of: conversations, samples: column(0)),
            side: Estimate(share: value(1), of: conversations, samples: column(1)),
            areaGain: Estimate(value: value(2), samples: column(2)),
            f1Gain: Estimate(value: value(3), samples: column(3)),
            recallGain: Estimate(value: value(4), samples: column(4)), changesNoDecision: plan.shifts.isEmpty))
      }
    }
    return all
  }

  private func plan(_ voter: Int) -> Plan {
    let firings = table.firings(of: voter)
    let sense = table.voters[voter].sense
    let marks = firings.map { firing in
      let message = table.messages[Int(firing.message)]
      let shift: Int8 = (isDecision(firing.moveWithout) ? 1 : 0) - (message.isFound ? 1 : 0)
      return Mark(
        unit: message.unit, isRight: sense.isRight(message.labels) ?? false,
        isOnSide: sense.isOnRightSide(message.labels) ?? message.isMove, truePositives: message.isMove ? shift : 0,
        falsePositives: message.isMove ? 0 : shift, labelShift: firing.labelShift)
    }
    return Plan(
      area: areas.plan(firings, of: table.messages), marks: marks,
      shifts: marks.filter { $0.truePositives != 0 || $0.falsePositives != 0 || $0.labelShift != 0 },
      senseUnits: senses.firstIndex(of: sense) ?? 0, isSilent: sense.isSilent)
  }

  private func resampled(_ plans: [Plan]) -> [[Double]] {
    let draws = ConversationDraws(seed: seed, units: table.units)
    let samples = Mutex([[Double]](repeating: [], count: resamples))
    let parts = min(resamples, 16)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      var weights = [Int32](repeating: 0, count: table.units)
      for resample in resamples * part / parts..<resamples * (part + 1) / parts {
        draws.draw(resample, into: &weights)
        let values = row(plans, weights: weights)
        samples.withLock { $0[resample] = values }
      }
    }
    return samples.withLock { $0 }
  }

  /// ``width`` values a voter, over one resample.
  private func row(_ plans: [Plan], weights: [Int32]) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(plans.count * LeaveOneOut.width)
    let drawn = areas.draw(weights)
    let base = counts(weights)
    let totals = unitsOfSense.map { units in units.reduce(0) { $0 + Int(weights[Int($1)]) } }
    for plan in plans {
      var count = 0
      var right = 0
      var onSide = 0
      weights.withUnsafeBufferPointer { weights in
        for mark in plan.marks {
          let weight = Int(weights[Int(mark.unit)])
          count += weight
          right += mark.isRight ? weight : 0
          onSide += mark.isOnSide ? weight : 0
        }
      }
      var without = base
      var label = 0
      for mark in plan.shifts {
        let weight = Int(weights[Int(mark.unit)])
        without.truePositives += Int(mark.truePositives) * weight
        without.falsePositives += Int(mark.falsePositives) * weight
        label += Int(mark.labelShift) * weight
      }
      values.append(plan.isSilent ? .nan : ratio(right, count))
      values.append(ratio(onSide, count))
      values.append(plan.marks.isEmpty ? .nan : areas.gain(plan.area, drawn, weights: weights))
      values.append(plan.marks.isEmpty ? .nan : plan.shifts.isEmpty ? 0 : base.f1 - without.f1)
      values.append(plan.marks.isEmpty || plan.isSilent ? .nan : ratio(label, totals[plan.senseUnits]))
    }
    return values
  }

  /// Decisions at 0.5 on moves.
  private struct Counts {
    var truePositives = 0
    var falsePositives = 0
    var moves = 0

    /// 2TP / (2TP + FP + FN); NaN when there is nothing to find and nothing found.
    var f1: Double { ratio(2 * truePositives, truePositives + falsePositives + moves) }
  }

  private func counts(_ weights: [Int32]) -> Counts {
    var counts = Counts()
    for message in decisions {
      let weight = Int(weights[Int(message.unit)])
      if message.isMove { counts.moves += weight }
      guard message.isFound else { continue }
      if message.isMove { counts.truePositives += weight } else { counts.falsePositives += weight }
    }
    return counts
  }
}
