import Foundation
import JagaPollBot
import Testing

/// The flow in Examples, held to what RapidPro needs of an import.
struct WebhookFlowTests {
  private typealias Object = [String: Any]

  private let root: Object
  private let flow: Object
  private let nodes: [Object]

  init() throws {
    let bytes = try FlowSamples.file("Examples/rapidpro/jaga-webhook-flow.json")
    root = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? Object)
    flow = try #require((root["flows"] as? [Object])?.first)
    nodes = try #require(flow["nodes"] as? [Object])
  }

  private func list(_ object: Object?, _ key: String) -> [Object] { object?[key] as? [Object] ?? [] }
  private func text(_ object: Object?, _ key: String) -> String { object?[key] as? String ?? "" }

  @Test func theExportIsWhole() {
    #expect(
      text(root, "version") == "13" && text(flow, "spec_version").hasPrefix("14.") && text(flow, "type") == "messaging")
    for key in ["campaigns", "triggers", "fields", "groups"] { #expect((root[key] as? [Any])?.isEmpty == true) }
    #expect(text(flow, "language") == "ind")
  }

  @Test func everyUUIDIsOneAndEveryWayLeadsSomewhere() {
    let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    var seen: Set<String> = [text(flow, "uuid")]
    let nodeIDs = Set(nodes.map { text($0, "uuid") })
    for node in nodes {
      let router = node["router"] as? Object
      let parts =
        [node] + list(node, "actions") + list(node, "exits") + list(router, "cases") + list(router, "categories")
      for part in parts {
        #expect(text(part, "uuid").wholeMatch(of: form) != nil && seen.insert(text(part, "uuid")).inserted)
      }
      let exits = Set(list(node, "exits").map { text($0, "uuid") })
      let categories = Set(list(router, "categories").map { text($0, "uuid") })
      for exit in list(node, "exits") {
        if let way = exit["destination_uuid"] as? String { #expect(nodeIDs.contains(way)) }
      }
      #expect(Set(list(router, "categories").map { text($0, "exit_uuid") }) == (router == nil ? [] : exits))
      for test in list(router, "cases") { #expect(categories.contains(text(test, "category_uuid"))) }
      if router != nil { #expect(categories.contains(text(router, "default_category_uuid"))) }
    }
    let places = (flow["_ui"] as? Object)?["nodes"] as? Object ?? [:]
    #expect(Set(places.keys) == nodeIDs)
    for translations in (flow["localization"] as? Object ?? [:]).values {
      for id in (translations as? Object ?? [:]).keys { #expect(seen.contains(id)) }
    }
  }

  @Test func theWebhookSendsTextKeyAndLanguageAndNothingElse() throws {
    let node = try #require(nodes.first { list($0, "actions").contains { text($0, "type") == "call_webhook" } })
    let action = try #require(list(node, "actions").first)
    #expect(list(node, "actions").count == 1 && text(action, "method") == "POST")
    #expect(text(action, "url") == "@globals.jaga_url/v1/rapidpro")
    let headers = action["headers"] as? [String: String] ?? [:]
    #expect(headers["Authorization"] == "Bearer @globals.jaga_token" && headers["Content-Type"] == "application/json")
    let body = text(action, "body")
    #expect(
      body.hasPrefix(
        "@(json(object(\"text\", input.text, \"conversation_id\", contact.uuid, \"language\", contact.language, \"question\", \""
      ))
    #expect(body.hasSuffix("\")))") && !body.contains("urn") && !body.contains("contact.name"))
    let router = try #require(node["router"] as? Object)
    #expect(
      text(router, "operand") == "@webhook.status" && text(list(router, "cases").first, "type") == "has_number_between")
    #expect(list(router, "categories").map { text($0, "name") } == ["Success", "Failure"])
    // The question that is sent beside the reply is the one that was asked.
    let asked = try #require(nodes.first.flatMap { list($0, "actions").first })
    #expect(body.contains("\"question\", \"\(text(asked, "text"))\""))
  }

  @Test func everyActionHasItsWay() throws {
    let node = try #require(nodes.first { text($0["router"] as? Object, "operand") == "@webhook.json.action" })
    let router = try #require(node["router"] as? Object)
    let words = list(router, "cases").compactMap { ($0["arguments"] as? [String])?.first }
    #expect(words == ReplyAction.allCases.map(\.rawValue))
    #expect(list(router, "categories").map { text($0, "name") } == words.map(\.capitalized) + ["Other"])
    // Support says what the answer says.
    let support = try #require(list(router, "cases").last.map { text($0, "category_uuid") })
    let exit = try #require(
      list(router, "categories").first { text($0, "uuid") == support }.map { text($0, "exit_uuid") })
    let way = list(node, "exits").first { text($0, "uuid") == exit }.map { text($0, "destination_uuid") }
    let answer = try #require(nodes.first { text($0, "uuid") == way })
    #expect(list(answer, "actions").map { text($0, "text") } == ["@webhook.json.referral_text"])
  }

  /// Without an answer the flow goes the careful way: whoever told, and was not heard, gets a number.
  @Test(arguments: [("Success", "Failure"), ("None", "Other")])
  func whatFailsNamesAHelpline(first: String, failing: String) throws {
    let categories = nodes.map { list($0["router"] as? Object, "categories") }
    let place = try #require(categories.firstIndex { text($0.first, "name") == first })
    let exit = try #require(categories[place].first { text($0, "name") == failing }.map { text($0, "exit_uuid") })
    let way = list(nodes[place], "exits").first { text($0, "uuid") == exit }.map { text($0, "destination_uuid") }
    let answer = try #require(nodes.first { text($0, "uuid") == way })
    #expect(list(answer, "actions").allSatisfy { text($0, "text").contains("129") })
    #expect(!list(answer, "actions").isEmpty)
  }

  @Test func theReaderTellsWhatAPollLacksOfIt() throws {
    let result = try FlowReader.read(FlowSamples.file("Examples/rapidpro/jaga-webhook-flow.json"), file: "flow.json")
    #expect(result.polls.map(\.id) == ["jaga-webhook"] && result.polls[0].questions.map(\.id) == ["reply"])
    let faults = result.findings.map(\.fault)
    #expect(faults.contains(.action(type: "call_webhook")))
    #expect(faults.contains(.split(on: "@webhook.json.action", followed: "Other")))
  }
}
