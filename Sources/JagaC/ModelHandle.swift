public import CJaga
internal import Glibc
internal import JagaScoring

/// What a jaga_model points to.
final class ModelHandle: Sendable {
  let scorer: Scorer
  let pool: SessionPool
  /// The model's id, closed by a zero.
  let id: CText

  init(_ scorer: Scorer) {
    self.scorer = scorer
    pool = SessionPool(scorer)
    id = CText(scorer.modelID)
  }

  /// Opens a model where it is named, or where it may lie.
  static func open(path: String?, overlay: String?, baseRate: Double) throws(Failure) -> ModelHandle {
    guard baseRate >= 0, baseRate < 1 else { throw .range("base_rate", allowed: "0, or a share above 0 and below 1") }
    do throws(BundleError) {
      let model = try Model.open(path: try locate(path))
      let added: Overlay?
      if let overlay { added = try Overlay.open(path: overlay) } else { added = nil }
      return ModelHandle(
        Scorer(model: model, overlay: added, options: Scorer.Options(baseRate: baseRate > 0 ? baseRate : nil)))
    } catch {
      throw .model(error)
    }
  }

  /// $JAGA_MODEL, then beside the library, then where the program looks.
  private static func locate(_ path: String?) throws(BundleError) -> String {
    if let path { return path }
    if let library = cjaga_library_path() {
      let variable = getenv("JAGA_MODEL").map { String(cString: $0) }
      let resolved = realpath(library, nil)
      defer { free(resolved) }
      let place = String(cString: resolved ?? UnsafeMutablePointer(mutating: library))
      if let found = try? ModelLocator(executable: place, variable: variable).path(nil) { return found }
    }
    return try ModelLocator().path(nil)
  }
}

/// A C string of the library's own.
final class CText: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<CChar>

  init(_ text: String) {
    let bytes = Array(text.utf8)
    pointer = .allocate(capacity: bytes.count + 1)
    for (place, byte) in bytes.enumerated() { pointer[place] = CChar(bitPattern: byte) }
    pointer[bytes.count] = 0
  }

  deinit { pointer.deallocate() }
}

/// The object behind a handle.
func object<Object: AnyObject>(_ handle: OpaquePointer?, _ name: String) throws(Failure) -> Object {
  guard let handle else { throw .null(name) }
  return Unmanaged<Object>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
}

/// A handle that the caller owns.
func handle(_ object: AnyObject) -> OpaquePointer { OpaquePointer(Unmanaged.passRetained(object).toOpaque()) }

/// Gives a handle back; NULL is fine.
func release(_ handle: OpaquePointer?) {
  if let handle { Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(handle)).release() }
}

/// See jaga.h.
@_cdecl("jaga_model_open")
public func modelOpen(_ path: UnsafePointer<CChar>?, _ baseRate: Double, _ out: UnsafeMutablePointer<OpaquePointer?>?)
  -> Int32
{
  out?.pointee = nil
  return guarded { () throws(Failure) in
    guard let out else { throw .null("out") }
    out.pointee = handle(
      try ModelHandle.open(path: path.map { String(cString: $0) }, overlay: nil, baseRate: baseRate))
  }
}

/// See jaga.h.
@_cdecl("jaga_model_open_options")
public func modelOpenOptions(
  _ options: UnsafePointer<jaga_model_options>?, _ out: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  out?.pointee = nil
  return guarded { () throws(Failure) in
    guard let out else { throw .null("out") }
    guard let options else { throw .null("options") }
    guard options.pointee.size >= MemoryLayout<jaga_model_options>.size else {
      throw .range("options.size", allowed: "sizeof(jaga_model_options)")
    }
    let chosen = options.pointee
    out.pointee = handle(
      try ModelHandle.open(
        path: chosen.path.map { String(cString: $0) }, overlay: chosen.overlay_path.map { String(cString: $0) },
        baseRate: chosen.base_rate))
  }
}

/// See jaga.h.
@_cdecl("jaga_model_close")
public func modelClose(_ model: OpaquePointer?) { release(model) }

/// See jaga.h.
@_cdecl("jaga_model_id")
public func modelID(_ model: OpaquePointer?) -> UnsafePointer<CChar>? {
  guard let model = try? object(model, "model") as ModelHandle else { return nil }
  return UnsafePointer(model.id.pointer)
}
