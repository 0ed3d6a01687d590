internal import Foundation
internal import JagaPollBot
internal import JagaService

/// Reads what the poll bot needs, at the start: what is wrong with it keeps the service from running.
enum PollFiles {
  /// The polls of a folder, by name. Throws ``Failure`` with every finding.
  static func polls(in folder: String) throws -> [Poll] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw Failure("\(folder): the folder of polls cannot be read; name it with --polls DIR")
    }
    let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
    guard !files.isEmpty else { throw Failure("\(folder): there is no poll in it; put one there as NAME.yaml") }
    let polls = try files.map { try poll(folder + "/" + $0) }
    let ids = Set(polls.map(\.id))
    guard ids.count == polls.count else {
      throw Failure("\(folder): two polls have the same id; give each an id of its own")
    }
    return polls
  }

  /// One poll. Throws ``Failure``.
  static func poll(_ path: String) throws -> Poll {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("\(path): the poll cannot be read; look at its name and permissions")
    }
    do { return try PollReader.read(Array(data), file: path) } catch {
      throw Failure(error.findings.map(\.description).joined(separator: "\n"))
    }
  }

  /// What the bot reads and speaks with: the program's own, or the operator's responses. Throws ``Failure``.
  static func voice(responses folder: String) throws -> BotVoice {
    do {
      let book = try folder.isEmpty ? ResponseBook.bundled() : ResponseBook(directory: folder)
      return BotVoice(responses: book, reader: try .bundled())
    } catch { throw Failure("\(error)") }
  }
}
