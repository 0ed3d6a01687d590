internal import JagaTranscripts

/// A node of a flow, taken apart.
struct FlowNode {
  let uuid: String
  let actions: [JSONValue]
  let router: JSONValue?
  /// By exit: the node it leads to.
  private let destinations: [String: String]
  private let firstExit: String?

  init(_ node: JSONValue) {
    uuid = node.text("uuid")
    actions = node.list("actions")
    router = node["router"]
    let exits = node.list("exits")
    firstExit = exits.first?.text("uuid")
    destinations = Dictionary(
      exits.compactMap { exit in exit["destination_uuid"]?.string.map { (exit.text("uuid"), $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether it waits for a reply and looks at it.
  var waits: Bool { router?["wait"] != nil && (router?.text("wait").isEmpty ?? true) && operandIsReply }

  private var operandIsReply: Bool {
    guard let router, router.text("type") == "switch" else { return false }
    return ["@input.text", "@input", "@(input.text)", "@step.value"].contains(router.text("operand"))
  }

  struct Category: Equatable {
    var uuid: String
    var name: String
    var destination: String?
  }

  var categories: [Category] {
    (router?.list("categories") ?? []).map {
      Category(uuid: $0.text("uuid"), name: $0.text("name"), destination: destinations[$0.text("exit_uuid")])
    }
  }

  var otherCategory: Category? { category(router?.text("default_category_uuid") ?? "") }
  var timeoutCategory: String? { router?["wait"]?["timeout"]?["category_uuid"]?.string }
  func category(_ uuid: String) -> Category? { categories.first { $0.uuid == uuid } }

  /// Where a node without a question leads: its only exit, or the category that is followed.
  var way: (destination: String?, followed: String?) {
    guard router != nil else { return (firstExit.flatMap { destinations[$0] }, nil) }
    let calls = actions.contains { $0.text("type").hasPrefix("call_") || $0.text("type") == "transfer_airtime" }
    let category = calls ? categories.first : otherCategory ?? categories.first
    return (category?.destination, category?.name ?? "")
  }

  /// Every node it leads to, in the order of its categories or exits.
  var followers: [String] {
    waits ? categories.compactMap(\.destination) : [way.destination].compactMap { $0 }
  }
}
