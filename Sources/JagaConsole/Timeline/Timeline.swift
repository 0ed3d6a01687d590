internal import JagaCore

/// Which stages came when in a conversation, and by whom: one lane for each stage that was found, one point for each flagged message.
///
/// Places are in percent of the width and in pixels of the height, so that the picture fits any window without scaling its letters.
struct Timeline {
  /// A flagged message.
  struct Point: Equatable {
    var message: MessageView
    var flag: FlagView
    /// The author's place in the order of appearance.
    var author: Int
    /// In percent of the width.
    var x: Double
    /// In pixels from above.
    var y: Int
  }

  /// One stage.
  struct Lane: Equatable {
    var label: Label
    /// The upper border, in pixels.
    var top: Int
  }

  /// Pixels from lane to lane; the name stands above the points.
  static let laneHeight = 46
  /// Beyond so many messages no picture is drawn; it keeps the arithmetic far from overflow.
  static let longest = 1 << 40
  /// Pixels for the axis below the lanes.
  static let axisHeight = 26

  var lanes: [Lane] = []
  var points: [Point] = []
  /// Messages at which the axis has a number, by index.
  var ticks: [Int] = []
  /// Messages of the conversation, at least one more than the highest index.
  var length = 0

  /// Lays the flagged messages out. An impossible length is taken from the messages.
  init(messages: [MessageView], count: Int, authors: [String]) {
    let flagged = messages.compactMap { message in message.flag.map { (message, $0) } }
      .filter { (0..<Self.longest).contains($0.0.index) }
    guard !flagged.isEmpty else { return }
    length = min(max(count, (flagged.map(\.0.index).max() ?? 0) + 1), Self.longest)
    let labels = Set(flagged.map { Self.shownLabel($0.1) }).sorted { order($0) < order($1) }
    lanes = labels.enumerated().map { Lane(label: $1, top: $0 * Self.laneHeight) }
    let places = Dictionary(uniqueKeysWithValues: lanes.map { ($0.label, $0.top) })
    points = flagged.map { message, flag in
      Point(
        message: message, flag: flag, author: authors.firstIndex(of: message.author) ?? 0, x: x(message.index),
        y: (places[Self.shownLabel(flag)] ?? 0) + 31)
    }
    ticks = Array(stride(from: 0, to: length, by: Self.step(length)))
  }

  /// The height of the picture in pixels.
  var height: Int { lanes.count * Self.laneHeight + Self.axisHeight }

  /// The place of a message in percent of the width: 5 to 95.
  func x(_ index: Int) -> Double {
    guard length > 1 else { return 50 }
    return 5 + 90 * Double(min(index, length - 1)) / Double(length - 1)
  }

  /// Messages from number to number: the first of 1, 2, 5, 10, 20, 50 … that gives at most eight numbers.
  private static func step(_ length: Int) -> Int {
    var power = 1
    while power <= length {
      for factor in [1, 2, 5] where (length - 1) / (factor * power) < 8 { return factor * power }
      power *= 10
    }
    return power
  }

  /// What a point stands for: a disclosure is never shown as a stage.
  static func shownLabel(_ flag: FlagView) -> Label { flag.kind == .disclosure ? .disclosure : flag.label }

  /// Disclosures above all tracks.
  private func order(_ label: Label) -> Int { label == .disclosure ? -1 : Int(label.rawValue) }
}

/// The letters under which authors appear.
enum AuthorName {
  /// A, B … Z, A2, B2 …
  static func letter(_ index: Int) -> String {
    let letter = Unicode.Scalar(UInt8(65 + index % 26))
    return String(letter) + (index < 26 ? "" : String(index / 26 + 1))
  }

  /// Authors in the order in which they first appear.
  static func order(_ messages: [MessageView]) -> [String] {
    var seen = Set<String>()
    return messages.map(\.author).filter { seen.insert($0).inserted }
  }
}
