#if canImport(Glibc)
  import Glibc
#endif

/// Memory that is read here and there: in large pages where the system has them, so that few look-ups of addresses miss.
enum LargeMemory {
  private static let page = 1 << 21

  /// Room for `count` values, all the same at first; the caller deallocates it.
  static func allocate<Value: BitwiseCopyable>(
    _ type: Value.Type, count: Int, repeating value: Value
  ) -> UnsafeMutablePointer<Value> {
    let bytes = max(count, 1) * MemoryLayout<Value>.stride
    let isLarge = bytes >= page
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? page : 64)
    #if canImport(Glibc)
      // Only a hint: what it returns changes nothing.
      if isLarge { _ = madvise(memory, bytes, MADV_HUGEPAGE) }
    #endif
    return memory.initializeMemory(as: type, repeating: value, count: count)
  }
}
