/// Quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7; the default of numpy and R).
public enum Quantile {
  /// The quantile `q`, 0…1, of sorted values; NaN when there are none.
  public static func of(sorted values: [Double], _ q: Double) -> Double {
    guard let last = values.indices.last else { return .nan }
    let place = Double(last) * q
    let low = Int(place)
    let high = min(low + 1, last)
    return values[low] + (values[high] - values[low]) * (place - Double(low))
  }

  /// The median; NaN for no values. Cost: sorts.
  public static func median(_ values: [Double]) -> Double { of(sorted: values.sorted(), 0.5) }

  /// The same of values that each stand `weights[unit]` times; `units` runs beside `values`. Cost: one pass, twice.
  static func of(
    sorted values: [Double], units: [UInt32], weights: UnsafePointer<UInt8>, _ quantiles: (Double, Double, Double)
  ) -> (Double, Double, Double) {
    var total = 0
    for unit in units { total += Int(weights[Int(unit)]) }
    guard total > 0 else { return (.nan, .nan, .nan) }
    func one(_ q: Double) -> Double {
      let place = Double(total - 1) * q
      let low = Int(place)
      let high = min(low + 1, total - 1)
      var first = Double.nan
      var passed = 0
      for index in values.indices {
        passed += Int(weights[Int(units[index])])
        if first.isNaN, passed > low { first = values[index] }
        if passed > high { return first + (values[index] - first) * (place - Double(low)) }
      }
      return first
    }
    return (one(quantiles.0), one(quantiles.1), one(quantiles.2))
  }
}
