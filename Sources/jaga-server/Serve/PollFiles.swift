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
    let polls = try files.map { try usablePoll(folder + "/" + $0) }
    let ids = Set(polls.map(\.id))
    guard ids.count == polls.count else {
      throw Failure("\(folder): two polls have the same id; give each an id of its own")
    }
    return polls
  }

  /// A poll in which nothing is found that keeps it from being used. Throws ``Failure`` with every such finding.
  static func usablePoll(_ path: String) throws -> Poll {
    let poll = try poll(path)
    let errors = try findings(path).filter(\.fault.isError)
    guard errors.isEmpty else { throw Failure(errors.map(\.description).joined(separator: "\n")) }
    return poll
  }

  /// What is wrong or doubtful in a poll, also in one that cannot be read. Throws ``Failure`` where there is no file.
  static func findings(_ path: String) throws -> [PollFinding] {
    let bytes = try bytes(path)
    let poll: Poll
    do { poll = try PollReader.read(bytes, file: path) } catch { return error.findings }
    return PollCheck(
      poll: poll, file: path, lines: PollReader.lines(of: bytes), wording: try PollWording.bundled(),
      fitsOneMessage: { SMSParts.length(of: $0).fits }
    ).findings()
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("\(path): the poll cannot be read; look at its name and permissions; it is a file, not a folder")
    }
    return Array(data)
  }

  /// One poll. Throws ``Failure``.
  static func poll(_ path: String) throws -> Poll {
    do { return try PollReader.read(bytes(path), file: path) } catch let error as PollError {
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
