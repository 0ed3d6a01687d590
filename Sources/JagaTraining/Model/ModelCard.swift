import JagaCore
import JagaLexicon
import JagaRules
import JagaScoring

/// What a bundle says about itself: its name, what it was trained on, its settings. JSON with sorted keys, no dates, no text.
struct ModelCard {
  let json: String

  init(name: String, corpus: TrainingCorpus, options: Trainer.Options, features: Int, model: Model) {
    var fields: [(String, String)] = [
      ("name", quoted(name)), ("features", String(features)), ("entries", String(model.pack.lexicon.count)),
      ("rules", String(model.pack.rules.count)),
      ("reference_prevalence", String(options.referencePrevalence)),
      ("real_messages_counted", String(corpus.counts.reduce(0) { $0 + $1.messages })),
    ]
    let voices = corpus.voices.map { voice in
      "{\"voice\":\(quoted(voice.name)),\"messages\":\(voice.messages.count),\"transcripts\":\(voice.transcripts.count)}"
    }
    fields.append(("voices", "[" + voices.joined(separator: ",") + "]"))
    json = "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }
}

/// A JSON string; names come from folders and options, so only the necessary escapes occur.
private func quoted(_ text: String) -> String {
  var out = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": out += "\\\""
    case "\\": out += "\\\\"
    case "\u{0}"..."\u{1F}": out += " "
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out + "\""
}
