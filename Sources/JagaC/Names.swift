internal import CJaga
internal import JagaCore

/// Names as C strings; static strings are closed by a zero.
private func characters(_ name: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// The version of the library; that of the program.
@_cdecl("jaga_version")
public func version() -> UnsafePointer<CChar> { characters("0.1.0") }

/// See jaga.h.
@_cdecl("jaga_abi_version")
public func abiVersion() -> Int32 { JAGA_ABI_VERSION }

/// See jaga.h.
@_cdecl("jaga_label_count")
public func labelCount() -> Int32 { Int32(Label.allCases.count) }

/// See jaga.h.
@_cdecl("jaga_label_name")
public func labelName(_ label: Int32) -> UnsafePointer<CChar>? {
  UInt8(exactly: label).flatMap(Label.init(rawValue:)).map { characters($0.staticName) }
}

/// See jaga.h.
@_cdecl("jaga_band_name")
public func bandName(_ band: Int32) -> UnsafePointer<CChar>? {
  UInt8(exactly: band).flatMap(Band.init(rawValue:)).map { characters($0.staticName) }
}

/// See jaga.h.
@_cdecl("jaga_language_name")
public func languageName(_ language: Int32) -> UnsafePointer<CChar>? {
  UInt8(exactly: language).flatMap(Language.init(rawValue:)).map { characters($0.staticName) }
}
