import JagaCore
import JagaPollBot
import Testing

/// Replies that tell of harm, by whether it goes on.
struct UrgencyRowsTests {
  @Test func goesOnWhereNothingSaysOtherwise() throws {
    let expected = ReplyReading(action: .support, urgency: .ongoing)
    try UrgencyRows.check(
      """
      ada yang minta foto terus
      dia ngancem aku
      dulu pernah, sekarang masih
      tahun lalu mulai, sampai sekarang masih minta
      udah lama tapi dia chat lagi kemarin
      tiap malam dia nelpon
      besok aku ujian, dan ada om yang minta foto
      tolong jangan kasih tau ortu dulu, aku diperas
      lapor ke mana dulu ya
      dia suruh aku bohong ke mama
      mama nunggu di depan rumah, aku takut cerita soal dia
      aku diancam lagi kayak bulan lalu
      temanku jemput aku nanti, dia tau soal ancaman itu
      besok aku mau cerita ke guru soal orang yg ngancem
      dia minta pap
      aku disuruh diem sama guru
      belum berhenti
      om itu baik tapi aneh
      dia marah kalo aku tolak
      sekarang dia minta uang
      """, language: .id, disclosure: 0.9, expected: expected)
    try UrgencyRows.check(
      """
      someone keeps asking me for pics
      he threatens me
      it started last year and he still does it
      used to be ok but now he wants more
      he wont stop
      every night he messages me
      i have an exam tomorrow and this guy asks for pics
      mum is outside, i cant talk about him
      he messaged me again
      he knows my school
      i feel weird about him
      two years ago it stopped but he wrote me again
      seeing my friends tomorrow, i might tell them about him
      my ex threatens me
      should i pay him
      a man online asked for my address
      should i pay?? he says 200 and its over
      i cant do this on my own
      he said dont tell
      they want gift cards
      """, language: .en, disclosure: 0.9, expected: expected)
  }

  @Test func isPastWhereItIsSaidToBeOver() throws {
    let expected = ReplyReading(action: .support, urgency: .past)
    try UrgencyRows.check(
      """
      dulu pernah
      dlu prnh kak
      pernah tapi udah lama
      tahun lalu
      dua tahun lalu ada yang minta foto
      waktu SD, orang dekat
      waktu aku masih kecil
      udah selesai kok
      udh lama bgt
      dulu waktu pandemi, sampai sekarang masih kebayang
      udah lama kejadiannya tapi masih takut
      pelakunya udah ditangkap
      berhenti bulan lalu
      udah ga ganggu lagi
      alhamdulillah berhenti sejak ibu lapor
      dulu gw pernah digituin orang di game
      3 taun lalu, ga ada yang tau
      biyen tau kak, wis suwe, dulu pernah
      dulu SMP, sekarang udah nggak
      udah lewat
      """, language: .id, disclosure: 0.9, expected: expected)
    try UrgencyRows.check(
      """
      it stopped
      yes, last year
      a few years ago
      when i was younger a man did this
      used to happen to me
      it was long ago
      it happened once two years ago
      he stopped after i blocked him
      i blocked him and it stopped
      he doesnt message me anymore
      two years ago. i still think about it
      when i was 9
      years ago, still scared
      last summer some guy
      he got arrested
      back then i told nobody
      it was a while ago
      he hasn't messaged again
      months ago
      it ended last term
      """, language: .en, disclosure: 0.9, expected: expected)
  }
}
