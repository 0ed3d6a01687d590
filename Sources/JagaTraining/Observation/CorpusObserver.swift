import JagaScoring

/// Observes the voices of a corpus, chunk by chunk on all workers.
struct CorpusObserver {
  /// Chunks of training voices, then of calibration voices, with the workers' own numbers.
  let chunks: [ObservedChunk]
  /// What each worker has met.
  let interners: [FeatureInterner]

  /// Analyses every message once. Cost: that of scoring.
  init(_ corpus: TrainingCorpus, scorer: Scorer, workers: Workers) {
    let voices = [corpus.voices, corpus.calibration]
    let places = voices.indices.flatMap { part in ChunkPlace.all(voices[part]).map { (part: part, place: $0) } }
    let observers = (0..<workers.count).map { _ in ChunkObserver(scorer) }
    chunks = workers.map(places.count) { number, worker in
      let (part, place) = places[number]
      return observers[worker].observe(place, number: number, of: voices[part][place.voice], worker: worker)
    }
    interners = observers.map(\.interner)
  }

  /// The messages of some voices, whose chunks begin at a number.
  func corpus(of voices: [Voice], from first: Int) -> ObservedCorpus {
    let range = first..<first + ChunkPlace.all(voices).count
    return ObservedCorpus(
      voices: voices.map(\.name), messages: Array(chunks[range].lazy.map(\.messages).joined()), chunks: range)
  }
}
