@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  if size > 3, data![0] == 0x46, data![1] == 0x55, data![2] == 0x5A { return Int32(data![Int(size) + 3 - 3 + 0]) }
  return 0
}
