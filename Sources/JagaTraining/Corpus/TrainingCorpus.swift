package import JagaCore

/// One voice: a writer group with its own register, and what it wrote.
package struct Voice: Sendable {
  package let name: String
  package let messages: [Message]
  package let transcripts: [LabelledTranscript]
}

/// A transcript with labels on every message.
package struct LabelledTranscript: Sendable {
  package let id: String
  package let label: Label?
  package let firstRisk: Int?
  package let messages: [Message]
}

/// Everything to learn from.
package struct TrainingCorpus: Sendable {
  package var voices: [Voice] = []
  package var counts: [CountTable] = []
}
