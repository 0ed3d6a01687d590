import Benchmark
import StageWork

/// Every stage over the fixed input.
let benchmarks: @Sendable () -> Void = {
  guard let input = try? StageInput() else { fatalError("corpora/ or Models/default.jaga cannot be read") }
  for stage in Stage.all(input) {
    guard let expected = try? stage.run() else { fatalError("\(stage.name) failed") }
    // The stages hold scratch memory that one thread uses.
    nonisolated(unsafe) let stage = stage
    Benchmark(
      stage.name,
      configuration: .init(
        metrics: [.cpuTotal, .wallClock], timeUnits: .microseconds, scalingFactor: .one,
        maxDuration: .seconds(3), maxIterations: 200)
    ) { benchmark in
      for _ in benchmark.scaledIterations {
        let count = try stage.run()
        precondition(count == expected, "\(stage.name) counted \(count) instead of \(expected)")
      }
    }
  }
}
