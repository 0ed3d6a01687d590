// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the benchmark library joins no build of Jaga. See README.md.

let package = Package(
  name: "JagaBenchmarks",
  dependencies: [
    .package(name: "Jaga", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
  ],
  targets: [
    // The work of each stage over a fixed input, with the count that it must come to.
    .target(
      name: "StageWork",
      dependencies: [
        .product(name: "JagaStages", package: "Jaga"), .product(name: "JagaScoring", package: "Jaga"),
        .product(name: "JagaTranscripts", package: "Jaga"),
      ]),
    // Prints the counts; scripts/bench compares them with Thresholds/counts.json.
    .executableTarget(name: "stage-counts", dependencies: ["StageWork"]),
    // Prints the time in which a scorer stands.
    .executableTarget(name: "opening", dependencies: [.product(name: "JagaScoring", package: "Jaga")]),
    // A bare JSON echo, beside which the service is measured.
    .executableTarget(name: "echo-server", dependencies: [.product(name: "Hummingbird", package: "hummingbird")]),
    // The micro-benchmarks.
    .executableTarget(
      name: "Stages", dependencies: ["StageWork", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/Stages", plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
