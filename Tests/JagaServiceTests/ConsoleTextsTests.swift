import Foundation
import JagaCore
import JagaStore
import Testing

@testable import JagaService

/// What the console knows of texts: nothing, but for what a pipeline supplies or an operator has sealed.
struct ConsoleTextsTests {
  private let threat = "kalo ga dikirim, fotomu aku sebar ke semua kontakmu"

  private func riskItem(_ fixture: ServiceFixture) throws -> Int {
    try #require(try fixture.parts.store.items(conversation: "c").first { $0.kind == .risk }).number
  }

  /// The page's texts without their marks.
  private func texts(_ page: String) -> [String] {
    page.components(separatedBy: "<div class=\"text\"").dropFirst().map { part in
      let inner = part.components(separatedBy: "</div>")[0].drop { $0 != ">" }.dropFirst()
      return String(inner).replacing(/<a class="ref".*?<\/a>/, with: "").replacing(/<[^>]*>/, with: "")
    }
  }

  @Test func withoutTextsPlacesAndLabelsAlone() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    let page = try await browser.get("/items/\(try riskItem(fixture))").text
    #expect(page.contains("<strong>Teks tidak disimpan di sini</strong>"))
    #expect(page.contains("<span class=\"place\">Bita ") && texts(page) == [] && !page.contains("sebar ke grup"))
    #expect(page.contains("class=\"plot\""))
  }

  @Test func suppliedTextsAreMarkedWhileTheyAreThere() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    try await fixture.supplyRisky("c")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    let item = try riskItem(fixture)
    let page = try await browser.get("/items/\(item)").text
    #expect(texts(page).contains(threat) && texts(page).contains("mau bgt kak"))
    #expect(page.contains("<mark class=\"k-sextortion") && page.contains("class=\"shape\" aria-hidden=\"true\""))
    #expect(!page.contains("id=\"m0\"") || texts(page).contains("hai, main ff juga?"))
    fixture.clock.advance(by: 16 * 60_000)
    #expect(texts(try await browser.get("/items/\(item)").text) == [])
  }

  @Test func anotherTextIsShownWithoutMarks() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    try await fixture.supplyRisky("c", replacing: "aku sebar", with: "ku sebarin")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    let page = try await browser.get("/items/\(try riskItem(fixture))").text
    let message = page.components(separatedBy: "<li class=\"message").first { $0.contains("ku sebarin") } ?? ""
    #expect(message.contains("Teks ini bukan teks yang dinilai") && !message.contains("<mark"))
  }

  @Test func sealedTextsAreOpened() async throws {
    let key = [UInt8](repeating: 9, count: 32)
    let fixture = try ServiceFixture.withReviewers(textKey: key) { $0.keepsText = true }
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    let page = try await browser.get("/items/\(try riskItem(fixture))").text
    #expect(texts(page).contains(threat) && page.contains("<mark class=\"k-sextortion"))
  }

  private func message(_ id: String) -> Message { Message(messageID: id, text: id) }

  @Test(arguments: [
    (["a", "b", "c"], ["b": 1], [0, 1, 2]), (["a", "b", "c"], ["b": 7], [6, 7, 8]), (["a", "b", "c"], [:], [0, 1, 2]),
    (["a", "b", "c"], ["a": 4, "c": 6], [4, 5, 6]), (["a", "b", "c"], ["a": 4, "c": 9], [4, 9]),
    (["a", "b", "c"], ["c": 1], [0, 1]), (["a", "b", "a", "c"], ["c": 12], [10, 11, 12]), ([], ["a": 1], []),
    (["x"], ["a": 1], [0]),
  ])
  func places(ids: [String], known: [String: Int], places: [Int]) {
    #expect(ConversationTexts.placed(ids.map(message), known: known).map(\.index) == places)
  }
}
