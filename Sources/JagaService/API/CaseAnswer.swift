internal import HTTPTypes
internal import JagaStore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a person writes to the contact of a case, made ready to be sent.
struct CaseAnswer: Equatable, Sendable {
  /// The longest answer, in UTF-16 units as browsers count.
  static let limit = 1_000

  /// Line breaks are single, what cannot be seen is left out, and nothing is blank around it.
  let text: String

  /// Why it is none.
  enum Fault: Error, Equatable {
    case empty, tooLong
  }

  private struct Wire: Decodable { var text: String }

  /// Takes what was written.
  init(_ written: String) throws(Fault) {
    var text = ""
    for character in written {
      if character.isNewline {
        text.append("\n")
      } else if character == "\t" {
        text.append(" ")
      } else {
        text.unicodeScalars.append(
          contentsOf: character.unicodeScalars.filter { $0.properties.generalCategory != .control })
      }
    }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    guard !text.isEmpty else { throw .empty }
    guard text.utf16.count <= Self.limit else { throw .tooLong }
    self.text = text
  }

  /// Reads `{"text": …}`. Throws a ``Problem`` for anything else.
  init(json: [UInt8]) throws(Problem) {
    guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(json)) else {
      throw Problem(.badRequest, "json", "send {\"text\": …} with what the contact is to be sent")
    }
    do throws(Fault) {
      try self.init(wire.text)
    } catch {
      switch error {
      case .empty: throw Problem(.badRequest, "text", "the answer is empty; nothing was sent", pointer: "/text")
      case .tooLong:
        throw Problem(
          .contentTooLarge, "field-too-long",
          "the answer is longer than \(Self.limit) UTF-16 units; nothing was sent, shorten it", pointer: "/text")
      }
    }
  }
}
