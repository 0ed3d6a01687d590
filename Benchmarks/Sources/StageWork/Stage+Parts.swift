import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaScoring
import JagaText

// The parts of step one, each from what the part before it made.

extension Stage {
  /// Bytes to tokens.
  static func text(_ name: String, _ texts: [[UInt8]], _ input: StageInput) -> Stage {
    let analyzer = TextAnalyzer(tables: input.scorer.model.text)
    var result = AnalyzedText()
    return Stage(name, counting: "tokens") {
      var tokens = 0
      for text in texts {
        text.withUnsafeBufferPointer { analyzer.analyze($0, into: &result) }
        tokens += result.count
      }
      return tokens
    }
  }

  /// Tokens to hits of the lexicon.
  static func lexicon(_ input: StageInput) -> Stage {
    let lexicon = input.scorer.model.pack.lexicon
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    return Stage("lexicon", counting: "hits") {
      var count = 0
      for text in input.analyzed {
        hits.removeAll(keepingCapacity: true)
        lexicon.match(text, scratch: &scratch, into: &hits)
        count += hits.count
      }
      return count
    }
  }

  /// Hits to findings of rules, those that wait for earlier messages included.
  static func rules(_ input: StageInput) -> Stage {
    let pack = input.scorer.model.pack
    var lexiconScratch = LexiconScratch()
    let hits = input.analyzed.map { text in
      var hits: [LexiconHit] = []
      pack.lexicon.match(text, scratch: &lexiconScratch, into: &hits)
      return hits
    }
    var scratch = RuleScratch()
    var findings: [RuleFinding] = []
    var pending: [RuleFinding] = []
    return Stage("rules", counting: "findings") {
      var count = 0
      for (text, hits) in zip(input.analyzed, hits) {
        findings.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
        _ = pack.rules.evaluate(text, hits: hits, scratch: &scratch, into: &findings, pending: &pending)
        count += findings.count + pending.count
      }
      return count
    }
  }

  /// Tokens to features.
  static func features(_ input: StageInput) -> Stage {
    let table = input.scorer.model.weights
    var features: [Feature] = []
    return Stage("features", counting: "features") {
      var count = 0
      for text in input.analyzed {
        features.removeAll(keepingCapacity: true)
        FeatureExtractor.extract(text, window: window(of: text), rows: table.index, into: &features)
        count += features.count
      }
      return count
    }
  }

  /// Tokens to sums of weights, features included.
  static func weights(_ input: StageInput) -> Stage {
    let table = input.scorer.model.weights
    var evidence = TokenEvidence(table: table)
    var sums = [Int32](repeating: 0, count: Head.stride)
    return Stage("features and weights", counting: "units in all sums") {
      var total = 0
      for text in input.analyzed {
        sums.withUnsafeMutableBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          buffer.update(repeating: 0)
          _ = evidence.add(text, window: window(of: text), table: table, to: base)
          for column in 0..<Head.stride { total += Int(base[column]) }
        }
      }
      return total
    }
  }

  private static func window(of text: AnalyzedText) -> Range<Int> { 0..<min(text.count, FeatureExtractor.windowTokens) }
}
