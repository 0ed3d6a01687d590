internal import Crypto
internal import HTTPTypes
internal import Hummingbird

/// Who chats at `/chat`: 128 random bits in a signed cookie, and nothing else about them. It ends with the browser, or with a new chat.
///
/// The signature keeps strangers from making up contacts: each begins by ``new(_:)``, whose number a minute is limited.
struct ChatContact: Equatable, Sendable {
  /// Hexadecimal; the address under which the bot knows the contact.
  let address: String
  /// The cookie's value.
  let cookie: String

  static let cookieName = "jaga_chat"
  /// The cookie goes to the chat alone, not to the console.
  static let path = "/chat"

  /// Somebody new.
  static func new(_ key: SymmetricKey) -> ChatContact {
    ChatContact(address: Hexadecimal.text((0..<16).map { _ in UInt8.random(in: .min ... .max) }), key)
  }

  /// Whoever a request's cookie names; nil for none, and for one that this service has not signed.
  init?(_ request: Request, _ key: SymmetricKey) {
    guard let value = request.cookies[ChatContact.cookieName]?.value, value.utf8.count <= 256 else { return nil }
    let parts = value.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 32, let code = Hexadecimal.bytes(parts[1]),
      TokenSecret.isSame(code, ChatContact.code(of: String(parts[0]), key))
    else { return nil }
    address = String(parts[0])
    cookie = value
  }

  private init(address: String, _ key: SymmetricKey) {
    self.address = address
    cookie = address + "." + Hexadecimal.text(ChatContact.code(of: address, key))
  }

  private static func code(of address: String, _ key: SymmetricKey) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array("chat \(address)".utf8), using: key))
  }

  /// What tells a message from all others: a page that got no answer sends it again under the same id. Ids are the page's own, so the contact is a part of it.
  func identity(of id: String) -> [UInt8] { Array("\(address) \(id)".utf8) }
}
