internal import Crypto
internal import JagaPollBot
internal import JagaStore

/// What stands for a contact, and what hides addresses and messages on their way.
///
/// Keys of the service itself, derived from its secret: without them nobody could be written to after a restart. What contacts write is sealed with the operator's key instead,
/// by ``TextSealing``.
struct ContactKeys: Sendable {
  private let contacts: SymmetricKey
  private let channel: SymmetricKey
  /// The country of phone numbers that name none.
  var country = "62"

  init(deriving key: (String) -> SymmetricKey) {
    contacts = key("poll contacts")
    channel = key("poll channel")
  }

  /// What stands for somebody's address in the store: 32 bytes, another one on each channel, and one for all the forms of a phone number.
  func contact(channel: String, address: String) -> [UInt8] {
    let address = ContactAddress.canonical(address, country: country)
    return mark(["contact", channel, address].map { Array($0.utf8) })
  }

  /// What tells a reply of a channel from all others: 32 bytes. `identity` is what the channel repeats when it repeats the reply.
  func receipt(channel: String, identity: [UInt8]) -> [UInt8] {
    mark([Array("receipt".utf8), Array(channel.utf8), identity])
  }

  /// The conversation under which a contact's replies are scored.
  static func conversationID(of contact: [UInt8]) -> String { "poll-" + Hexadecimal.text(contact.prefix(12)) }

  private func mark(_ fields: [[UInt8]]) -> [UInt8] {
    var code = HMAC<SHA256>(key: contacts)
    for field in fields {
      withUnsafeBytes(of: UInt64(field.count).littleEndian) { code.update(data: $0) }
      code.update(data: field)
    }
    return Array(code.finalize())
  }

  /// Hides an address or a message; `purpose` binds it to its place.
  func seal(_ text: String, for purpose: String) -> [UInt8] {
    // Sealing fails for keys of a wrong size alone.
    let box = try? AES.GCM.seal(Array(text.utf8), using: channel, authenticating: Array(purpose.utf8))
    return box?.combined.map { Array($0) } ?? []
  }

  /// The text; nil when the secret is another one, or the bytes were changed or belong elsewhere.
  func open(_ sealed: [UInt8], for purpose: String) -> String? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let opened = try? AES.GCM.open(box, using: channel, authenticating: Array(purpose.utf8))
    else { return nil }
    return String(decoding: opened, as: UTF8.self)
  }

  /// The purpose of an address.
  static func address(_ contact: [UInt8]) -> String { "address " + Hexadecimal.text(contact) }
  /// The purpose of an answer that may leave with the results.
  static func answer(_ questionID: String) -> String { "answer " + questionID }
  /// The purpose of a message.
  static func outgoing(_ id: String) -> String { "outgoing " + id }
}
