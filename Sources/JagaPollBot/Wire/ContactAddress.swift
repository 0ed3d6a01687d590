/// One form for the many in which a phone number is written, so that whoever says STOP as `0812…` is not written to as `+62812…`.
///
///     ContactAddress.canonical("0812-0000-0000", country: "62")  // "+6281200000000"
///     ContactAddress.canonical("telegram:abc", country: "62")    // as it is
///
/// For telling contacts apart, never for sending: a gateway is answered at the address that it gave. Numbers abroad are one contact as `+44…` and `0044…`; written without
/// either they cannot be told from national ones, and stay as they are. Cost: one pass.
public enum ContactAddress {
  /// The digits of a whole number, with country code: E.164 has at most 15.
  private static let whole = 8...15
  /// Those of a national number, without its 0.
  private static let national = 7...13

  /// The canonical form of an address; other addresses than phone numbers, short codes among them, as they are. `country` is the code of numbers without one, `62`; empty for
  /// none.
  public static func canonical(_ address: String, country: String) -> String {
    var rest = Substring(address)
    if rest.lowercased().hasPrefix("tel:") { rest = rest.dropFirst(4) }
    var digits = ""
    var hasPlus = false
    for scalar in rest.unicodeScalars {
      if let digit = ReplyWords.digit(scalar) {
        digits.unicodeScalars.append(digit)
      } else if scalar == "+", digits.isEmpty, !hasPlus {
        hasPlus = true
      } else if !isBetween(scalar) {
        return address
      }
    }
    guard let number = number(digits, hasPlus: hasPlus, country: country), whole.contains(number.count) else {
      return address
    }
    return "+" + number
  }

  /// Country code and number; nil where that cannot be told.
  private static func number(_ digits: String, hasPlus: Bool, country: String) -> String? {
    if hasPlus { return withoutTrunk(digits, country) }
    if digits.hasPrefix("00") { return withoutTrunk(String(digits.dropFirst(2)), country) }
    guard !country.isEmpty else { return nil }
    if digits.hasPrefix("0") {
      return national.contains(digits.count - 1) ? country + digits.dropFirst() : nil
    }
    return digits.hasPrefix(country) ? withoutTrunk(digits, country) : nil
  }

  /// '+62 (0)812' has a 0 that is dialled inside the country alone.
  private static func withoutTrunk(_ digits: String, _ country: String) -> String {
    guard !country.isEmpty, digits.hasPrefix(country + "0") else { return digits }
    return country + digits.dropFirst(country.count + 1)
  }

  private static func isBetween(_ scalar: Unicode.Scalar) -> Bool {
    "-.()/\u{2010}\u{2011}\u{2013}".unicodeScalars.contains(scalar) || scalar.properties.isWhitespace
      || scalar.properties.generalCategory == .format
  }
}
