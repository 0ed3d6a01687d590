import StageWork

/// Prints what every stage counts, as a JSON object.
@main
struct StageCounts {
  static func main() throws {
    let counts = try Stage.all(StageInput()).map { stage in
      let (first, second) = (try stage.run(), try stage.run())
      precondition(first == second, "\(stage.name) does not repeat itself")
      return " \"\(stage.name)\": {\"count\": \(first), \"of\": \"\(stage.counted)\"}"
    }
    print("{\n" + counts.joined(separator: ",\n") + "\n}")
  }
}
