import Glibc

/// What libFuzzer calls with every input. The environment variable `JAGA_FUZZ_TARGET` says which part of Jaga gets it.
///
/// A finding is a crash: a sanitizer's report, a trap, a broken promise of ``expect(_:_:)``, or an input that takes too long.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  target.run(UnsafeBufferPointer(start: data, count: data == nil ? 0 : count))
  return 0
}

/// What libFuzzer calls once at the start. With `JAGA_FUZZ_SEEDS` it writes the target's generated seeds into that folder and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<Int32>?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  guard let folder = environment("JAGA_FUZZ_SEEDS") else { return 0 }
  for (name, bytes) in target.generatedSeeds() {
    guard let file = fopen("\(folder)/\(name)", "w") else { continue }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
  exit(0)
}

private let target: any FuzzTarget = {
  let name = environment("JAGA_FUZZ_TARGET") ?? ""
  if let found = allTargets.first(where: { $0.name == name }) { return found }
  print("JAGA_FUZZ_TARGET must be one of: \(allTargets.map(\.name).joined(separator: " "))")
  exit(64)
}()

private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// A part of Jaga that takes bytes from outside.
protocol FuzzTarget: Sendable {
  /// Its name, which is also that of its folder of seeds.
  var name: String { get }
  /// Feeds one input and checks what was promised.
  func run(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Seeds that are made by code, because nobody writes them by hand.
  func generatedSeeds() -> [(name: String, bytes: [UInt8])]
}

extension FuzzTarget {
  func generatedSeeds() -> [(name: String, bytes: [UInt8])] { [] }
}

/// A promise that must hold for every input.
@inline(never)
func expect(_ condition: Bool, _ promise: @autoclosure () -> String) {
  // Not preconditionFailure, whose text an optimised build drops.
  if !condition { fatalError("broken promise: \(promise())") }
}
