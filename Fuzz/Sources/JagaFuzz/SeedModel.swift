import JagaBayes
import JagaCore
import JagaScoring

/// What is scored with a model or state that was accepted.
let conversation = [
  "halo kak, boleh kenalan?", "boleh", "gw isiin 50rb, asal kirim foto yg kmrn dulu yaa", "the one from yesterday 😀",
  String(repeating: "halo apa kabar ", count: 200), "",
]

/// The seed model, opened once.
let seedModelOpened: Model? = try? Model.open(bytes: seedModel())

/// A whole model of a few kilobytes: real sections, few entries.
func seedModel() -> [UInt8] {
  let words = ["asal", "kirim", "foto", "halo", "kabar"]
  var rows: [UInt64: [Int16]] = [:]
  for (index, word) in words.enumerated() {
    let row = (0..<Head.stride).map { Int16(($0 * 97 + index * 131) % 900 - 300) }
    rows[FeatureExtractor.hash(.word, tokenHash(word))] = row
  }
  var writer = BundleWriter()
  writer.add("text", textSection)
  writer.add("lexicon", seedLexicon.lexicon)
  writer.add("rules", seedLexicon.rules)
  writer.add("weights", WeightTable.encode(rows: rows, lengthScale: WeightTable.lengthScale(pivot: 12, exponent: 0.5)))
  writer.add("parameters", Parameters().encode())
  writer.add("card", Array("{}".utf8), isOptional: true)
  return writer.encode()
}
