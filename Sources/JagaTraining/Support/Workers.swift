import Dispatch
import Foundation
import Synchronization

/// Threads that share out numbered pieces of work. What a piece gives must not depend on the worker that does it.
struct Workers: Sendable {
  /// The most threads at work.
  let count: Int

  /// As many workers as stated; as many as there are processors where nothing is stated.
  init(_ count: Int? = nil) { self.count = max(1, count ?? ProcessInfo.processInfo.activeProcessorCount) }

  /// Does every piece once, in rising order of their start. A worker's number is below ``count``, and one worker does one piece at a time.
  func forEach(_ pieces: Int, _ body: @Sendable (_ piece: Int, _ worker: Int) -> Void) {
    let used = min(count, pieces)
    guard used > 1 else {
      for piece in 0..<pieces { body(piece, 0) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: used) { worker in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < pieces else { return }
        body(piece, worker)
      }
    }
  }

  /// What every piece gives, in their order.
  func map<Value: Sendable>(_ pieces: Int, _ body: @Sendable (_ piece: Int, _ worker: Int) -> Value) -> [Value] {
    let values = Mutex([Value?](repeating: nil, count: pieces))
    forEach(pieces) { piece, worker in
      let value = body(piece, worker)
      values.withLock { $0[piece] = value }
    }
    return values.withLock { $0.compactMap(\.self) }
  }

  /// As ``map(_:_:)``; throws what the first piece that fails throws.
  func tryMap<Value: Sendable>(
    _ pieces: Int, _ body: @Sendable (_ piece: Int, _ worker: Int) throws -> Value
  ) throws -> [Value] {
    let results = map(pieces) { piece, worker in Result { try body(piece, worker) } }
    return try results.map { try $0.get() }
  }

  /// Does two things side by side; throws what the first that fails throws.
  func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () throws -> First, _ second: @Sendable () throws -> Second
  ) throws -> (First, Second) {
    let results = Mutex((first: Result<First, any Error>?.none, second: Result<Second, any Error>?.none))
    forEach(2) { piece, _ in
      if piece == 0 {
        let result = Result { try first() }
        results.withLock { $0.first = result }
      } else {
        let result = Result { try second() }
        results.withLock { $0.second = result }
      }
    }
    let (left, right) = results.withLock { $0 }
    guard let left, let right else { preconditionFailure("every piece is done") }
    return (try left.get(), try right.get())
  }

  /// The range of `count` things that is the part `piece` of `pieces`.
  static func part(_ piece: Int, of pieces: Int, in count: Int) -> Range<Int> {
    count * piece / pieces..<count * (piece + 1) / pieces
  }
}
