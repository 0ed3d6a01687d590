// swift-tools-version: 6.1
import PackageDescription

// Layers and their allowed imports are fixed in Documentation/Architecture.md; scripts/check-imports compares this file with it.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Jaga",
  products: [
    .executable(name: "jaga", targets: ["jaga"]),
    .executable(name: "jaga-server", targets: ["jaga-server"]),
    .library(name: "JagaScoring", targets: ["JagaScoring"]),
    .library(name: "JagaTranscripts", targets: ["JagaTranscripts"]),
    .library(name: "JagaAuthoring", targets: ["JagaAuthoring"]),
    .library(name: "JagaTraining", targets: ["JagaTraining"]),
    .library(name: "JagaEvaluation", targets: ["JagaEvaluation"]),
    // The C ABI; scripts/build-library makes the library that is shipped.
    .library(name: "JagaC", type: .dynamic, targets: ["JagaC"]),
    // The stages one by one, for Benchmarks.
    .library(
      name: "JagaStages",
      targets: ["JagaCore", "JagaText", "JagaLexicon", "JagaRules", "JagaBayes", "JagaBatch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    // The service alone; 'swift build --product jaga' compiles none of these.
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
  ],
  targets: [
    // Layer 0: shims over system libraries, and the shared values.
    .target(name: "CICU", linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
    .target(name: "CSIMDJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CCompression", linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(name: "CVector"),
    .target(name: "CJaga", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CExpat", linkerSettings: [.linkedLibrary("expat")]),
    .target(name: "JagaCore", swiftSettings: strict),

    // Layer 1: bytes to tokens, bytes to records.
    .target(name: "JagaText", dependencies: ["JagaCore", "CICU"], swiftSettings: strict),
    .target(
      name: "JagaTranscripts", dependencies: ["JagaCore", "CSIMDJSON", "CCompression", "CExpat", "CVector"],
      swiftSettings: strict),

    // Layers 2 and 3: what is found in a message.
    .target(name: "JagaLexicon", dependencies: ["JagaCore", "JagaText"], swiftSettings: strict),
    .target(
      name: "JagaRules", dependencies: ["JagaCore", "JagaText", "JagaLexicon"], swiftSettings: strict),
    .target(name: "JagaBayes", dependencies: ["JagaCore", "JagaText"], swiftSettings: strict),

    // Layer 4: the façade.
    .target(
      name: "JagaScoring",
      dependencies: ["JagaCore", "JagaText", "JagaLexicon", "JagaRules", "JagaBayes"],
      swiftSettings: strict),

    // Layer 5: making models, running over files.
    .target(
      name: "JagaAuthoring",
      dependencies: ["JagaCore", "JagaText", "JagaLexicon", "JagaRules", "Yams"],
      swiftSettings: strict),
    .target(
      name: "JagaTraining",
      dependencies: [
        "CVector", "JagaCore", "JagaText", "JagaLexicon", "JagaRules", "JagaBayes", "JagaScoring", "JagaAuthoring",
        "JagaTranscripts",
      ],
      swiftSettings: strict),
    .target(
      name: "JagaBatch", dependencies: ["JagaCore", "JagaTranscripts", "JagaScoring"],
      swiftSettings: strict),
    .target(
      name: "JagaStore",
      dependencies: [
        "JagaCore", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),

    // Layer 6: how good it is.
    .target(
      name: "JagaEvaluation",
      dependencies: [
        "JagaCore", "JagaText", "JagaTranscripts", "JagaLexicon", "JagaRules", "JagaBayes", "JagaScoring",
        "JagaTraining",
        "JagaBatch", "JagaStore",
      ],
      swiftSettings: strict),

    .target(
      name: "JagaCorpora",
      dependencies: ["JagaCore", "JagaTranscripts", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),

    // The C ABI.
    .target(
      name: "JagaC", dependencies: ["CJaga", "JagaCore", "JagaTranscripts", "JagaScoring", "JagaBatch"],
      swiftSettings: strict),

    // The poll bot: polls, answers to replies, wire formats; no HTTP.
    .target(
      name: "JagaPollBot",
      dependencies: [
        "JagaCore", "JagaTranscripts", "JagaScoring", "JagaStore", "Yams",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),

    // The service: the console turns values into pages, the service answers requests.
    .target(
      name: "JagaConsole",
      dependencies: ["JagaCore", .product(name: "Mustache", package: "swift-mustache")],
      resources: [.embedInCode("Resources")],
      swiftSettings: strict),
    .target(
      name: "JagaService",
      dependencies: [
        "JagaCore", "JagaTranscripts", "JagaScoring", "JagaBatch", "JagaStore", "JagaConsole", "JagaPollBot",
        .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"), .product(name: "Logging", package: "swift-log"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Metrics", package: "swift-metrics"), .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
      ],
      resources: [
        .embedInCode("Resources/openapi.json"), .embedInCode("Resources/chat.html"), .embedInCode("Resources/chat.css"),
        .embedInCode("Resources/chat.js"), .embedInCode("Resources/chat.svg"),
      ],
      swiftSettings: strict),

    // Layer 7: the command line.
    .executableTarget(
      name: "jaga",
      dependencies: [
        "JagaCore", "JagaText", "JagaTranscripts", "JagaLexicon", "JagaRules", "JagaBayes", "JagaScoring",
        "JagaAuthoring", "JagaTraining", "JagaBatch", "JagaStore", "JagaEvaluation", "JagaCorpora",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "jaga-server",
      dependencies: [
        "JagaTranscripts", "JagaScoring", "JagaBatch", "JagaStore", "JagaPollBot", "JagaService",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Logging", package: "swift-log"), .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),

    // Tests: one target per source target, shared helpers, and whole runs of the program.
    .target(name: "TestSupport", dependencies: ["JagaCore", "JagaText"], path: "Tests/TestSupport"),
    .testTarget(name: "JagaCoreTests", dependencies: ["JagaCore", "TestSupport"]),
    .testTarget(name: "JagaTextTests", dependencies: ["JagaCore", "JagaText", "TestSupport"]),
    .testTarget(
      name: "JagaTranscriptsTests",
      dependencies: ["JagaCore", "JagaTranscripts", "CSIMDJSON", "CCompression", "TestSupport"], exclude: ["Fixtures"]),
    .testTarget(
      name: "JagaLexiconTests", dependencies: ["JagaCore", "JagaText", "JagaLexicon", "TestSupport"]),
    .testTarget(
      name: "JagaRulesTests",
      dependencies: ["JagaCore", "JagaText", "JagaLexicon", "JagaRules", "JagaAuthoring", "TestSupport"]),
    .testTarget(name: "JagaBayesTests", dependencies: ["JagaCore", "JagaText", "JagaBayes", "TestSupport"]),
    .testTarget(
      name: "JagaScoringTests",
      dependencies: ["JagaCore", "JagaText", "JagaLexicon", "JagaRules", "JagaBayes", "JagaScoring", "TestSupport"]),
    .testTarget(
      name: "JagaAuthoringTests",
      dependencies: ["JagaCore", "JagaText", "JagaLexicon", "JagaRules", "JagaAuthoring", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "JagaTrainingTests",
      dependencies: [
        "JagaCore", "JagaText", "JagaBayes", "JagaScoring", "JagaTranscripts", "JagaTraining", "TestSupport",
      ],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "JagaBatchTests",
      dependencies: [
        "JagaCore", "JagaText", "JagaTranscripts", "JagaLexicon", "JagaRules", "JagaBayes", "JagaScoring", "JagaBatch",
        "TestSupport",
      ]),
    .testTarget(
      name: "JagaCTests",
      dependencies: ["CJaga", "JagaC", "JagaCore", "JagaTranscripts", "JagaScoring", "JagaBatch", "TestSupport"]),
    .testTarget(
      name: "JagaStoreTests",
      dependencies: ["JagaCore", "JagaStore", .product(name: "GRDB", package: "GRDB.swift"), "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "JagaEvaluationTests",
      dependencies: [
        "JagaCore", "JagaTranscripts", "JagaScoring", "JagaAuthoring", "JagaBatch", "JagaStore", "JagaEvaluation",
        "TestSupport",
      ],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "JagaCorporaTests", dependencies: ["JagaTranscripts", "JagaCorpora", "JagaEvaluation", "TestSupport"]),
    .testTarget(name: "JagaConsoleTests", dependencies: ["JagaCore", "JagaConsole", "TestSupport"]),
    .testTarget(
      name: "JagaPollBotTests",
      dependencies: ["JagaCore", "JagaTranscripts", "JagaScoring", "JagaStore", "JagaPollBot", "TestSupport"]),
    .testTarget(
      name: "JagaServiceTests",
      dependencies: [
        "JagaCore", "JagaTranscripts", "JagaScoring", "JagaBatch", "JagaStore", "JagaConsole", "JagaPollBot",
        "JagaService",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"), "TestSupport",
      ]),
    .testTarget(name: "EndToEndTests", dependencies: ["TestSupport", "jaga", "jaga-server"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
