// swift-tools-version: 6.1
import PackageDescription

// Apart from the main package, so that nobody who builds Jaga compiles this. scripts/fuzz builds and runs it.

let package = Package(
  name: "JagaFuzz",
  products: [.library(name: "JagaFuzz", type: .static, targets: ["JagaFuzz"])],
  dependencies: [.package(name: "Jaga", path: "..")],
  targets: [
    .target(
      name: "JagaFuzz",
      dependencies: [
        .product(name: "JagaScoring", package: "Jaga"), .product(name: "JagaTranscripts", package: "Jaga"),
        .product(name: "JagaAuthoring", package: "Jaga"),
      ])
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
