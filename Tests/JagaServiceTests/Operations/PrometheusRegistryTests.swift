import Testing

@testable import JagaService

struct PrometheusRegistryTests {
  @Test func theText() {
    let registry = PrometheusRegistry()
    registry.counter("jaga_b_total", [("b", "2"), ("a", "x\"y\\z\n")], help: "Bs.").increment(by: 3)
    registry.counter("jaga_b_total").increment(by: 1)
    registry.gauge("jaga.a").set(1.5)
    let histogram = registry.histogram("jaga_h", [("route", "/")], bounds: [0.5, 1])
    for value in [0.5, 0.6, 7.0] { histogram.record(value) }
    #expect(
      registry.text == #"""
        # TYPE jaga_a gauge
        jaga_a 1.5
        # HELP jaga_b_total Bs.
        # TYPE jaga_b_total counter
        jaga_b_total 1
        jaga_b_total{a="x\"y\\z\n",b="2"} 3
        # TYPE jaga_h histogram
        jaga_h_bucket{route="/",le="0.5"} 1
        jaga_h_bucket{route="/",le="1"} 2
        jaga_h_bucket{route="/",le="+Inf"} 3
        jaga_h_sum{route="/"} 8.1
        jaga_h_count{route="/"} 3
        # TYPE jaga_metrics_dropped_total counter
        jaga_metrics_dropped_total 0

        """#)
  }

  @Test func oneSeriesForOneNameAndLabels() {
    let registry = PrometheusRegistry()
    registry.counter("n", [("a", "1"), ("b", "2")]).increment(by: 1)
    registry.counter("n", [("b", "2"), ("a", "1")]).increment(by: 1)
    #expect(registry.counter("n", [("a", "1"), ("b", "2")]).value == 2)
    // Another kind under the name is counted nowhere, rather than wrongly.
    registry.gauge("n", [("a", "1"), ("b", "2")]).set(9.0)
    #expect(!registry.text.contains("9"))
  }

  @Test func labelsCannotFillMemory() {
    let registry = PrometheusRegistry()
    for number in 0..<PrometheusRegistry.limit + 10 { registry.counter("n", [("a", "\(number)")]).increment(by: 1) }
    #expect(registry.text.split(separator: "\n").count { $0.hasPrefix("n{") } == PrometheusRegistry.limit)
    #expect(registry.text.contains("jaga_metrics_dropped_total 10\n"))
  }

  @Test func manyAtOnce() async {
    let registry = PrometheusRegistry()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<1_000 {
            registry.counter("n").increment(by: 1)
            registry.gauge("g").increment(by: 0.5)
            registry.histogram("h").recordNanoseconds(1_000_000)
          }
        }
      }
    }
    #expect(registry.counter("n").value == 8_000)
    #expect(registry.gauge("g").value == 4_000)
    #expect(registry.histogram("h").count == 8_000)
  }

  @Test func swiftMetricsUsesIt() {
    let registry = PrometheusRegistry()
    registry.makeCounter(label: "lib.count", dimensions: [("a", "b")]).increment(by: 2)
    registry.makeTimer(label: "lib.time", dimensions: []).recordNanoseconds(2_000_000)
    registry.makeRecorder(label: "lib.size", dimensions: [], aggregate: true).record(Int64(5))
    registry.makeRecorder(label: "lib.now", dimensions: [], aggregate: false).record(2.0)
    registry.makeMeter(label: "lib.level", dimensions: []).set(Int64(3))
    let text = registry.text
    for line in [
      #"lib_count{a="b"} 2"#, #"lib_time_bucket{le="0.0025"} 1"#, #"lib_size_bucket{le="16"} 1"#, "lib_now 2",
      "lib_level 3",
    ] { #expect(text.contains(line + "\n")) }
  }
}
