import JagaCore
import JagaPollBot
import Testing

/// Others who may harm themselves, told in the words in which films, phones and figures are told of too.
struct OtherSelfHarmRowsTests {
  @Test func othersAreHeard() throws {
    try UrgencyRows.check(
      """
      temenku mau bunuh diri
      temenku cerita mau bunuh diri
      adikku bilang mau mati
      bestie gw bilang mau nyakitin diri
      pacarku bilang bakal bunuh diri
      dia ngancem bunuh diri kalo aku putusin
      dia bilang mau bunuh diri
      ada temen yang mau bunuh diri
      aku takut temenku bunuh diri
      adikku ga mau hidup lagi
      adikku bilang gamau hidup
      temenku dibully sampe mau bunuh diri
      temenku dibully sampai bunuh diri
      kakakku mau mati katanya
      temen aku bilang capek hidup
      kalau kamu pergi aku mati
      kalo putus mending mati
      kalau kamu ninggalin aku aku bunuh diri
      tolong temen aku mau bunuh diri
      temenku nonton film terus mau bunuh diri
      kalau temenku mau bunuh diri aku harus gimana
      temenku pamit ke semua orang di status
      temenku nulis selamat tinggal di story
      sahabatku bilang selamat tinggal semua
      my friend sent a goodbye text
      my friend posted goodbye to everyone
      my best friend said goodbye forever
      my friend is suicidal
      my brother said he wants to die
      if you leave me i will die
      if you go i will kill myself
      she posted a video saying she wants to die
      my friend wants to kill himself
      she told us about her suicide plan
      sepupuku bilang pengen bunuh diri
      temen sekelasku nyakitin diri terus
      adekku katanya udah gamau idup
      dia coba bunuh diri kemarin
      pacarku ngancem mau mati kalo putus
      mamaku bilang mau mati
      sahabatku post story pamitan terus hpnya mati
      """, language: .mix, disclosure: 0.1, expected: ReplyReading(action: .support, urgency: .immediate))
  }

  /// What is taken out of the text for the case is taken out for the words of the answer too.
  @Test func aFilmIsNoFriend() throws {
    let reader = try ReplyReaderTests.reader.get()
    let reading = reader.reading(
      of: "kakakku nonton film bunuh diri", score: CueSamples.score(disclosure: 0.8), question: nil)
    #expect(reading.concern != .friendSelfHarm)
  }
}
