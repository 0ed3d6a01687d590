public import Crypto

/// The keys of one installation, all derived from one secret of 32 bytes that lies beside the store, and, where the operator gives it, the key of texts.
public struct ServiceKeys: Sendable {
  private let subjects: SymmetricKey
  private let texts: SymmetricKey
  /// Of the poll bot's contacts.
  var contacts: ContactKeys
  /// Signs sessions and forms of the console.
  public let sessions: SymmetricKey
  /// Seals texts; nil where no text is kept.
  public let sealing: SymmetricKey?

  /// Derives the keys (HKDF-SHA-256, RFC 5869). `textKey` is the operator's own, 32 bytes.
  public init(secret: [UInt8], textKey: [UInt8]? = nil) {
    func derived(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: SymmetricKey(data: secret), info: Array("jaga-server \(purpose)".utf8), outputByteCount: 32)
    }
    subjects = derived("subjects")
    texts = derived("texts")
    sessions = derived("sessions")
    contacts = ContactKeys(deriving: derived)
    sealing = textKey.map { SymmetricKey(data: $0) }
  }

  /// What stands for a conversation in the audit: 32 bytes. Without the secret nobody can tell which conversation it is.
  public func subject(of conversation: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(conversation.utf8), using: subjects))
  }

  /// What stands for a message's text: 32 bytes.
  public func mark(of text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: UnsafeRawBufferPointer(text), using: texts))
  }
}
