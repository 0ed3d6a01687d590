import JagaCore
import JagaTranscripts
import Testing

@testable import JagaEvaluation

@Suite struct GoldTableTests {
  @Test func messagesTurnsAndConversations() throws {
    let gold = try Sample.gold(
      #"{"id":"m1","text":"kata kata","lang":"id","labels":["topup.offer","topup.request"],"voice":"v"}"#,
      #"{"conversation_id":"c","message_id":"1","text":"kata","labels":["benign"]}"#,
      #"{"id":"t","lang":"en","label":"topup","first_risk":1,"messages":[{"author":"a","text":"x"},{"author":"b","text":"y","labels":["disclosure"]}]}"#,
      #"{"conversation_id":"c","message_id":"2","text":"tanpa label"}"#,
      #"{"conversation_id":"c","message_id":"1","text":"again","labels":["benign"]}"#)
    #expect(gold.rows.map(\.kind) == [.message, .message, .message, .turn, .turn])
    #expect(gold.rows.map(\.conversation) == [0, 1, 1, 2, 2])
    #expect(gold.conversations.map(\.isAlone) == [true, false, false])
    #expect(gold.conversations[2].isRisky == true)
    #expect(gold.conversations[2].firstRisk == 1)
    #expect(gold.conversations[2].rows == 3..<5)
    #expect(gold.rows[0].isMove && gold.rows[0].main == .topupOffer)
    #expect(gold.rows[4].isDisclosure && !gold.rows[4].isMove)
    #expect(gold.counts.unlabelled == 1)
    #expect(gold.counts.repeated == 1)
    #expect(gold.input.isEmpty)
  }

  /// A question goes before its answer in the answer's conversation, by somebody else.
  @Test func questionsComeFirst() throws {
    let line = #"{"id":"m1","author_id":"k","text":"ya","question":"pernah?","labels":["disclosure"]}"#
    let asked = String(decoding: try Sample.gold(line, keepsText: true).input, as: UTF8.self)
    #expect(
      asked == #"{"conversation_id":"0","message_id":"q1","author_id":"jaga:question","text":"pernah?"}"# + "\n"
        + #"{"conversation_id":"0","message_id":"0","author_id":"k","text":"ya"}"# + "\n")
    let alone = String(decoding: try Sample.gold(line, keepsText: true, asksQuestions: false).input, as: UTF8.self)
    #expect(alone == #"{"message_id":"0","author_id":"k","text":"ya"}"# + "\n")
  }

  @Test func lengthClasses() {
    for (words, expected) in [(0, LengthClass.few), (3, .few), (4, .short), (8, .short), (9, .medium), (20, .medium)] {
      #expect(LengthClass(text: String(repeating: " kata\n", count: words)) == expected)
    }
    #expect(LengthClass(text: String(repeating: "a\t", count: 21)) == .long)
    #expect(Set(LengthClass.names).count == 8)
  }

  @Test func errorsNameTheirPlace() throws {
    #expect(
      sentence { _ = try Sample.gold(#"{"text":"rahasia"}"#) }
        == "no gold in gold.jsonl; give messages with \"labels\", transcripts with \"label\" and \"first_risk\", "
        + "or a file (no pipe) of 'jaga import'")
    #expect(
      sentence {
        _ = try Sample.gold(#"{"text":"a","labels":["benign"]}"#, #"{"text":"rahasia","labels":["nonsense"]}"#)
      }
        == "gold.jsonl:2: unknown label \"nonsense\"; use track.stage, disclosure or benign")
    var sources = GoldSources(files: [.bytes(Array(#"{"text":"a","labels":["benign"]}"#.utf8), name: "g")])
    sources.authors = .bytes([], name: "authors.txt")
    #expect(
      sentence { _ = try GoldTable(sources) }
        == "--pan12-authors and --pan12-lines are the truth of PAN12 XML; give that file too")
  }

  @Test func predictionsFindTheirMessages() throws {
    let gold = try Sample.gold(
      #"{"id":"a","text":"x","labels":["benign"]}"#, #"{"text":"x","labels":["topup.offer"]}"#,
      #"{"conversation_id":"c","message_id":"a","text":"x","labels":["benign"]}"#)
    let found = try Sample.predictions(
      gold,
      // By the record's number, by message id alone, by both ids; and one that fits nothing.
      #"{"conversation_id":"2","message_id":"2","score":0.75,"labels":{"topup.offer":0.5,"topup.request":0.625}}"#,
      #"{"id":"a","score":0.25,"disclosure":0.125}"#,
      #"{"conversation_id":"c","message_id":"a","score":0.5,"band":"review","track":"trade","stage":""}"#,
      #"{"conversation_id":"x","message_id":"y","score":0.5}"#)
    #expect(found.scores == [0.25, 0.75, 0.5])
    #expect(found.disclosures == [0.125, 0, 0])
    #expect(found.tops == [nil, .topupRequest, nil])
    #expect(found.tracks == [nil, .topup, .trade])
    #expect(found.bands == [nil, nil, .review])
    #expect(found.strangers == 1 && found.missing == 0)
    #expect(found.labels(of: 1).map(\.label) == [.topupOffer, .topupRequest])
  }

  @Test func predictionsThatDoNotFit() throws {
    let gold = try Sample.gold(
      #"{"id":"a","text":"x","labels":["benign"]}"#, #"{"id":"b","text":"x","labels":["benign"]}"#)
    let rows: [(String, String)] = [
      (
        #"{"id":"a","score":1}"#,
        "p.jsonl: no prediction for 1 of 2 messages, the first of them at gold.jsonl:2; predict them all, or count them as score 0 with --missing zero"
      ),
      (
        "{\"id\":\"a\",\"score\":1}\n{\"id\":\"b\",\"score\":1}\n{\"id\":\"a\",\"score\":1}",
        "p.jsonl:3: the message of line 1 again; keep one prediction a message"
      ),
      (
        #"{"id":"a","score":1.5}"#,
        "p.jsonl:1: \"score\" is missing or out of range; predictions have the keys of 'jaga score', probabilities lie in 0 to 1"
      ),
      (
        #"{"id":"a"}"#,
        "p.jsonl:1: \"score\" is missing or out of range; predictions have the keys of 'jaga score', probabilities lie in 0 to 1"
      ),
      (
        #"{"score":1}"#,
        "p.jsonl:1: \"message_id\" is missing or out of range; predictions have the keys of 'jaga score', probabilities lie in 0 to 1"
      ),
      (
        #"{"id":"a","score":1,"labels":{"sangat rahasia":0.5}}"#,
        "p.jsonl:1: unknown label \"sangat?rahasia\"; use track.stage, disclosure or benign"
      ),
      (
        #"{"id":"a","score":1,"band":"red"}"#,
        "p.jsonl:1: \"band\" is missing or out of range; predictions have the keys of 'jaga score', probabilities lie in 0 to 1"
      ),
      ("{\n", "p.jsonl:1: not well-formed JSON; stopped, write one JSON object a line"),
      ("[1]", "p.jsonl:1: JSON, but not an object; stopped, write one JSON object a line"),
    ]
    for (lines, expected) in rows { #expect(sentence { _ = try Sample.predictions(gold, lines) } == expected) }
    // What no figure rests on needs no prediction.
    let some = try Sample.gold(#"{"id":"a","text":"x","labels":["benign"]}"#, #"{"id":"b","text":"x"}"#)
    #expect(try Sample.predictions(some, #"{"id":"a","score":1}"#).missing == 0)
    let zero = try Sample.predictions(gold, #"{"id":"b","score":0.5}"#, missing: .zero)
    #expect(zero.missing == 1 && zero.scores == [0, 0.5])
  }
}
