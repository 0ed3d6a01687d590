internal import Hummingbird
internal import JagaBatch

/// `POST /v1alpha1/comments:analyze` as Perspective's clients call it, for those who must move before it is switched off.
///
/// The shape is Perspective's, the attributes are ours (``PerspectiveAttribute``). Nothing is kept, with or without `doNotStore`.
struct PerspectiveSurface: Sendable {
  static let path = "/v1alpha1/comments:analyze"
  let parts: ServiceParts

  func add(to router: some RouterMethods<ServiceContext>) {
    router.requires(.score).post("/v1alpha1/comments:analyze") { request, _ in
      let wanted = try PerspectiveRequest(try await parts.object(of: request))
      let scores = try await parts.scoresAlone([wanted.text])
      let buffer = JSONBuffer(capacity: 1024)
      if let score = scores.first { PerspectiveAnswer(request: wanted, score: score).write(to: buffer) }
      return Response.json(buffer)
    }
  }
}
