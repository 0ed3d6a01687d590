public import JagaScoring
import JagaBayes
import JagaCore
import JagaTraining

/// A model of nothing but lexicon sources: no learned weight stands beside the declared votes.
///
/// A message is a move when the votes for one outweigh those against; without any vote it is none. Priors are one unit (1/1024 logit) below zero, scaling is
/// the identity, and earlier messages count through rules alone. So the gains of an entry are those that it has in the lexicon by itself.
public enum LexiconAlone {
  /// Compiles a folder of sources. Throws when it cannot be read, or when sources have errors.
  public static func model(lexicons: String) throws -> Model {
    let sources = try Trainer.compile(lexicons: lexicons)
    var parameters = Parameters()
    parameters.priors = [Int32](repeating: -1, count: Head.count)
    // No message is strong enough to leave anything to the next.
    parameters.conversation.floor = 100
    let weights = WeightTable.encode(rows: [:], lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5))
    return try Model.open(
      bytes: sources.bundle(weights: weights, votes: nil, parameters: parameters, card: ""), name: lexicons)
  }
}
