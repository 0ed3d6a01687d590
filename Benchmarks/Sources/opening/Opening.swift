import JagaScoring

/// Prints the least and the median number of milliseconds in which a model is opened and a scorer made of it.
///
///     opening Models/default.jaga 30
@main
struct Opening {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let runs = Int(arguments[2]), runs > 0 else {
      fatalError("usage: opening MODEL RUNS")
    }
    let clock = ContinuousClock()
    let times = try (0..<runs).map { _ in
      try clock.measure { _ = ScoringWorkspace(Scorer(model: try Model.open(path: arguments[1]))) }
    }.map { Double($0.components.attoseconds) / 1e15 + 1000 * Double($0.components.seconds) }.sorted()
    print(times[0], times[runs / 2])
  }
}
