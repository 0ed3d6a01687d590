internal import Synchronization

/// Things that are dear to make and not safe to share, lent to one user at a time.
///
/// As many are made as were ever in use at once; of those nobody uses, a few stay.
final class ReusePool<Item>: Sendable {
  private struct Idle: @unchecked Sendable { var items: [Item] = [] }
  /// An item on its way: never in two hands.
  private struct Lent: @unchecked Sendable { let item: Item }

  private let idle = Mutex(Idle())
  private let kept: Int
  private let make: @Sendable () throws -> Item

  /// A pool that makes what is missing by `make`, and keeps up to `kept` idle ones.
  init(kept: Int = 16, make: @escaping @Sendable () throws -> Item) {
    self.kept = kept
    self.make = make
  }

  func take() throws -> Item {
    if let lent = idle.withLock({ idle in idle.items.popLast().map { Lent(item: $0) } }) { return lent.item }
    return try make()
  }

  func give(_ item: Item) {
    let lent = Lent(item: item)
    idle.withLock { idle in
      if idle.items.count < kept { idle.items.append(lent.item) }
    }
  }
}
