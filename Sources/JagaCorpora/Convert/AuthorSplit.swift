/// Which of two sides each author is on, so that nobody, and no conversation, is on both.
///
/// Authors who write in one conversation belong together, and so do those whom they share with another: the unit of the split is a
/// connected component of authors and conversations. Components with sought authors and those without are divided apart, the
/// largest first, each to the side that lacks more of its share; among equal sizes the order is drawn by the seed. The same input and seed give the
/// same sides. Memory: the author ids. A corpus in which nearly all are connected cannot be split evenly: compare the counts in
/// the manifest with the share that was asked for.
struct AuthorSplit {
  private var nodes: [String: Int] = [:]
  private var parents: [Int] = []
  private var isSought: [Bool] = []
  /// By node, once ``divide(share:seed:)`` was called; true for the first side.
  private var isFirst: [Bool] = []

  /// Adds a message's author and its conversation.
  mutating func add(author: String, conversation: String, isSought sought: Bool) {
    let place = node("\u{0}" + conversation)
    guard !author.isEmpty else { return }
    let writer = node(author)
    if sought { isSought[writer] = true }
    unite(place, writer)
  }

  private mutating func node(_ key: String) -> Int {
    if let known = nodes[key] { return known }
    let made = parents.count
    nodes[key] = made
    parents.append(made)
    isSought.append(false)
    return made
  }

  private mutating func root(_ start: Int) -> Int {
    var node = start
    while parents[node] != node {
      parents[node] = parents[parents[node]]
      node = parents[node]
    }
    return node
  }

  /// The node seen first becomes the root.
  private mutating func unite(_ left: Int, _ right: Int) {
    let (left, right) = (root(left), root(right))
    if left != right { parents[max(left, right)] = min(left, right) }
  }

  private struct Component {
    var root: Int
    var authors = 0
    var hasSought = false
    var draw: UInt64 = 0
  }

  /// Decides the sides; the first gets `share` of the authors, 0 to 1.
  mutating func divide(share: Double, seed: UInt64) {
    var components: [Int: Component] = [:]
    for (key, node) in nodes {
      let top = root(node)
      var component = components[top] ?? Component(root: top)
      if key.utf8.first != 0 { component.authors += 1 }
      if isSought[node] { component.hasSought = true }
      components[top] = component
    }
    isFirst = [Bool](repeating: false, count: parents.count)
    var firstRoots: Set<Int> = []
    // Goes on from one stratum to the next, so that what could not be met in one is made up for in the other.
    var total = 0.0
    var filled = (first: 0.0, second: 0.0)
    for stratum in [true, false] {
      var members = components.values.filter { $0.hasSought == stratum }
      for index in members.indices {
        members[index].draw = AuthorSplit.mixed(UInt64(members[index].root) &+ seed &* 0x9E37_79B9_7F4A_7C15)
      }
      members.sort { ($1.authors, $0.draw, $0.root) < ($0.authors, $1.draw, $1.root) }
      total += Double(members.reduce(0) { $0 + max($1.authors, 1) })
      for member in members {
        let size = Double(max(member.authors, 1))
        if share * total - filled.first >= (1 - share) * total - filled.second {
          filled.first += size
          firstRoots.insert(member.root)
        } else {
          filled.second += size
        }
      }
    }
    for node in parents.indices { isFirst[node] = firstRoots.contains(root(node)) }
  }

  /// True when a conversation is on the first side. Cost: one look-up.
  func isFirst(conversation: String) -> Bool { nodes["\u{0}" + conversation].map { isFirst[$0] } ?? false }

  /// SplitMix64's mixing.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
