/// The 7-bit alphabet of SMS: GSM 03.38, that is 3GPP TS 23.038 §6.2.1, without national tables.
enum GSMAlphabet {
  /// The 127 characters that take one place, in the order of the table; ESC is left out.
  static let basic =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
  /// Those that take two: ESC and another.
  static let extended = "\u{0C}^{}\\[~]|€"

  private static let places: [UInt32: Int] = {
    var places: [UInt32: Int] = [:]
    for scalar in basic.unicodeScalars { places[scalar.value] = 1 }
    for scalar in extended.unicodeScalars { places[scalar.value] = 2 }
    return places
  }()

  /// How many of the 160 places a scalar takes; nil where the alphabet has no such character.
  static func places(of scalar: Unicode.Scalar) -> Int? { places[scalar.value] }
}
