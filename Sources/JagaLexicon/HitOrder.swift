extension [LexiconHit] {
  /// Sorts by begin, end, entry.
  mutating func sortByPlace() {
    heapSort { left, right in
      if left.begin != right.begin { return left.begin < right.begin }
      if left.end != right.end { return left.end < right.end }
      return left.entry < right.entry
    }
  }

  /// Keeps, of all hits of one entry with one begin, the longest. Leaves them sorted by entry, begin.
  mutating func keepLongest() {
    sortByEntry()
    var kept = 0
    for index in indices {
      let hit = self[index]
      if kept > 0, self[kept - 1].entry == hit.entry, self[kept - 1].begin == hit.begin { continue }
      self[kept] = hit
      kept += 1
    }
    removeLast(count - kept)
  }

  /// Reduces overlapping hits of one entry to the leftmost longest, from left to right.
  mutating func keepLeftmostLongest() {
    sortByEntry()
    var kept = 0
    for index in indices {
      let hit = self[index]
      if kept > 0, self[kept - 1].entry == hit.entry, hit.begin < self[kept - 1].end { continue }
      self[kept] = hit
      kept += 1
    }
    removeLast(count - kept)
  }

  private mutating func sortByEntry() {
    heapSort { left, right in
      if left.entry != right.entry { return left.entry < right.entry }
      if left.begin != right.begin { return left.begin < right.begin }
      return left.end > right.end
    }
  }

  /// Sorts without allocating: the standard sort takes a buffer for every message.
  private mutating func heapSort(by precedes: (LexiconHit, LexiconHit) -> Bool) {
    guard count > 1 else { return }
    withUnsafeMutableBufferPointer { hits in
      func sift(_ root: Int, _ end: Int) {
        var parent = root
        while true {
          var child = 2 * parent + 1
          if child >= end { return }
          if child + 1 < end, precedes(hits[child], hits[child + 1]) { child += 1 }
          if !precedes(hits[parent], hits[child]) { return }
          hits.swapAt(parent, child)
          parent = child
        }
      }
      var root = hits.count / 2
      while root > 0 {
        root -= 1
        sift(root, hits.count)
      }
      var end = hits.count
      while end > 1 {
        end -= 1
        hits.swapAt(0, end)
        sift(0, end)
      }
    }
  }
}
