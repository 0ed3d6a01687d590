internal import JagaConsole
internal import JagaCore
internal import JagaStore
internal import JagaTranscripts

extension FlagView {
  /// A flag with the labels and evidence of its record. What a record says in another way than ours is left out.
  init(_ flag: KeptFlag) {
    let record = try? JSONValue.parse(flag.record, depthLimit: 8)
    var labels: [LabelScore] = []
    if case .object(let members)? = record?["labels"] {
      labels = members.compactMap { name, value in
        guard let label = Label(name: name), case .number(let score) = value else { return nil }
        return LabelScore(label, score)
      }
    }
    var evidence: [Evidence] = []
    if case .array(let pieces)? = record?["evidence"] { evidence = pieces.compactMap(Evidence.init) }
    self.init(
      kind: flag.kind == .disclosure ? .disclosure : .risk, band: flag.band, score: flag.score,
      disclosure: flag.disclosure, label: flag.label,
      labels: labels.sorted { ($1.score, $0.label.rawValue) < ($0.score, $1.label.rawValue) },
      language: flag.language, evidence: evidence, model: flag.modelID)
  }
}

extension Evidence {
  /// One piece of a record's evidence.
  fileprivate init?(_ value: JSONValue) {
    guard let label = value["label"]?.string.flatMap(Label.init(name:)), let source = value["source"]?.string,
      case .number(let logit)? = value["logit"]
    else { return nil }
    var range: SourceRange?
    if case .number(let begin)? = value["begin"], case .number(let end)? = value["end"],
      let first = Int32(exactly: begin), let last = Int32(exactly: end)
    {
      range = SourceRange(begin: first, end: last)
    }
    self.init(range: range, label: label, logit: logit, source: source)
  }
}
