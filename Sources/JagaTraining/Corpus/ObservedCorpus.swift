import Dispatch
package import JagaCore
package import JagaScoring
import JagaTranscripts
import Synchronization

/// A labelled message as the scorer sees it, without its text.
package struct ObservedMessage: Sendable {
  /// The message's id; `<transcript>#<index>` for a turn of a transcript.
  package let id: String
  /// Its own id, and that of its conversation; nil for a message alone.
  package let messageID: String
  package let conversationID: String?
  package let observation: Observation
  package let labels: UInt32
  package let main: Label
  package let voice: Int
  /// What it counts for in learning.
  package let weight: Double

  package var isMove: Bool { labels & ((1 << UInt32(Label.moveCount)) - 1) != 0 }
  package var isDisclosure: Bool { labels & (1 << UInt32(Label.disclosure.rawValue)) != 0 }
}

/// Every labelled message of a corpus, analysed once, transcripts message by message in their order.
package struct ObservedCorpus: Sendable {
  /// Who asked the question that a message answers: anybody but its author.
  private static let asker: UInt64 = 1

  package private(set) var voices: [String] = []
  package private(set) var messages: [ObservedMessage] = []

  /// Analyses voices side by side, each in its own order: the result does not depend on the number of processors.
  package init(_ all: [Voice], model: Model) {
    voices = all.map(\.name)
    let scorer = Scorer(model: model)
    let observed = Mutex([[ObservedMessage]](repeating: [], count: all.count))
    DispatchQueue.concurrentPerform(iterations: all.count) { number in
      let part = ObservedCorpus(all[number], number: number, workspace: ScoringWorkspace(scorer)).messages
      observed.withLock { $0[number] = part }
    }
    messages = observed.withLock { Array($0.joined()) }
  }

  private init(_ voice: Voice, number: Int, workspace: ScoringWorkspace) {
    for message in voice.messages {
      var state = ConversationState()
      if let question = message.question {
        _ = workspace.observe(question, author: ObservedCorpus.asker, in: &state)
      }
      add(
        message.message, id: message.message.messageID,
        conversation: message.isAlone ? nil : message.message.conversationID,
        author: 0, voice: number, weight: 1, workspace: workspace, state: &state)
    }
    for transcript in voice.transcripts {
      var state = ConversationState()
      for message in transcript.messages {
        // Ordinary turns of a transcript are many and alike: they count for less than a message written on its own.
        add(
          message, id: "\(transcript.id)#\(message.messageID)", conversation: transcript.id,
          author: tokenHash(message.authorID), voice: number, weight: 0.5, workspace: workspace, state: &state)
      }
    }
  }

  private mutating func add(
    _ message: Message, id: String, conversation: String?, author: UInt64, voice: Int, weight: Double,
    workspace: ScoringWorkspace, state: inout ConversationState
  ) {
    let observation = workspace.observe(message.text, author: author, in: &state)
    guard let main = message.labels.first else { return }
    let labels = message.labels.reduce(UInt32(0)) { $0 | 1 << UInt32($1.rawValue) }
    messages.append(
      ObservedMessage(
        id: id, messageID: message.messageID, conversationID: conversation, observation: observation, labels: labels,
        main: main, voice: voice, weight: weight))
  }

  /// Deals all voices into folds, in their order.
  package func folds(_ count: Int) -> [Set<Int>] { ObservedCorpus.deal(Array(voices.indices), folds: count) }

  /// Deals some voices into folds, one after the other: at least two folds, and none without a voice where there are two voices.
  package static func deal(_ voices: [Int], folds count: Int) -> [Set<Int>] {
    let used = max(2, min(count, voices.count))
    return (0..<used).map { fold in
      Set(stride(from: fold, to: voices.count, by: used).map { voices[$0] })
    }
  }
}
