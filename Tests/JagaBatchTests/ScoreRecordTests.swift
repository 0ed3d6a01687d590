import JagaBatch
import JagaCore
import Testing

@Suite struct ScoreRecordTests {
  /// The record of DESIGN.md, filled by hand.
  private func record(_ body: (inout ScoreRecord) -> Void = { _ in }) -> ScoreRecord {
    var record = ScoreRecord(modelID: "3f9a1c02")
    var labels = [Double](repeating: 0.001, count: Label.moveCount)
    labels[Int(Label.topupCondition.rawValue)] = 0.91
    labels[Int(Label.topupRequest.rawValue)] = 0.62
    record.score = MessageScore(
      score: 0.93, band: .high, top: .topupCondition, labels: labels, disclosure: 0.01, language: .id,
      evidence: [
        Evidence(
          range: SourceRange(begin: 12, end: 16), label: .topupCondition, logit: 1.84,
          source: "rule:id.topup.condition.asal")
      ])
    record.conversation = ConversationScore(score: 0.97, band: .high, top: .topupCondition, supportNeeded: false)
    body(&record)
    return record
  }

  private func json(_ record: ScoreRecord, ids: (String, String, String) = ("c1", "m7", "a1"), text: String? = nil)
    -> String
  {
    let buffer = ByteBuffer()
    withIDs(record, ids: ids, text: text) { $0.writeJSON(to: buffer) }
    return buffer.string
  }

  private func withIDs(
    _ record: ScoreRecord, ids: (String, String, String), text: String?, _ body: (ScoreRecord) -> Void
  ) {
    var record = record
    let bytes = [ids.0, ids.1, ids.2, text ?? ""].map { Array($0.utf8) }
    bytes[0].withUnsafeBufferPointer { conversation in
      bytes[1].withUnsafeBufferPointer { message in
        bytes[2].withUnsafeBufferPointer { author in
          bytes[3].withUnsafeBufferPointer { words in
            record.conversationID = conversation
            record.messageID = message
            record.authorID = author
            if text != nil { record.text = words }
            body(record)
          }
        }
      }
    }
  }

  @Test func theLineOfTheDesign() {
    #expect(
      json(record()) == """
        {"conversation_id":"c1","message_id":"m7","author_id":"a1","score":0.93,"band":"high","track":"topup","stage":"condition",\
        "labels":{"topup.condition":0.91,"topup.request":0.62},"disclosure":0.01,"lang":"id",\
        "conversation":{"score":0.97,"band":"high","track":"topup","stage":"condition","support_needed":false},\
        "evidence":[{"begin":12,"end":16,"label":"topup.condition","logit":1.84,"source":"rule:id.topup.condition.asal"}],\
        "model":"3f9a1c02"}

        """)
  }

  @Test func contributionsThenTextThenModel() {
    let explained = record {
      $0.isExplained = true
      $0.score.evidence = []
      $0.score.contributions = [
        Contribution(head: "move", range: nil, logit: -2, source: "prior"),
        Contribution(head: "move", range: SourceRange(begin: 0, end: 4), logit: 1.5, source: "word"),
      ]
    }
    #expect(
      json(explained, text: "a \"b\"").hasSuffix(
        """
        "evidence":[],"contributions":[{"head":"move","logit":-2,"source":"prior"},\
        {"head":"move","begin":0,"end":4,"logit":1.5,"source":"word"}],"text":"a \\"b\\"","model":"3f9a1c02"}

        """))
  }

  @Test func idsAreEscaped() {
    #expect(
      json(record(), ids: ("c\"1", "m\n", "\\")).hasPrefix(
        #"{"conversation_id":"c\"1","message_id":"m\n","author_id":"\\","#))
  }

  @Test func theLargestLabelIsAlwaysThere() {
    let quiet = record {
      $0.score.labels = [Double](repeating: 0.001, count: Label.moveCount)
      $0.score.labels[Int(Label.tradeRecruit.rawValue)] = 0.002
    }
    #expect(json(quiet).contains("\"labels\":{\"trade.recruit\":0.002},"))
  }

  @Test func labelsFallAndEqualOnesKeepTheirOrder() {
    let many = record {
      $0.score.labels = [Double](repeating: 0.049, count: Label.moveCount)
      $0.score.labels[3] = 0.05
      $0.score.labels[7] = 0.4
      $0.score.labels[9] = 0.05
      $0.score.labels[19] = 0.41
    }
    #expect(
      json(many).contains(
        """
        "labels":{"trade.transact":0.41,"sextortion.capture":0.4,"grooming.isolation":0.05,"sextortion.demand":0.05},
        """.trimmed))
  }

  @Test func csv() {
    let buffer = ByteBuffer()
    ScoreRecord.writeCSVHeader(withText: true, isExplained: false, to: buffer)
    withIDs(record(), ids: ("c,1", "m7", ""), text: "x \"y\"\nz") { $0.writeCSV(to: buffer) }
    #expect(
      buffer.string == """
        conversation_id,message_id,author_id,score,band,track,stage,labels,disclosure,lang,conversation_score,conversation_band,\
        conversation_track,conversation_stage,support_needed,evidence,text,model\r
        "c,1",m7,,0.93,high,topup,condition,topup.condition=0.91 topup.request=0.62,0.01,id,0.97,high,topup,condition,false,\
        12:16:topup.condition:1.84:rule:id.topup.condition.asal,"x ""y""\nz",3f9a1c02\r

        """)
  }

  @Test func conversation() {
    var record = ConversationRecord()
    record.conversationID = Array("c\"1".utf8)
    record.summary = ConversationScore(score: 0.97, band: .high, top: .sextortionDemand, supportNeeded: true)
    record.messages = 12
    record.authors = [
      ConversationRecord.Author(authorID: Array("a1".utf8), score: 0.97, top: .sextortionDemand),
      ConversationRecord.Author(authorID: [], score: 0.1, top: .groomingTrust),
    ]
    let buffer = ByteBuffer()
    record.writeJSON(modelID: "3f9a1c02", to: buffer)
    #expect(
      buffer.string == """
        {"conversation_id":"c\\"1","score":0.97,"band":"high","track":"sextortion","stage":"demand","first_alert_index":null,\
        "first_alert_message_id":null,"messages":12,"support_needed":true,"partial":false,"authors":[\
        {"author_id":"a1","score":0.97,"track":"sextortion","stage":"demand"},\
        {"author_id":"","score":0.1,"track":"grooming","stage":"trust"}],"model":"3f9a1c02"}

        """)
    buffer.removeAll()
    record.firstAlertIndex = 3
    record.firstAlertMessageID = Array("m4".utf8)
    record.isPartial = true
    ConversationRecord.writeCSVHeader(to: buffer)
    record.writeCSV(modelID: "3f9a1c02", to: buffer)
    #expect(
      buffer.string == """
        conversation_id,score,band,track,stage,first_alert_index,first_alert_message_id,messages,support_needed,partial,authors,model\r
        "c""1",0.97,high,sextortion,demand,3,m4,12,true,true,sextortion.demand=0.97 grooming.trust=0.1,3f9a1c02\r

        """)
  }
}

extension String {
  fileprivate var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
