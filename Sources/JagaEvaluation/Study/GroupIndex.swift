/// Which groups the items of a population belong to: the whole, and one group in each dimension.
///
/// Items of the same groups share a *leaf*, so that counting needs one addition an item however many dimensions there are.
struct GroupIndex: Sendable {
  struct Group: Hashable, Sendable {
    var dimension: Dimension
    var name: String
  }

  /// Groups of one dimension beyond so many, smallest first, are put together as ``rest``.
  static let most = 200
  static let rest = "others"
  /// The name of the group of items that state nothing.
  static let unstated = "unstated"

  /// The whole, then each dimension's groups.
  private(set) var groups = [Group(dimension: .all, name: "all")]
  /// The leaf of each item.
  private(set) var leaves: [UInt32] = []
  /// The groups of each leaf, the whole first.
  private(set) var groupsOfLeaf: [[Int]] = []

  /// `names`: for each dimension, every item's group in it; nil for unstated. `order` puts names first that are not in alphabetical order.
  init(count: Int, _ names: [(dimension: Dimension, names: [String?])], order: [String] = []) {
    leaves = [UInt32](repeating: 0, count: count)
    groupsOfLeaf = [[0]]
    for (dimension, values) in names {
      var sizes: [String: Int] = [:]
      for value in values { sizes[value ?? GroupIndex.unstated, default: 0] += 1 }
      let kept = Set(
        sizes.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(GroupIndex.most).map(\.key)
      )
      var known = kept.sorted {
        let left = order.firstIndex(of: $0) ?? order.count
        let right = order.firstIndex(of: $1) ?? order.count
        return left != right ? left < right : $0 < $1
      }
      if kept.count < sizes.count { known.append(GroupIndex.rest) }
      var places: [String: Int] = [:]
      for name in known {
        places[name] = groups.count
        groups.append(Group(dimension: dimension, name: name))
      }
      refine(values.map { places[$0 ?? GroupIndex.unstated] ?? groups.count - 1 })
    }
  }

  /// Parts each leaf by the items' groups in one more dimension.
  private mutating func refine(_ places: [Int]) {
    var leafOf: [Int: UInt32] = [:]
    var parted: [[Int]] = []
    for (item, place) in places.enumerated() {
      let before = Int(leaves[item])
      let key = before << 32 | place
      if let leaf = leafOf[key] {
        leaves[item] = leaf
        continue
      }
      let leaf = UInt32(parted.count)
      leafOf[key] = leaf
      parted.append(groupsOfLeaf[before] + [place])
      leaves[item] = leaf
    }
    groupsOfLeaf = parted
  }
}
