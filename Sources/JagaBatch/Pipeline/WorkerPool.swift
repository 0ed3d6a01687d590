internal import Glibc
internal import Synchronization

/// A few POSIX threads that share out numbered items of work; the calling thread takes part.
///
///     let pool = WorkerPool(threads: 2)
///     pool.run(count: 64) { worker, item in … }  // returns when all 64 are done
///
/// Which thread does which item is left to chance, so items must not depend on each other. With one thread nothing is started and
/// items run in order. When the system refuses a thread, the pool goes on with those it has.
/// Cost of a `run`: two passes through a lock for each thread.
package final class WorkerPool: @unchecked Sendable {
  package typealias Body = (_ worker: Int, _ item: Int) -> Void

  /// Threads in all, the caller's included; worker numbers are below it.
  package private(set) var threads = 1
  private let lock = ConditionLock()
  private let nextItem = Atomic<Int>(0)
  // Guarded by `lock`.
  private var body: Body?
  private var count = 0
  private var round = 0
  private var busy = 0
  private var isClosing = false
  private var handles: [pthread_t] = []

  package init(threads wanted: Int) {
    for worker in 1..<max(wanted, 1) {
      guard let handle = startThread({ [self] in serve(worker) }) else { break }
      handles.append(handle)
      threads += 1
    }
  }

  /// Ends the threads. Must be called before the pool is let go, and not during a `run`.
  package func close() {
    lock.locked { isClosing = true }
    for handle in handles { pthread_join(handle, nil) }
    handles = []
  }

  /// Calls `body` once for every item in `0..<count` and returns when all are done.
  package func run(count: Int, _ body: @escaping Body) {
    guard threads > 1, count > 1 else {
      for item in 0..<count { body(0, item) }
      return
    }
    nextItem.store(0, ordering: .relaxed)
    lock.locked {
      self.body = body
      self.count = count
      busy = threads - 1
      round += 1
    }
    take(worker: 0, count: count, body)
    lock.wait(until: { busy == 0 }) { self.body = nil }
  }

  private func take(worker: Int, count: Int, _ body: Body) {
    while true {
      let item = nextItem.wrappingAdd(1, ordering: .relaxed).oldValue
      guard item < count else { return }
      body(worker, item)
    }
  }

  private func serve(_ worker: Int) {
    var seen = 0
    while true {
      var job: (body: Body, count: Int)?
      lock.wait(until: { round != seen || isClosing }) {
        guard round != seen, let body else { return }
        seen = round
        job = (body, count)
      }
      guard let job else { return }
      take(worker: worker, count: job.count, job.body)
      lock.locked { busy -= 1 }
    }
  }
}

/// A mutex with one condition: every change made under it wakes those who wait.
final class ConditionLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` under the lock and wakes all that wait.
  func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }

  /// Waits until `isReady`, then runs `body` under the same lock.
  func wait<Result>(until isReady: () -> Bool, _ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    while !isReady() { pthread_cond_wait(condition, mutex) }
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }
}

/// Carries a thread's body through the C interface.
private final class ThreadBody {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a thread; nil when the system has none left.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
  var handle = pthread_t()
  let context = Unmanaged.passRetained(ThreadBody(body))
  let code = pthread_create(
    &handle, nil,
    { argument in
      if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }, context.toOpaque())
  guard code == 0 else {
    context.release()
    return nil
  }
  return handle
}

/// Starts a thread that nobody waits for. False when the system has none left.
func startDetachedThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  guard let handle = startThread(body) else { return false }
  pthread_detach(handle)
  return true
}
