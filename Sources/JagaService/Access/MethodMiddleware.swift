internal import HTTPTypes
internal import Hummingbird
internal import Synchronization

/// Answers 405 with `Allow` where a path exists and the method does not (RFC 9110, 15.5.6); the router knows only 404.
struct MethodMiddleware: RouterMiddleware {
  typealias Context = ServiceContext
  let table: RouteTable

  func handle(
    _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      let methods = table.methods(of: request.uri.path)
      guard !methods.isEmpty, !methods.contains(request.method.rawValue) else { throw error }
      let allowed = methods.joined(separator: ", ")
      throw Problem(
        .methodNotAllowed, "method-not-allowed", "this path takes \(allowed)", headers: [.allow: allowed])
    }
  }
}

/// The methods of every path, filled once when the router is complete.
final class RouteTable: Sendable {
  private struct Path {
    let elements: [RouterPath.Element]
    var methods: [String]
  }

  private let paths = Mutex<[Path]>([])

  /// Takes over a router's routes.
  func fill(from router: Router<ServiceContext>) {
    var found: [String: Path] = [:]
    for route in router.routes {
      found[route.path.description, default: Path(elements: Array(route.path), methods: [])].methods
        .append(route.method.rawValue)
    }
    let filled = Array(found.values)
    paths.withLock { $0 = filled }
  }

  /// The methods of the most literal route that fits a path, sorted; none where nothing does.
  func methods(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    return paths.withLock { paths in
      let fitting = paths.filter { RouteTable.fits($0.elements, parts) }
      let closest = fitting.max { RouteTable.literals($0.elements) < RouteTable.literals($1.elements) }
      return (closest?.methods ?? []).sorted()
    }
  }

  private static func fits(_ elements: [RouterPath.Element], _ parts: [Substring]) -> Bool {
    if elements.last == .recursiveWildcard {
      return parts.count >= elements.count - 1 && zip(elements.dropLast(), parts).allSatisfy { $0 ~= $1 }
    }
    return elements.count == parts.count && zip(elements, parts).allSatisfy { $0 ~= $1 }
  }

  private static func literals(_ elements: [RouterPath.Element]) -> Int {
    elements.count { element in element == .path(Substring(element.description)) }
  }
}
