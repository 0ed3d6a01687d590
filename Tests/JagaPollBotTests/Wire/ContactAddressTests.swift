import JagaPollBot
import Testing

struct ContactAddressTests {
  @Test(arguments: [
    "0812-0000-0000", "081200000000", "0812 0000 0000", "62812-0000-0000", "6281200000000", "+6281200000000",
    "+62 812-0000-0000", "+62 (0)812 0000 0000", "006281200000000", "tel:+6281200000000", "(0812) 0000.0000",
    "\u{200E}+62 812\u{2011}0000\u{A0}0000", "٠٨١٢٠٠٠٠٠٠٠٠",
  ])
  func oneNumberIsOneContact(address: String) {
    #expect(ContactAddress.canonical(address, country: "62") == "+6281200000000")
  }

  @Test(arguments: [
    "telegram:81200000000", "user@example.org", "5ee7d6b4-0000-4000-8000-000000000001", "1", "0", "1771", "129", "",
    "+", "0812", "81200000000", "0812x0000000", "+62812+0000000", "0123456789012345678", "-", "abc",
  ])
  func otherAddressesStay(address: String) {
    #expect(ContactAddress.canonical(address, country: "62") == address)
  }

  @Test func theCountryIsTheOperators() {
    #expect(ContactAddress.canonical("07000-000000", country: "44") == "+447000000000")
    #expect(ContactAddress.canonical("+62812-0000-0000", country: "44") == "+6281200000000")
    #expect(ContactAddress.canonical("62812-0000-0000", country: "44") == "62812-0000-0000")
    #expect(ContactAddress.canonical("0812-0000-0000", country: "") == "0812-0000-0000")
    #expect(ContactAddress.canonical("+62 812", country: "") == "+62 812")
  }

  @Test func aCanonicalFormStays() {
    for address in ["0812-0000-0000", "+4470 0000 0000", "abc", "1771"] {
      let once = ContactAddress.canonical(address, country: "62")
      #expect(ContactAddress.canonical(once, country: "62") == once)
    }
  }
}
