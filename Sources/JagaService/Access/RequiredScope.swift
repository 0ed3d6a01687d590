internal import HTTPTypes
public import Hummingbird

extension RouterMethods where Context == ServiceContext {
  /// A group whose routes are for holders of a scope.
  ///
  ///     let group = router.requires(.score)
  ///     group.post("/v1/score", use: score)
  public func requires(_ scope: Scopes) -> RouterGroup<ServiceContext> {
    group().add(middleware: RequiredScopeMiddleware(scope: scope))
  }
}

extension ServiceContext {
  /// Throws unless whoever asks has all of these scopes: 401 for nobody, 403 for somebody.
  func require(_ scopes: Scopes) throws(Problem) {
    guard !identity.scopes.isSuperset(of: scopes) else { return }
    let names = scopes.nameList.joined(separator: " ")
    guard identity != .nobody else {
      throw Problem(
        .unauthorized, "token-missing",
        "this path needs a token with the scope '\(names)'; send it as 'Authorization: Bearer …'",
        headers: [.wwwAuthenticate: "Bearer realm=\"jaga\", scope=\"\(names)\""])
    }
    throw Problem(
      .forbidden, "scope-missing", "this token lacks the scope '\(names)'; ask the operator for one that has it",
      headers: [.wwwAuthenticate: "Bearer realm=\"jaga\", error=\"insufficient_scope\", scope=\"\(names)\""])
  }
}

/// Lets holders of a scope through.
struct RequiredScopeMiddleware: RouterMiddleware {
  typealias Context = ServiceContext
  let scope: Scopes

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    try context.require(scope)
    return try await next(request, context)
  }
}
