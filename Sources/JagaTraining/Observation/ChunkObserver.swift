import JagaCore
import JagaLexicon
import JagaScoring
import JagaTranscripts

/// One worker's memory for observing chunks: used by one thread at a time.
final class ChunkObserver: @unchecked Sendable {
  /// Who asked the question that a message answers: anybody but its author.
  private static let asker: UInt64 = 1

  let interner = FeatureInterner()
  private let workspace: ScoringWorkspace
  private var observation = Observation()
  private let entryCount: Int

  init(_ scorer: Scorer) {
    workspace = ScoringWorkspace(scorer)
    entryCount = scorer.model.pack.lexicon.count
  }

  /// Observes the records of a chunk, which has a number among all chunks.
  func observe(_ place: ChunkPlace, number: Int, of voice: Voice, worker: Int) -> ObservedChunk {
    var chunk = ObservedChunk(worker: worker)
    for record in place.range {
      var state = ConversationState()
      func add(_ message: Message, author: UInt64, turn: Int, isLast: Bool) {
        observe(message.text, author: author, in: &state, isLast: isLast)
        guard let main = message.labels.first else { return }
        // Ordinary turns of a transcript are many and alike: they count for less than a message written on its own.
        let observed = ObservedMessage(
          labels: message.labels.reduce(0) { $0 | 1 << UInt32($1.rawValue) }, main: main,
          words: UInt8(min(observation.words, 255)), voice: place.voice, weight: place.isTranscripts ? 0.5 : 1,
          record: Int32(record), turn: Int32(turn), chunk: Int32(number), row: Int32(chunk.messages.count))
        chunk.append(observed, observation, interner: interner, entryCount: entryCount)
      }
      if place.isTranscripts {
        let messages = voice.transcripts[record].messages
        for (turn, message) in messages.enumerated() {
          add(message, author: tokenHash(message.authorID), turn: turn, isLast: turn + 1 == messages.count)
        }
      } else {
        let gold = voice.messages[record]
        if let question = gold.question {
          observe(question, author: ChunkObserver.asker, in: &state, isLast: false)
        }
        add(gold.message, author: 0, turn: -1, isLast: true)
      }
    }
    return chunk
  }

  private func observe(_ text: String, author: UInt64, in state: inout ConversationState, isLast: Bool) {
    var text = text
    text.withUTF8 { workspace.observe($0, author: author, in: &state, isLast: isLast, into: &observation) }
  }
}
