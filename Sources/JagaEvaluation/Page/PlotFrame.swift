/// The frame of a drawing: from values to places, axes, grid and titles. Sizes are in user units of SVG, about pixels.
struct PlotFrame {
  var width = 440.0
  var height = 340.0
  var left = 54.0
  var right = 14.0
  var top = 14.0
  var bottom = 48.0
  var xRange = 0.0...1.0
  var yRange = 0.0...1.0

  /// The place of a value across.
  func x(_ value: Double) -> Double {
    left + (value - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound) * (width - left - right)
  }

  /// The place of a value down.
  func y(_ value: Double) -> Double {
    height - bottom
      - (value - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound) * (height - top - bottom)
  }

  /// `x,y` of a corner of a line.
  func corner(_ x: Double, _ y: Double) -> String { Shown.place(self.x(x)) + "," + Shown.place(self.y(y)) }

  /// Opens the drawing. `id` is a constant of the page; title and description are what a screen reader says.
  func open(_ id: String, title: String, description: String, in page: inout Markup) {
    page.open(
      "svg",
      [
        "class": "plot", "role": "img", "aria-labelledby": "\(id)-t \(id)-d",
        "viewBox": "0 0 \(Shown.place(width)) \(Shown.place(height))", "width": Shown.place(width),
        "height": Shown.place(height), "xmlns": "http://www.w3.org/2000/svg",
      ])
    page.element("title", ["id": "\(id)-t"], title)
    page.element("desc", ["id": "\(id)-d"], description)
    page.breakLine()
  }

  /// Grid, ticks and titles of both axes.
  func axes(
    x xTicks: [(Double, String)], y yTicks: [(Double, String)], xTitle: String, yTitle: String, in page: inout Markup
  ) {
    for (value, name) in yTicks {
      line(xRange.lowerBound, value, xRange.upperBound, value, "grid", in: &page)
      text(name, left - 6, y(value) + 4, "tick end", in: &page)
    }
    for (value, name) in xTicks {
      line(value, yRange.lowerBound, value, yRange.upperBound, "grid", in: &page)
      text(name, x(value), height - bottom + 16, "tick middle", in: &page)
    }
    line(xRange.lowerBound, yRange.lowerBound, xRange.upperBound, yRange.lowerBound, "axis", in: &page)
    line(xRange.lowerBound, yRange.lowerBound, xRange.lowerBound, yRange.upperBound, "axis", in: &page)
    text(xTitle, (left + width - right) / 2, height - bottom + 36, "name middle", in: &page)
    let middle = Shown.place((top + height - bottom) / 2)
    page.element(
      "text", ["class": "name middle", "x": "14", "y": middle, "transform": "rotate(-90 14 \(middle))"], yTitle)
    page.breakLine()
  }

  /// A line between two values.
  func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String, in page: inout Markup
  ) {
    page.empty(
      "line",
      [
        "class": style, "x1": Shown.place(x(x1)), "y1": Shown.place(y(y1)), "x2": Shown.place(x(x2)),
        "y2": Shown.place(y(y2)),
      ])
  }

  /// A text at a place.
  func text(_ content: String, _ x: Double, _ y: Double, _ style: String, in page: inout Markup) {
    page.element("text", ["class": style, "x": Shown.place(x), "y": Shown.place(y)], content)
  }

  /// A rectangle at a place.
  func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, in page: inout Markup) {
    page.empty(
      "rect",
      [
        "class": style, "x": Shown.place(x), "y": Shown.place(y), "width": Shown.place(width),
        "height": Shown.place(height),
      ])
  }

  /// The mark of a system: a circle for the first, a square for the second; the shape tells them apart without colour.
  func mark(_ x: Double, _ y: Double, system: Int, in page: inout Markup) {
    if system == 0 {
      page.empty("circle", ["class": "mark s0", "cx": Shown.place(x), "cy": Shown.place(y), "r": "4.5"])
    } else {
      box(x - 4.5, y - 4.5, 9, 9, "mark s1", in: &page)
    }
  }

  /// A sample of each series with its name, at a corner of the plot.
  func legend(_ entries: [(style: String, name: String)], x: Double, y: Double, in page: inout Markup) {
    let longest = entries.map(\.name.count).max() ?? 0
    box(x - 4, y - 10, 44 + Double(longest) * 6.6, Double(entries.count) * 17 + 3, "legend", in: &page)
    for (row, entry) in entries.enumerated() {
      let place = y + Double(row) * 17
      page.empty(
        "line",
        [
          "class": entry.style, "x1": Shown.place(x), "y1": Shown.place(place), "x2": Shown.place(x + 28),
          "y2": Shown.place(place),
        ])
      text(entry.name, x + 34, place + 4, "tick", in: &page)
    }
    page.breakLine()
  }

  /// Ticks of a share.
  static let shares: [(Double, String)] = [(0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1, "1")]

  /// Ticks of a count from 0: at most five, on round numbers. The last is at or above `most`.
  static func counts(upTo most: Int) -> [(Double, String)] {
    var step = 1
    let factors = [2, 5, 10]
    var scale = 1
    var place = 0
    while step * 4 < most, scale <= Int.max / 100 {
      step = scale * factors[place]
      place += 1
      if place == factors.count { (scale, place) = (scale * 10, 0) }
    }
    let last = max((most + step - 1) / step, 1)
    return (0...last).map { (Double($0 * step), Shown.grouped($0 * step)) }
  }
}
