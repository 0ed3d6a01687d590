import Foundation
import JagaCore
package import JagaTranscripts

/// One voice: a writer group with its own register, and what it wrote.
package struct Voice: Sendable {
  package let name: String
  package let messages: [GoldMessage]
  package let transcripts: [GoldTranscript]

  package init(name: String, messages: [GoldMessage], transcripts: [GoldTranscript]) {
    self.name = name
    self.messages = messages
    self.transcripts = transcripts
  }
}

extension Voice {
  /// Reads the messages and transcripts of a voice's folder.
  fileprivate init(name: String, folder: String) throws {
    let gold = try GoldReader.read([.file(folder + "/messages.jsonl"), .file(folder + "/transcripts.jsonl")])
    self.init(name: name, messages: gold.messages, transcripts: gold.transcripts)
  }
}

/// Everything to learn from: the training and calibration voices of a corpora folder, and counts of real chat.
package struct TrainingCorpus: Sendable {
  /// What weights are learned from.
  package var voices: [Voice] = []
  /// What the scaling is fitted to; weights never see them.
  package var calibration: [Voice] = []
  package var counts: [CountTable] = []

  package init(voices: [Voice] = [], calibration: [Voice] = [], counts: [CountTable] = []) {
    self.voices = voices
    self.calibration = calibration
    self.counts = counts
  }

  /// Reads `splits.json`, `voices/*/{messages,transcripts}.jsonl` and `counts/*.tsv` of a folder.
  ///
  /// Voices come in the order of their names and test voices are never opened. Throws ``CorpusError`` when a voice stands in the
  /// split but not in the folder or the reverse, and `TranscriptError` for a record that cannot be read: training skips nothing.
  package init(directory: String) throws { try self.init(directory: directory, workers: Workers()) }

  /// The same, voices side by side.
  init(directory: String, workers: Workers) throws {
    let voices = directory + "/voices"
    let split = try Split(path: directory + "/splits.json")
    let folders = try names(in: voices)
    if let twice = split.all.first(where: { name in split.all.filter { $0 == name }.count > 1 }) {
      throw CorpusError.badRecord(
        file: directory + "/splits.json", line: 1, reason: "names the voice '\(twice)' twice; a voice has one part")
    }
    for folder in folders where !split.all.contains(folder) {
      throw CorpusError.badSplit(path: directory + "/splits.json", voice: folder)
    }
    for voice in split.all.sorted() where !folders.contains(voice) {
      throw CorpusError.badSplit(path: directory + "/splits.json", voice: voice)
    }
    let (train, calibration) = (split.train.sorted(), (split.calibration ?? []).sorted())
    let all = try workers.tryMap(train.count + calibration.count) { number, _ in
      let name = number < train.count ? train[number] : calibration[number - train.count]
      return try Voice(name: name, folder: voices + "/" + name)
    }
    self.voices = Array(all.prefix(train.count))
    self.calibration = Array(all.dropFirst(train.count))
    guard self.voices.contains(where: { !$0.messages.isEmpty }) else { throw CorpusError.empty(path: directory) }
    let tables = (try? names(in: directory + "/counts")) ?? []
    for name in tables where name.hasSuffix(".tsv") {
      let path = directory + "/counts/" + name
      guard let contents = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw CorpusError.unreadable(path: path)
      }
      counts.append(try CountTable(contents: contents, path: path))
    }
  }
}

/// Which voices train, which set the scaling and which only test. A voice is never split.
private struct Split: Decodable {
  var train: [String]
  var calibration: [String]?
  var test: [String]

  var all: [String] { train + (calibration ?? []) + test }

  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw CorpusError.unreadable(path: path) }
    do {
      self = try JSONDecoder().decode(Split.self, from: data)
    } catch {
      throw CorpusError.badRecord(file: path, line: 1, reason: "is not an object with the lists 'train' and 'test'")
    }
  }
}

/// The visible names in a folder, sorted.
private func names(in path: String) throws -> [String] {
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
    throw CorpusError.unreadable(path: path)
  }
  return names.filter { !$0.hasPrefix(".") }.sorted()
}
