import Foundation
import JagaConsole
import JagaCore
import Testing

/// What holds for every page, whatever it shows.
@Suite struct ConsoleTests {
  private let console: Console

  init() throws { console = try Console() }

  @Test(arguments: ConsoleLanguage.allCases, [true, false])
  func everyPage(language: ConsoleLanguage, veil: Bool) {
    for (name, html) in Samples.pages(
      console, Samples.frame(language, veil: veil, notice: PageNotice(.decided, item: 4)))
    {
      let page = Skeleton(html)
      #expect(page.faults == [], "\(name)")
      #expect(!html.contains("⟦"), "\(name): a word is missing")
      let ids = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(ids).count == ids.count, "\(name): \(ids.filter { id in ids.filter { $0 == id }.count > 1 })")
      #expect(page.elements.first?.attributes["lang"] == language.rawValue, "\(name)")
      #expect(page.elements.filter { $0.name == "h1" }.count == 1, "\(name)")
      for (id, name) in page.elements.compactMap({ $0.attributes["aria-labelledby"].map { ($0, name) } }) {
        for part in id.split(separator: " ") { #expect(ids.contains(String(part)), "\(name): aria-labelledby \(part)") }
      }
      for link in page.elements.compactMap({ $0.attributes["href"] }) where link.hasPrefix("#") {
        #expect(ids.contains(String(link.dropFirst())), "\(name): \(link) leads nowhere")
      }
    }
  }

  /// Nothing that the content policy of the service would refuse.
  @Test func fitsThePolicy() {
    for (name, html) in Samples.pages(console, Samples.frame()) {
      for element in Skeleton(html).elements {
        #expect(element.attributes["style"] == nil, "\(name): \(element)")
        #expect(!element.names.contains { $0.hasPrefix("on") }, "\(name): \(element)")
        #expect(element.name != "style" && element.name != "base" && element.name != "iframe", "\(name): \(element)")
        if element.name == "script" { #expect(element.attributes["src"]?.hasPrefix("/assets/") == true, "\(name)") }
        for key in ["href", "src", "action"] {
          guard let target = element.attributes[key] else { continue }
          #expect((target.hasPrefix("/") && !target.hasPrefix("//")) || target.hasPrefix("#"), "\(name): \(target)")
        }
      }
      #expect(!html.contains("://"), "\(name)")
    }
  }

  @Test func everyFormThatChangesSomethingHasItsToken() {
    var forms = 0
    for (name, html) in Samples.pages(console, Samples.frame()) {
      for part in html.components(separatedBy: "<form ").dropFirst() {
        let form = part.components(separatedBy: "</form>")[0]
        let posts = form.contains("method=\"post\"")
        #expect(
          form.contains("<input type=\"hidden\" name=\"csrf\" value=\"form-token-1\">") == posts,
          "\(name): \(form.prefix(60))")
        forms += posts ? 1 : 0
      }
    }
    #expect(forms > 40)
  }

  /// Names that would like to be markup change no element and no attribute of a page.
  @Test(arguments: [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' autofocus onfocus='alert(1)",
    "\"\u{301} onmouseover=\u{301}x", "\"\u{200D} style=x ", "<\u{338}b>", "{{csrf}}{{{csrf}}}{{#t}}", "]]>--><!--",
    "\u{202E}gnp.exe", "a\u{0}b\u{1B}[2Jc", "&lt;b&gt;&quot;", "</textarea></title></main>",
  ])
  func hostileNames(text: String) {
    let plain = pages(with: "plain", veil: true) + pages(with: "plain", veil: false)
    let hostile = pages(with: text, veil: true) + pages(with: text, veil: false)
    for (expected, found) in zip(plain, hostile) {
      // Hidden characters and links to reasons are elements of our own.
      let own: (String) -> Bool = { $0 == "span class" }
      #expect(Skeleton(found).shape.filter { !own($0) } == Skeleton(expected).shape.filter { !own($0) })
      #expect(!found.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
      #expect(!found.contains("\u{202E}"))
    }
  }

  private func pages(with text: String, veil: Bool) -> [String] {
    var frame = Samples.frame(veil: veil)
    frame.reviewer = text
    frame.csrf = text
    frame.path = text
    var row = Samples.row(12)
    row.conversation = text
    row.language = text
    let flag = Samples.flag(
      .topupOffer, .high, 0.9,
      [Samples.evidence(900, 904, .topupOffer, 1, "rule:" + text), Samples.evidence(900, 901, .topupOffer, 1, text)])
    var item = Samples.decided
    item.row = row
    item.messages = [
      MessageView(id: text, index: 0, author: text, content: .text(text), flag: flag),
      MessageView(id: text, index: 1, author: text, content: .differs(text)),
    ]
    item.messages[0].flag?.model = text
    item.messages[0].flag?.language = text
    item.decisions[0].reviewer = text
    item.appeals[0].by = text
    item.messages[0].asked = text
    var known = Samples.caseView
    known.language = text
    known.version = text
    known.sayings[2] = .init(.bot(occasion: text), .sent, at: 0)
    known.sayings[3] = .init(.person(text), .sent, at: 0)
    known.form = CaseView.Form(limit: 9, onePlace: text, twoPlaces: text, text: text)
    item.case = known
    let entry = AuditEntry(
      sequence: 1, at: 0, actor: text, action: text, subject: text, details: [.init(text, text)], hash: text)
    return [
      console.queue(
        QueueView(rows: [row], disclosures: 0, risks: 1, filter: QueueFilter(language: text), next: text, now: 0), frame
      ),
      console.item(item, frame), console.find(FindView(conversation: text, rows: [row], now: 0), frame),
      console.audit(AuditView(rows: [entry], chain: .whole(rows: 1, head: text)), frame),
      console.signIn(SignInView(next: text), frame),
      console.work(
        WorkView(session: WorkSummary(decisions: 1, minutes: 1)), frame),
    ].map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func assets() throws {
    #expect(console.assets.map(\.name) == ["console.css", "console.js", "icon.svg"])
    let html = String(decoding: console.queue(Samples.queue, Samples.frame()), as: UTF8.self)
    for asset in console.assets {
      #expect(html.contains("\"\(asset.path)\""))
      #expect(!asset.version.isEmpty && asset.bytes.count > 100)
      let text = String(decoding: asset.bytes, as: UTF8.self)
      #expect(!text.contains("//cdn") && !text.contains("@import") && !text.contains("url("))
    }
    #expect(Set(console.assets.map(\.version)).count == 3)
  }

  /// For people who want to look at the pages: writes all of them into the folder that the environment names.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["JAGA_CONSOLE_SAMPLES"] != nil))
  func writeSamples() throws {
    let folder = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["JAGA_CONSOLE_SAMPLES"]))
    for asset in console.assets { try Data(asset.bytes).write(to: folder.appending(path: asset.name)) }
    for language in ConsoleLanguage.allCases {
      for theme in [ConsoleTheme.light, .dark] {
        for veil in [true, false] {
          let frame = Samples.frame(
            language, theme: theme, veil: veil, notice: veil ? PageNotice(.decided, item: 4) : nil)
          for (name, html) in Samples.pages(console, frame) {
            let file = "\(name)-\(language.rawValue)-\(theme.rawValue)-\(veil ? "veiled" : "shown").html"
            let local = html.replacingOccurrences(of: "\"/assets/", with: "\"")
            try local.write(to: folder.appending(path: file), atomically: true, encoding: .utf8)
          }
        }
      }
    }
  }
}
