import JagaCore
import JagaTranscripts
import Testing

@testable import JagaService

struct DescriptionRouteTests {
  private func description() throws -> JSONValue { try JSONValue.parse(PackageResources.openapi_json) }

  /// Paths of programs; the console's pages are for people, and described by themselves.
  private func isForPrograms(_ path: String) -> Bool {
    ["/v1/", "/v1alpha1/", "/contentsafety/", "/c/ex/"].contains { path.hasPrefix($0) }
      || ["/healthz", "/readyz", "/metrics", "/openapi.json"].contains(path)
  }

  @Test func everyRouteIsDescribedAndNothingElse() throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    let routes = fixture.parts.router().routes.filter { isForPrograms($0.path.description) }
      .map { "\($0.method.rawValue) \($0.path)" }
    let paths = try #require(try description()["paths"])
    let described = paths.keys.flatMap { path in
      (paths[path]?.keys ?? []).map { "\($0.uppercased()) \(path)" }
    }
    #expect(routes.sorted() == described.sorted())
  }

  @Test func itIsServedToAnybody() async throws {
    let fixture = try ServiceFixture { $0.access.isLoopback = false }
    defer { fixture.remove() }
    let answer = try await fixture.send(.get, "/openapi.json")
    #expect(answer.status == .ok)
    #expect(answer.headers[.contentType] == "application/json")
    #expect(answer.json["openapi"]?.string == "3.1.0")
    #expect(answer.json == (try description()))
  }

  @Test func everyReferenceLeadsSomewhere() throws {
    let root = try description()
    var missing: [String] = []
    func walk(_ value: JSONValue) {
      switch value {
      case .object(let members):
        if let reference = value["$ref"]?.string {
          let target = reference.split(separator: "/").dropFirst().reduce(Optional(root)) { $0?[String($1)] }
          if target == nil { missing.append(reference) }
        }
        members.values.forEach(walk)
      case .array(let elements): elements.forEach(walk)
      default: break
      }
    }
    walk(root)
    #expect(missing == [])
  }

  @Test func itNamesOurLabelsAttributesAndCategories() throws {
    let schemas = try #require(try description()["components"]?["schemas"])
    func names(_ path: String...) -> Set<String> {
      let value = path.reduce(Optional(schemas)) { $0?[$1] }
      return Set((value?.elements ?? []).compactMap(\.string))
    }
    #expect(names("Record", "properties", "labels", "propertyNames", "enum") == Set(Label.moves.map(\.name)))
    #expect(
      names("AnalyzeCommentRequest", "properties", "requestedAttributes", "propertyNames", "enum")
        == Set(PerspectiveAttribute.all.map(\.name)))
    #expect(
      names("AnalyzeTextRequest", "properties", "categories", "items", "enum")
        == Set(AzureCategory.allCases.map(\.rawValue)))
    #expect(
      names("ModerationResponse", "properties", "results", "items", "properties", "categories", "required").count == 38)
  }
}
