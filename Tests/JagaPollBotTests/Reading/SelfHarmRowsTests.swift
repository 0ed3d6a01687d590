import JagaCore
import JagaPollBot
import Testing

/// Words of self-harm, own and others', and what only sounds like them.
struct SelfHarmRowsTests {
  @Test func ownWordsOfSelfHarmCountWhateverTheScore() throws {
    let expected = ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true)
    try UrgencyRows.check(
      """
      ga mau hidup pengen mati
      aku pengen mati aja
      pgn mati aja rasanya kak
      capek hidup
      udh ga mau hidup lagi
      aku ga pengen bangun lagi
      rasanya mending mati
      kepikiran bunuh diri terus
      aku mau bunuh diri
      gw nyakitin diri lagi semalem
      pengen mengakhiri hidup
      ga ada gunanya aku hidup
      aku mau hilang dari dunia ini
      wes ora pengen urip maneh
      hayang paeh wae abdi
      sa tra mau hidup lagi
      gada alasan buat hidup
      kalo aku ga ada pasti semua lebih tenang
      AKU PENGEN MATII AJAAA
      tidur trus ga bangun lagi
      lebih baik aku ga pernah lahir
      """, language: .id, disclosure: 0.1, expected: expected)
    try UrgencyRows.check(
      """
      i want to kill myself
      i just wanna kms and no im not joking
      i dont want to live anymore
      i don't wanna be alive
      ive been hurting myself again
      there is no point in living
      everyone would be better off without me
      i wish i was never born
      i feel suicidal
      im tired of living
      i keep thinking about ending my life
      I want to not wake up
      been thinking of suicide, i want to end it all
      i really want to die
      i cut myself again last night
      goodbye everyone im so sorry
      this is my last message
      """, language: .en, disclosure: 0.1, expected: expected)
  }

  @Test func wordsThatMayMeanLessCountWhereTheScoreSpeaksForHarm() throws {
    let rows = """
      aku ga kuat lagi
      udah ga sanggup kak
      pengen ilang aja rasanya
      wes ra kuat aku
      rasanya mau nyerah
      cant take it anymore
      i cant do this anymore
      want to disappear
      i dont want to be here anymore
      been thinking about ending it
      """
    try UrgencyRows.check(
      rows, language: .mix, disclosure: 0.4,
      expected: ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true))
    try UrgencyRows.check(rows, language: .mix, disclosure: 0.1, expected: ReplyReading(action: .none))
  }

  @Test func figuresOfSpeechAreNone() throws {
    try UrgencyRows.check(
      """
      mau mati rasanya ngerjain tugas mtk wkwk
      laper mau mati
      mati aku lupa bawa pr
      ngakak sampe mau mati
      pengen mati liat nilai fisika haha
      kalah rank lagi pengen bunuh diri wkwkwk
      aku gak pernah mikir bunuh diri
      belum pernah nyakitin diri
      aku nonton film tentang bunuh diri di sekolah
      ada seminar pencegahan bunuh diri
      hp aku mau mati, baterainya abis
      ga kuat pedesnya
      lampunya mati lagi
      takut mati listrik
      mau hilang dari grup kelas
      capek banget abis olahraga
      udah mati gaya
      ga tahan lucunya
      Hari ini hari terakhir pendaftaran
      udah ga kuat nahan ketawa
      """, language: .id, disclosure: 0.1, expected: ReplyReading(action: .none))
    try UrgencyRows.check(
      """
      im dying of laughter
      kms if theres another pop quiz lol
      im gonna kms if theres another quiz jk
      im dead lmao
      this homework makes me want to die haha
      i want to die, maths exam tomorrow
      i would never hurt myself
      i dont want to die
      we had an assembly about suicide prevention
      the movie was about suicide
      my phone is about to die
      dying to see the new season
      i hurt myself playing football
      starving, want to die
      cant take it, so cute
      wen i die bury me with this sandwich
      I want to disappear, I called the headteacher Mum
      killed it in the game
      the suicide squad movie
      i ended it with him
      dead tired after training
      """, language: .en, disclosure: 0.1, expected: ReplyReading(action: .none))
  }

  @Test func hyperboleIsNone() throws {
    let none = ReplyReading(action: .none)
    for disclosure in [0.1, 0.4] {
      try UrgencyRows.check(
        """
        gak mau hidup tanpa wifi
        ga bisa hidup tanpa hp kak
        gamau hidup tanpa kuota, tidak mau hidup tanpa tiktok
        gak mau hidup susah
        aku ga mau hidup di kota besar
        ga kuat hidup tanpa boba
        buat apa hidup tanpa seblak
        capek hidup tanpa AC
        tanpa wifi aku ga mau hidup
        hidup ga ada artinya tanpa game
        mau mati rasanya tanpa kuota
        ga mau bangun pagi lagi
        aku suka main sh
        aku juga bingung sh
        ini chat terakhir dia
        hari terakhir aku ujian
        bosan hidup di desa
        """, language: .id, disclosure: disclosure, expected: none)
      try UrgencyRows.check(
        """
        i can't live without tiktok
        I cant live without my phone lol
        i don't want to live without wifi
        cannot live without spotify premium
        i dont want to live in a big city
        i never want to live in a world without pizza
        i dont want to wake up early
        i dont wanna wake up for school
        there is no point in living without boba
        no reason to live without football
        i wish to not exist without coffee
        i can't live with this slow internet
        i could die without my phone
        without music i dont want to live
        i can't keep living without netflix
        """, language: .en, disclosure: disclosure, expected: none)
    }
  }

  @Test func whatSoundsLikeHyperboleAndIsNoneCounts() throws {
    let expected = ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true)
    try UrgencyRows.check(
      """
      gak mau hidup
      aku ga mau hidup kak
      ga mau hidup 😭
      gak kuat hidup
      ga kuat lagi hidup
      ga mau hidup kayak gini
      buat apa aku hidup
      buat apa hidup kalau gini
      bosan hidup
      capek hidup, rasa ini tidak selesai
      ga mau hidup, dia ngancem terus
      gamau hidup gak mau hidup kyk gini
      gak kuat hidup malu sama semua
      i dont want to live, it hurts
      i dont want to live this life
      i don't want to live in this world
      capek hidup kak
      ini chat terakhirku
      ini pesan terakhir dari aku
      aku self harm
      i dont want to live
      i dont want to live 😭
      i dont want to live he keeps sending it
      i don't want to wake up
      i don't want to wake up tomorrow
      i cant live like this
      i can't live with this anymore
      i cant keep living
      """, language: .mix, disclosure: 0.1, expected: expected)
    try UrgencyRows.check(
      """
      gak mau hidup tanpa dia
      ga bisa hidup tanpa mama
      ga sanggup hidup tanpa ayah
      ga mau hidup tanpa ibu
      ga mau hidup tanpa nenek kak
      ga kuat hidup tanpa mereka
      ga bisa hidup tanpa bapak
      i cant live without him
      i dont want to live without her
      i can't go on without my mum
      """, language: .mix, disclosure: 0.4, expected: expected)
  }

  @Test func othersWhoMayHarmThemselvesAreNearAndNotOwn() throws {
    let expected = ReplyReading(action: .support, urgency: .immediate)
    try UrgencyRows.check(
      """
      temenku mau bunuh diri
      adik saya menulis bahwa ia ingin mati
      bestie gw bilang mau nyakitin diri
      dia ngancem bunuh diri kalo aku putusin
      siswa saya sering menyakiti diri
      kalau kamu pergi aku bunuh diri
      my friend wants to kill herself
      my brother said he wants to die
      he says he will kill himself if i leave
      if you leave me i will hurt myself
      she told me she'd hurt herself
      """, language: .mix, disclosure: 0.2, expected: expected)
  }
}
