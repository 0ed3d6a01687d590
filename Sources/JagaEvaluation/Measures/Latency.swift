internal import JagaCore

/// How early a conversation's alarm comes. k is the number of messages read when it was raised, so 1 for the first message.
public enum Latency {
  /// p of the penalty: half of it falls on the 90th message, since (90 − 1)·p = ln 3.
  public static let slope = FixedMath.logarithm(3) / 89

  /// penalty(k) = −1 + 2 / (1 + e^(−p·(k − 1))): 0 at the first message, 0.5 at the 90th, towards 1.
  ///
  /// Sadeque, Xu, Bethard 2018 (latency-weighted F1), with the p of Vogt, Leser, Akbik 2021 for predator detection.
  public static func penalty(_ k: Int) -> Double {
    -1 + 2 / (1 + FixedMath.exponential(-slope * Double(k - 1)))
  }

  /// speed = 1 − median penalty over the risky conversations that were alarmed; NaN when none was.
  ///
  ///     Latency.speed([10])  // 0.945
  public static func speed(_ alarms: [Int]) -> Double { 1 - Quantile.median(alarms.map(penalty)) }

  /// F_latency = F1 · speed. 0 when F1 is 0, although the speed is undefined then.
  public static func weighted(f1: Double, speed: Double) -> Double { f1 == 0 ? 0 : f1 * speed }
}

/// Early risk detection error (Losada and Crestani 2016): the mean cost of the decisions about conversations.
///
/// A missed risky conversation costs 1. A false alarm costs the share of risky conversations in the gold, as in the paper. A right alarm
/// at message k costs lc_o(k) = 1 − 1 / (1 + e^(k − o)): little before message o, nearly 1 after it. A right silence costs nothing. Lower
/// is better; 0…1.
public enum EarlyRisk {
  /// The cost of a right alarm at message k.
  public static func cost(_ k: Int, o: Int) -> Double {
    1 - 1 / (1 + FixedMath.exponential(Double(min(k - o, 700))))
  }

  /// ERDE_o over conversations. `alarms` has k, or nil for no alarm, and runs beside `risky`. NaN for no conversations.
  public static func error(alarms: [Int?], risky: [Bool], o: Int) -> Double {
    let falseAlarm = share(Double(risky.count { $0 }), Double(risky.count))
    var sum = 0.0
    for (alarm, isRisky) in zip(alarms, risky) {
      switch (alarm, isRisky) {
      case (let k?, true): sum += cost(k, o: o)
      case (nil, true): sum += 1
      case (.some, false): sum += falseAlarm
      case (nil, false): break
      }
    }
    return share(sum, Double(risky.count))
  }
}
