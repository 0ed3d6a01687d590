public import JagaBatch
public import JagaStore

/// A list of runs on its way out.
public struct RunListReport {
  private let runs: [KeptRun]
  /// F1 by run id and population.
  private let headlines: [String: [String: Double]]

  /// All runs of a store.
  public init(_ store: Store) throws {
    runs = try store.runs()
    headlines = try store.headlines()
  }

  private func f1(_ run: KeptRun, _ population: Population) -> Double {
    headlines[run.id]?[population.rawValue] ?? .nan
  }

  /// Appends a table with a line a run; undefined is a dash.
  public func writeTable(to buffer: ByteBuffer) {
    guard !runs.isEmpty else {
      buffer.append(text: "no runs\n")
      return
    }
    var table = TextTable(["run", "kept", "name", "system", "gold", "messages", "f1 messages", "f1 turns", "f1 alarms"])
    for run in runs {
      table.add([
        run.id, String(run.createdAt.prefix(19)), Shown.name(run.name), Shown.name(run.system.name),
        String(run.goldDigest.prefix(8)), Shown.grouped(run.goldItems), Shown.number(f1(run, .messages)),
        Shown.number(f1(run, .turns)), Shown.number(f1(run, .transcripts)),
      ])
    }
    buffer.append(text: table.text)
  }

  /// Appends a row a run, with RFC 4180's line breaks; undefined is a dash.
  public func writeCSV(to buffer: ByteBuffer) {
    buffer.append(
      text: "run,kept,name,system,model,program,gold,messages,conversations,threshold,"
        + Population.allCases.map { "f1_\($0.rawValue)" }.joined(separator: ",") + "\r\n")
    for run in runs {
      for text in [
        run.id, run.createdAt, run.name, run.system.name, run.system.modelID ?? "", run.program, run.goldDigest,
      ] {
        buffer.append(csvText: text)
        buffer.append(",")
      }
      buffer.append(integer: run.goldItems)
      buffer.append(",")
      buffer.append(integer: run.goldConversations)
      buffer.append(",")
      buffer.append(field: run.options.threshold)
      for population in Population.allCases {
        buffer.append(",")
        buffer.append(field: f1(run, population))
      }
      buffer.append("\r\n")
    }
  }

  /// Appends one JSON array and a line break: runs as in ``RunReport``, each with `f1` by population.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("[")
    for (index, run) in runs.enumerated() {
      buffer.append(index > 0 ? ",\n{" : "\n{")
      run.writeMembers(to: buffer)
      buffer.append(key: "f1")
      buffer.append("{")
      for (place, population) in Population.allCases.enumerated() {
        if place > 0 { buffer.append(",") }
        buffer.append(json: population.rawValue)
        buffer.append(":")
        buffer.append(number: f1(run, population))
      }
      buffer.append("}}")
    }
    buffer.append("\n]\n")
  }
}

extension KeptRun {
  /// Members of a JSON object.
  func writeMembers(to buffer: ByteBuffer) {
    func text(_ key: StaticString, _ value: String?) {
      buffer.append(key: key)
      if let value { buffer.append(json: value) } else { buffer.append("null") }
    }
    buffer.append("\"run\":")
    buffer.append(json: id)
    text("name", name)
    text("kept", createdAt)
    text("program", program)
    text("system", system.name)
    text("model", system.modelID)
    buffer.append(key: "gold")
    buffer.append("{\"digest\":")
    buffer.append(json: goldDigest)
    buffer.append(key: "messages")
    buffer.append(integer: goldItems)
    buffer.append(key: "conversations")
    buffer.append(integer: goldConversations)
    buffer.append("}")
    buffer.append(key: "predictions")
    buffer.append("{\"missing\":")
    buffer.append(integer: system.missing)
    buffer.append(key: "without_gold")
    buffer.append(integer: system.strangers)
    buffer.append("}")
    buffer.append(key: "options")
    buffer.append("{\"threshold\":")
    buffer.append(number: options.threshold)
    buffer.append(key: "disclosure_threshold")
    buffer.append(number: options.disclosureThreshold)
    buffer.append(key: "base_rate")
    buffer.append(number: options.baseRate ?? .nan)
    buffer.append(key: "resamples")
    buffer.append(integer: options.resamples)
    buffer.append(key: "seed")
    buffer.append(text: "\(options.seed)")
    buffer.append(key: "by")
    buffer.append(strings: options.dimensions)
    buffer.append(key: "questions")
    buffer.append(text: options.asksQuestions.map { "\($0)" } ?? "null")
    text("missing", options.missingRule)
    buffer.append("}")
    buffer.append(key: "files")
    buffer.append("[")
    for (index, file) in files.enumerated() {
      buffer.append(index > 0 ? ",{\"role\":" : "{\"role\":")
      buffer.append(json: file.role.rawValue)
      text("name", file.name)
      text("sha256", file.sha256)
      buffer.append(key: "bytes")
      buffer.append(integer: file.bytes)
      buffer.append("}")
    }
    buffer.append("]")
  }
}
