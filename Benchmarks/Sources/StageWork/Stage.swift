/// One stage of scoring over the fixed input.
///
/// `run` does the work once and returns a count of what it made. The count depends on input and model alone, so a stage that gets
/// faster by doing something else is found out.
public final class Stage {
  /// The name, as Thresholds/counts.json has it.
  public let name: String
  /// What is counted.
  public let counted: String
  private let work: () throws -> Int

  init(_ name: String, counting counted: String, work: @escaping () throws -> Int) {
    self.name = name
    self.counted = counted
    self.work = work
  }

  /// Does the work once. The first run lets buffers grow.
  public func run() throws -> Int { try work() }

  /// All stages, in the order in which a message goes through them.
  public static func all(_ input: StageInput) -> [Stage] {
    [
      reading(input),
      text("text, as written", input.texts, input),
      text("text, foreign letters", input.disguised, input),
      lexicon(input), rules(input), features(input), weights(input), assess(input), conclude(input), records(input),
    ]
  }
}
