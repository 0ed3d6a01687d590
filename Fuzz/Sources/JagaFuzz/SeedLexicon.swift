/// A compiled lexicon and the rules over it, for the seeds of models and overlays.
let seedLexicon: (lexicon: [UInt8], rules: [UInt8]) = ([], [])
