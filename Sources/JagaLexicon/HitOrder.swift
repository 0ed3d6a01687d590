internal import JagaCore

extension Lexicon {
  /// Puts the hits of phrases of one token and those of patterns in order, without those that overlap an earlier or longer one of their
  /// entry. Returns their number.
  func putInOrder(_ memory: ScratchMemory, tokens count: Int) -> Int {
    memory.found.sortByBegin()
    let offers = memory.offers
    let rows = self.rows.buffer
    let wholes = self.wholes.buffer
    let ordered = memory.ordered
    let ends = memory.ends
    let epoch = memory.epoch
    var total = 0
    memory.found.withUnsafeBufferPointer { found in
      var place = 0
      for token in 0..<count {
        let first = total
        let begin = Int32(truncatingIfNeeded: token)
        let earliest = epoch &+ UInt32(truncatingIfNeeded: token)
        var lists = 0
        while place < found.count, found[place].begin == begin {
          let hit = found[place]
          place &+= 1
          if ends[Int(hit.entry)] > earliest { continue }
          ends[Int(hit.entry)] = epoch &+ UInt32(truncatingIfNeeded: hit.end)
          ordered[total] = hit
          total &+= 1
          lists = 2
        }
        let offer = offers + token
        if offer.pointee.leads == 0, lists == 0 { continue }
        func addWholes(of symbol: Int) {
          let last = Int(rows[symbol &+ 1].wholes)
          var place = Int(rows[symbol].wholes)
          guard place < last else { return }
          lists &+= 1
          while place < last {
            let entry = wholes[place]
            place &+= 1
            if ends[Int(entry)] > earliest { continue }
            ends[Int(entry)] = earliest &+ 1
            ordered[total] = LexiconHit(entry: entry, begin: begin, end: begin &+ 1)
            total &+= 1
          }
        }
        for index in 0..<Int(offer.pointee.count) { addWholes(of: Int(offer.pointee[index])) }
        var bits = offer.pointee.specials & leadingClasses
        while bits != 0 {
          addWholes(of: bits.trailingZeroBitCount)
          bits &= bits &- 1
        }
        // Each list is sorted; several must be merged.
        if lists > 1 {
          UnsafeMutableBufferPointer(start: ordered + first, count: total &- first).order {
            ($0.end, $0.entry) < ($1.end, $1.entry)
          }
        }
      }
    }
    return total
  }
}

extension [LexiconHit] {
  /// Sorts by begin, then the longest first, then entry.
  mutating func sortByBegin() {
    withUnsafeMutableBufferPointer { hits in
      hits.order { left, right in
        if left.begin != right.begin { return left.begin < right.begin }
        if left.end != right.end { return left.end > right.end }
        return left.entry < right.entry
      }
    }
  }

  /// Keeps, of all hits of one entry with one begin, the longest. Leaves them sorted by entry, begin.
  mutating func keepLongest() {
    withUnsafeMutableBufferPointer { hits in
      hits.order { left, right in
        if left.entry != right.entry { return left.entry < right.entry }
        if left.begin != right.begin { return left.begin < right.begin }
        return left.end > right.end
      }
    }
    var kept = 0
    for index in indices {
      let hit = self[index]
      if kept > 0, self[kept - 1].entry == hit.entry, self[kept - 1].begin == hit.begin { continue }
      self[kept] = hit
      kept += 1
    }
    removeLast(count - kept)
  }
}

extension UnsafeMutableBufferPointer<LexiconHit> {
  /// Sorts without allocating, unlike the standard sort: few by insertion, for they are nearly in order; many by a heap.
  @inline(__always)
  func order(by precedes: (LexiconHit, LexiconHit) -> Bool) {
    guard count > 1 else { return }
    if count <= 24 { sortByInsertion(precedes) } else { sortByHeap(precedes) }
  }

  @inline(__always)
  private func sortByInsertion(_ precedes: (LexiconHit, LexiconHit) -> Bool) {
    for index in 1..<count {
      let hit = self[index]
      var place = index
      while place > 0, precedes(hit, self[place &- 1]) {
        self[place] = self[place &- 1]
        place &-= 1
      }
      self[place] = hit
    }
  }

  private func sortByHeap(_ precedes: (LexiconHit, LexiconHit) -> Bool) {
    func sift(_ root: Int, _ end: Int) {
      var parent = root
      while true {
        var child = 2 * parent + 1
        if child >= end { return }
        if child + 1 < end, precedes(self[child], self[child + 1]) { child += 1 }
        if !precedes(self[parent], self[child]) { return }
        swapAt(parent, child)
        parent = child
      }
    }
    var root = count / 2
    while root > 0 {
      root -= 1
      sift(root, count)
    }
    var end = count
    while end > 1 {
      end -= 1
      swapAt(0, end)
      sift(0, end)
    }
  }
}
