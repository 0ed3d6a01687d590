import Foundation
import JagaPollBot

/// Flows for the tests, written as RapidPro exports them.
enum FlowSamples {
  /// Wraps nodes into an export.
  static func export(
    _ nodes: [String], language: String = "ind", localization: String = "{}", version: String = "14.1.0",
    type: String = "messaging", more: String = ""
  ) -> [UInt8] {
    Array(
      """
      {"version": "13", "flows": [{"uuid": "f1", "name": "Aman Online!", "spec_version": "\(version)",
        "language": "\(language)", "type": "\(type)", "revision": 7, "expire_after_minutes": 720,
        "localization": \(localization), "nodes": [\(nodes.joined(separator: ","))]}]\(more)}
      """.utf8)
  }

  static func message(_ id: String, _ text: String, to: String?, more: String = "") -> String {
    """
    {"uuid": "\(id)", "actions": [{"uuid": "\(id)-m", "type": "send_msg", "text": "\(text)"\(more)}],
     "exits": [{"uuid": "\(id)-x", "destination_uuid": \(to.map { "\"\($0)\"" } ?? "null")}]}
    """
  }

  /// A wait: tests as (type, argument, category, way), and the way of other replies.
  static func wait(
    _ id: String, _ tests: [(type: String, argument: String, category: String, to: String?)], other: String?,
    result: String = "", more: String = ""
  ) -> String {
    func category(_ name: String) -> String {
      "{\"uuid\": \"\(id)-c-\(name)\", \"name\": \"\(name)\", \"exit_uuid\": \"\(id)-x-\(name)\"}"
    }
    func exit(_ name: String, _ to: String?) -> String {
      "{\"uuid\": \"\(id)-x-\(name)\", \"destination_uuid\": \(to.map { "\"\($0)\"" } ?? "null")}"
    }
    var names: [String] = []
    for test in tests where !names.contains(test.category) { names.append(test.category) }
    let cases = tests.enumerated().map { index, test in
      let arguments = test.argument.split(separator: "|").map { "\"\($0)\"" }.joined(separator: ",")
      return """
        {"uuid": "\(id)-t\(index)", "type": "\(test.type)", "arguments": [\(arguments)],
         "category_uuid": "\(id)-c-\(test.category)"}
        """
    }
    let exits = names.map { name in exit(name, tests.first { $0.category == name }?.to) } + [exit("Other", other)]
    return """
      {"uuid": "\(id)", "actions": [], "router": {"type": "switch", "operand": "@input.text", "result_name": "\(result)",
        "wait": {"type": "msg"\(more)}, "cases": [\(cases.joined(separator: ","))],
        "categories": [\((names.map(category) + [category("Other")]).joined(separator: ","))],
        "default_category_uuid": "\(id)-c-Other"}, "exits": [\(exits.joined(separator: ","))]}
      """
  }

  static func read(_ nodes: [String]) throws -> FlowImport { try FlowReader.read(export(nodes), file: "f.json") }

  /// A file of the repository.
  static func file(_ path: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Array(Data(contentsOf: root.appendingPathComponent(path)))
  }
}
