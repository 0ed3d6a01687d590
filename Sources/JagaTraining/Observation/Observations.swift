import JagaBayes
import JagaCore
import JagaScoring

/// All that was seen of a corpus: its messages as rows of numbered features, and what the numbers mean.
///
/// Records are shared out among workers chunk by chunk, each with numbers of its own; then all get the numbers of one ``FeatureSpace``. Nothing here depends
/// on how many workers there were. Memory: 4 bytes for every feature of every message that other messages hold as well.
final class Observations: Sendable {
  /// Settings that decide what is worth a number.
  struct Options: Sendable {
    /// See ``Trainer/Options/minimumCount``.
    var minimum = 2
    /// See ``Trainer/Options/minimumRealCount``.
    var countMinimum = 5
  }

  let space: FeatureSpace
  /// The chunks of all parts of the corpus, in their order.
  let chunks: [ObservedChunk]
  /// Words and pairs of count tables, one a row, in the order of the tables.
  let countRows: ObservedChunk
  /// The count of each of them.
  let counts: [Int]

  /// Numbers what workers have observed.
  init(chunks: [ObservedChunk], interners: [FeatureInterner], tables: [CountTable], options: Options, workers: Workers)
  {
    let counter = FeatureInterner()
    var rows = ObservedChunk(worker: interners.count)
    counts = Observations.add(tables, minimum: options.countMinimum, to: counter, rows: &rows)
    let all = interners + [counter]
    let (space, numbers) = FeatureSpace.merged(all, minimum: options.minimum, workers: workers)
    self.space = space
    self.chunks = workers.map(chunks.count) { number, _ in
      RowNumbering(interner: all[chunks[number].worker], numbers: numbers[chunks[number].worker], kinds: space.kinds)
        .renumbered(chunks[number], rows: chunks[number].messages.count)
    }
    countRows = RowNumbering(interner: counter, numbers: numbers[interners.count], kinds: space.kinds)
      .renumbered(rows, rows: counts.count)
  }

  /// Words and pairs of count tables as rows of features; returns their counts.
  private static func add(
    _ tables: [CountTable], minimum: Int, to interner: FeatureInterner, rows: inout ObservedChunk
  ) -> [Int] {
    var counts: [Int] = []
    /// A word with its characters, for a row that counts no message.
    func word(_ form: String) -> UInt32 {
      let number = interner.number(of: Vocabulary.hash(word: form), .word)
      interner.spell(number, Vocabulary.characters(of: form))
      return number << 1 | 1
    }
    for table in tables {
      for item in table.words {
        let number = word(item.form)
        if item.count >= minimum { interner.keep(number >> 1) }
        rows.append(features: [number])
        counts.append(item.count)
      }
      for pair in table.pairs {
        let number = interner.number(of: Vocabulary.hash(pair: pair.first, pair.second), .pair) << 1
        let words = [word(pair.first)] + (pair.first == pair.second ? [] : [word(pair.second)])
        rows.append(features: [number] + words)
        counts.append(pair.count)
      }
    }
    return counts
  }
}

/// Replaces a worker's numbers in the rows of a chunk.
private struct RowNumbering {
  let interner: FeatureInterner
  /// By the worker's number, the number in the space.
  let numbers: [UInt32]
  /// By the number in the space.
  let kinds: [FeatureKind]

  /// Writes every word's characters out and sorts each row.
  func renumbered(_ chunk: ObservedChunk, rows: Int) -> ObservedChunk {
    var features: [UInt32] = []
    features.reserveCapacity(chunk.features.count * 2)
    var ends: [Int] = []
    var sorter = RowSorter()
    numbers.withUnsafeBufferPointer { numbers in
      chunk.features.withUnsafeBufferPointer { own in
        for row in 0..<rows {
          sorter.removeAll()
          for place in chunk.features(of: row) {
            let number = numbers[Int(own[place] >> 1)]
            if number != FeatureSpace.none { sorter.append(number << 1 | own[place] & 1) }
            guard own[place] & 1 != 0 else { continue }
            interner.forEachCharacters(of: own[place] >> 1) { run in
              let number = numbers[Int(run)]
              if number != FeatureSpace.none { sorter.append(number << 1) }
            }
          }
          let begin = features.count
          sorter.write(to: &features)
          keepOnce(&features, from: begin)
          ends.append(features.count)
        }
      }
    }
    return chunk.replacing(features: features, ends: ends)
  }

  /// Keeps each feature of a sorted row once, but for characters, which count once for every distinct word.
  private func keepOnce(_ features: inout [UInt32], from begin: Int) {
    var end = begin
    for place in begin..<features.count {
      let feature = features[place]
      let isRepeat = end > begin && features[end - 1] >> 1 == feature >> 1
      if isRepeat, kinds[Int(feature >> 1)] != .characters {
        features[end - 1] = feature
        continue
      }
      features[end] = feature
      end += 1
    }
    features.removeLast(features.count - end)
  }
}
