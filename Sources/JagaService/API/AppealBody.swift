internal import HTTPTypes
internal import JagaStore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The body of an appeal: `{"reason": …}`.
struct AppealBody {
  let reason: AppealReason

  private struct Wire: Decodable { var reason: String }

  /// Throws a ``Problem`` for anything else.
  init(json: [UInt8]) throws(Problem) {
    let names = AppealReason.allCases.map(\.rawValue).joined(separator: ", ")
    guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(json)) else {
      throw Problem(.badRequest, "json", "send {\"reason\": …} with one of \(names)")
    }
    guard let reason = AppealReason(rawValue: wire.reason) else {
      throw Problem(.badRequest, "appeal", "the reason is one of \(names)", pointer: "/reason")
    }
    self.reason = reason
  }
}
