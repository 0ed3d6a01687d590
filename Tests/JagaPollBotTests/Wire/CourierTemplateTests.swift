import JagaPollBot
import JagaTranscripts
import TestSupport
import Testing

@Suite struct CourierTemplateTests {
  private let message = CourierMessage(
    id: "m/1", text: "a b&c=\"d\" <e>\né{{to}}", to: "+62812", from: "+2020", channel: "c 1",
    quickReplies: ["ya", "t&k"])

  private func body(_ template: CourierTemplate) -> String {
    String(decoding: template.request(for: message).body, as: UTF8.self)
  }

  @Test func formsAndQueries() throws {
    let post = try CourierTemplate(
      url: "https://sms.example.org/send?channel={{channel}}",
      body:
        "id={{id}}&text={{text}}&to={{to}}&to_no_plus={{to_no_plus}}&from={{from}}&from_no_plus={{from_no_plus}}{{quick_replies}}"
    )
    #expect(
      post.request(for: message)
        == CourierRequest(
          method: "POST", url: "https://sms.example.org/send?channel=c+1",
          contentType: "application/x-www-form-urlencoded",
          body: Array(
            "id=m%2F1&text=a+b%26c%3D%22d%22+%3Ce%3E%0A%C3%A9%7B%7Bto%7D%7D&to=%2B62812&to_no_plus=62812&from=%2B2020&from_no_plus=2020&quick_reply=ya&quick_reply=t%26k"
              .utf8)))
    let get = try CourierTemplate(url: "http://10.0.0.1/s?t={{text}}&to={{to}}", method: .get)
    #expect(
      get.request(for: message)
        == CourierRequest(
          method: "GET", url: "http://10.0.0.1/s?t=a+b%26c%3D%22d%22+%3Ce%3E%0A%C3%A9%7B%7Bto%7D%7D&to=%2B62812",
          contentType: nil, body: []))
  }

  /// With the template's own quotes or without; a text that looks like a template is none.
  @Test func json() throws {
    let bare = try CourierTemplate(
      url: "https://h/", body: #"{"to":{{to}},"text":{{ text }},"replies":{{quick_replies}}}"#, content: .json)
    #expect(body(bare) == #"{"to":"+62812","text":"a b&c=\"d\" <e>\né{{to}}","replies":["ya","t&k"]}"#)
    let quoted = try CourierTemplate(
      url: "https://h/", body: #"{"m":[{"to":"tel:{{to}}","text":"\"{{text}}\""}]}"#, content: .json, method: .put)
    #expect(body(quoted) == #"{"m":[{"to":"tel:+62812","text":"\"a b&c=\"d\" <e>\né{{to}}\""}]}"#)
    #expect(quoted.request(for: message).method == "PUT")
    #expect(quoted.request(for: message).contentType == "application/json")
    let none = CourierMessage(id: "1", text: "x", to: "y")
    #expect(String(decoding: bare.request(for: none).body, as: UTF8.self) == #"{"to":"y","text":"x","replies":[]}"#)
  }

  @Test func xml() throws {
    let template = try CourierTemplate(
      url: "https://h/", body: "<m to=\"{{to}}\"><t>{{text}}</t>{{quick_replies}}</m>", content: .xml)
    #expect(
      body(template)
        == "<m to=\"+62812\"><t>a b&amp;c=&#34;d&#34; &lt;e&gt;&#10;é{{to}}</t><item>ya</item><item>t&amp;k</item></m>")
    #expect(template.request(for: message).contentType == "text/xml; charset=utf-8")
    var odd = message
    odd.text = "a\u{0}\u{8}\u{FFFE}b'\t\r"
    odd.quickReplies = []
    #expect(
      String(decoding: template.request(for: odd).body, as: UTF8.self)
        == "<m to=\"+62812\"><t>ab&#39;&#9;&#13;</t></m>")
  }

  /// Nothing in a text ends its value: what is read back is what was put in.
  @Test(arguments: 1...10) func nothingEscapes(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let pieces = [
      "\"", "\\", "{{text}}", "}}", "&", "=", "%", "+", "\n", "\u{0}", "é", "😀", "<", "]]>", "'", " ", "a", "\u{2028}",
    ]
    let json = try CourierTemplate(url: "https://h/", body: #"{"a":{{to}},"b":"{{text}}"}"#, content: .json)
    let form = try CourierTemplate(url: "https://h/", body: "from={{to}}&text={{text}}")
    for _ in 0..<200 {
      let text = (0..<dice.below(8)).map { _ in dice.pick(pieces) }.joined()
      let message = CourierMessage(id: "1", text: text, to: "x" + text.filter { $0 > " " })
      let read = try JSONValue.parse(json.request(for: message).body)
      #expect(read["a"]?.string == message.to && read["b"]?.string == text, "seed \(seed)")
      let back = try CourierInbound.read(form: form.request(for: message).body)
      #expect(back.text == text && back.sender == message.to, "seed \(seed)")
    }
  }

  @Test(
    arguments: [
      ("ftp://h/{{text}}{{to}}", "", CourierTemplate.Content.form, .post, CourierTemplateFault.badURL),
      ("https:///p?t={{text}}&to={{to}}", "", .form, .post, .badURL),
      ("https://h/p t={{text}}&to={{to}}", "", .form, .post, .badURL), ("", "{{text}}{{to}}", .form, .post, .badURL),
      ("https://{{to}}/{{text}}", "", .form, .post, .messageInHost),
      ("https://h{{to}}/{{text}}", "", .form, .post, .messageInHost),
      ("{{text}}{{to}}", "", .form, .post, .badURL),
      ("https://h/?{{text}}", "", .form, .post, .missing("to")),
      ("https://h/?{{to}}", "", .form, .post, .missing("text")),
      ("https://h/?{{text}}&{{mobile}}", "", .form, .post, .unknownName("mobile", .url)),
      ("https://h/", "{{text}}{{to}}{{TEXT}}", .form, .post, .unknownName("TEXT", .body)),
      ("https://h/", "{{text}}{{to", .form, .post, .unclosed(.body)),
      ("https://h/?{{text}}{{to}}", "x", .form, .get, .bodyOfGet),
      ("https://h/", #"{"a":{{text}},"b":{{to}}"#, .json, .post, .notJSON),
      ("https://h/", #"{"a":{{text}}{{to}}}"#, .json, .post, .notJSON),
      ("https://h/", #"{"a":{{text}},"b":{{to}},"c":"{{quick_replies}}"}"#, .json, .post, .quotedList),
    ] as [(String, String, CourierTemplate.Content, CourierTemplate.Method, CourierTemplateFault)])
  func faults(
    url: String, body: String, content: CourierTemplate.Content, method: CourierTemplate.Method,
    fault: CourierTemplateFault
  ) {
    #expect(throws: fault) { try CourierTemplate(url: url, body: body, content: content, method: method) }
  }

  @Test func nothingIsPrinted() {
    var dumped = ""
    dump(message, to: &dumped)
    for shown in ["\(message)", String(reflecting: message), dumped] {
      #expect(!shown.contains("62812") && !shown.contains("a b&c"))
    }
  }

  @Test(arguments: [
    (
      CourierTemplateFault.unknownName("mobile", .url),
      "gateway URL: there is no {{mobile}}; known are {{id}} {{text}} {{to}} {{from}} {{channel}} {{to_no_plus}} {{from_no_plus}} {{quick_replies}}"
    ),
    (.unclosed(.body), "gateway body: '{{' without '}}' behind it; close it"),
    (.badURL, "gateway URL: it is no address; write https://host/path in ASCII and without spaces"),
    (
      .messageInHost, "gateway URL: a name stands in the host; put names behind the first '/' of the path"
    ),
    (.missing("to"), "gateway: neither URL nor body has {{to}}; no message could be sent"),
    (
      .bodyOfGet, "gateway body: GET sends none; use POST or PUT, or put the names into the URL"
    ),
    (.notJSON, "gateway body: it would not be JSON; check its commas and quotes"),
    (.quotedList, "gateway body: {{quick_replies}} is an array; take the quotes around it away"),
  ])
  func sentences(fault: CourierTemplateFault, expected: String) { #expect(fault.description == expected) }
}
