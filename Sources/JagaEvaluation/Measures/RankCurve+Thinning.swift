extension RankCurve {
  /// The curve with at most so many points, for drawing. Cost: one pass, and the square of a few thousand points at most.
  ///
  /// Steps are merged into steps of the same area (their height is the mean, weighted by width), so average precision stays as it is. Of a ROC
  /// curve, points inside a square of 1/2,000 go first, then always the one whose triangle with its neighbours is the smallest
  /// (Visvalingam and Whyatt 1993); that moves the area by less than 0.001. First and last points stay.
  public func thinned(to most: Int = 300) -> RankCurve {
    guard points.count > max(most, 2) else { return self }
    return kind == .roc ? thinnedLine(max(most, 2)) : thinnedSteps(max(most, 2))
  }

  private func thinnedSteps(_ most: Int) -> RankCurve {
    var thin = self
    thin.points = []
    let width = 1 / Double(most - 1)
    var area = 0.0
    var begin = 0.0
    var before = 0.0
    for (index, point) in points.enumerated() {
      area += (point.x - before) * point.y
      before = point.x
      // Steps end on a fixed grid, so that there are never more than asked for.
      let isCellFull = (point.x / width).rounded(.down) > (begin / width).rounded(.down)
      guard isCellFull || index == points.count - 1 else { continue }
      thin.points.append(Point(x: point.x, y: area / (point.x - begin), score: point.score))
      begin = point.x
      area = 0
    }
    return thin
  }

  private func thinnedLine(_ most: Int) -> RankCurve {
    let cell = 1.0 / 2000
    var kept: [Point] = []
    for (index, point) in points.enumerated() {
      guard let last = kept.last, index < points.count - 1 else {
        kept.append(point)
        continue
      }
      if point.x - last.x >= cell || point.y - last.y >= cell { kept.append(point) }
    }
    var next = kept.indices.map { $0 + 1 }
    var previous = kept.indices.map { $0 - 1 }
    func triangle(_ index: Int) -> Double {
      guard previous[index] >= 0, next[index] < kept.count else { return .infinity }
      let (a, b, c) = (kept[previous[index]], kept[index], kept[next[index]])
      return abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2
    }
    var sizes = kept.indices.map(triangle)
    var isKept = [Bool](repeating: true, count: kept.count)
    for _ in 0..<max(kept.count - most, 0) {
      var least = 0
      for index in sizes.indices where isKept[index] && sizes[index] < sizes[least] { least = index }
      guard sizes[least].isFinite else { break }
      isKept[least] = false
      let (left, right) = (previous[least], next[least])
      next[left] = right
      previous[right] = left
      sizes[least] = .infinity
      sizes[left] = triangle(left)
      sizes[right] = triangle(right)
    }
    var thin = self
    thin.points = kept.indices.filter { isKept[$0] }.map { kept[$0] }
    return thin
  }
}
