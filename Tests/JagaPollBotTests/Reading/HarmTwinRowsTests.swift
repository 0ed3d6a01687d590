import JagaCore
import JagaPollBot
import Testing

/// Harm in plain words with school, games and laughter beside it, and what only sounds like it: a pair for each cue that was too wide or too deaf.
struct HarmTwinRowsTests {
  private func reading(_ text: String) throws -> ReplyReading {
    try ReplyReaderTests.reader.get().reading(of: text, score: CueSamples.score(), question: nil)
  }

  @Test func everydayWordsSilenceNoHarm() throws {
    let rows = """
      aku diperkosa guru olahraga
      aku dilecehin guru matematika
      aku sering dipukul bapak soalnya nilaiku jelek
      my teacher touched me in pe
      my dad hits me because of my grades
      mama mukul aku gara2 main game terus
      bapak tampar aku
      bapak tampar muka aku
      ibu nampar aku pas ngerjain pr
      aku dipukul guru pas ujian
      aku ditampar ayah karena remed
      my coach touched me after training
      my mom beats me when i play games
      i was abused lol
      i was hit by my dad
      i was hit at home
      i get hit by my stepdad
      i got beaten by my brother again
      aku dilecehin
      aku pernah dilecehin
      aku sering banget dilecehin kakak kelas
      aku diperkosa wkwk
      temenku dilecehin guru
      temenku yang dilecehin cerita ke aku
      ada temen yang dilecehin gurunya
      pernah dilecehin
      iya pernah dilecehin sama om
      aku tadi dilecehin di angkot
      kalau aku dilecehin lapor ke mana
      aku harus gimana aku dilecehin
      ga ada yang tau kalau aku dilecehin om
      jangan bilang mama aku dilecehin
      tolong bantu temenku yang dilecehin
      aku ga mau dipukul lagi
      takut dipukul lagi
      omku suka pegang2 aku
      om itu pegang2 aku
      om suka pegang aku
      guru sering nyentuh aku
      om nyentuh aku
      aku dipegang2 sama om
      aku disentuh om
      kakak kelas suka megang aku
      guru pegang aku aku risih
      om suka pegang tangan aku
      kakekku menyentuh aku
      sering dipukul bapak
      abis nonton film aku diperkosa
      abis main aku dipukul bapak
      we watched a movie and my uncle touched me
      gw sering digebukin bapak
      tiap pulang ditampar mama
      aku diraba raba sama om
      aku ditendang kakak tiap hari
      dia suka sentuh aku di kelas
      om suka nyentuh2 aku
      ayah tiri suka pegang aku
      guru les suka megang megang aku
      papa gebukin aku
      bapak pukul aku sampe nangis
      aku dianiaya senior
      adikku dilecehin tetangga
      sahabatku pernah diperkosa
      aku hampir diperkosa
      aku takut dilecehin lagi
      aku korban, aku dilecehkan
      aku kayaknya dilecehin deh kak
      i think i was molested
      i have been abused for years
      my friend was raped
      he keeps touching me
      teacher hits us with a ruler
      aku mau cerita aku dilecehin tapi takut
      gimana kalau aku yang dilecehin
      aku dilecehkan kak tolong
      aku merasa dilecehkan sama kakak kelas
      aku korban pelecehan, pernah diperkosa
      ak pernah hampir di perkosa sodara
      guru bk malah nyalahin aku padahal aku dilecehin
      kemarin di angkot aku dilecehin bapak bapak
      aku sama temenku dilecehin
      pas latihan silat aku dilecehin pelatih
      abis main game aku dipukul bapak
      bapak pukul aku pake sabuk
      mama suka jambak aku
      ayah mukulin mama terus
      aku ditampar guru
      aku dipukulin kakak kelas di wc
      aku takut pulang nanti dipukul bapak
      he hits me in pe
      im scared of being hit again
      my step dad touches me at night
      my uncle keeps touching me when we play games
      i was molested when i was 8
      my cousin molested me
      i got raped
      adikku dipukul papa tiap malem
      aku disentuh guru aku ga suka
      om itu sering pegang2 aku kalau main game
      aku korban pelecehan kak
      papa nampar kakak
      pernah ditampar sekali
      malah aku yang dipukul
      they beat me up and filmed it
      sering dipukuli di belakang kantin
      """
    for row in rows.split(separator: "\n") {
      let reading = try reading(String(row))
      #expect(reading.action == .support && reading.urgency != nil, "\(row)")
    }
  }

  @Test func whatOnlySoundsLikeItIsNone() throws {
    let rows = """
      aku tau apa itu dilecehkan
      siswa yang dilecehkan harus lapor ke guru
      kami belajar cara menolong teman yang dilecehkan
      kalau dilecehkan harus lapor
      kalau ada teman dilecehkan kita lapor guru
      kalau aku dilecehkan aku akan lapor guru
      jangan sampai dilecehkan
      anak tidak boleh dipukul
      takut dipukul orang tua
      teman yang dilecehkan jangan dijauhi
      ibu pegang aku pas nyebrang
      teman pegang aku pas jatuh
      ibu suka pegang tangan aku pas nyebrang
      kakak pegang aku waktu naik motor
      bapak tampar nyamuk aku kaget
      bapak mukul lalat aku ketawa
      teman pukul bola kena aku
      aku dihajar musuh di rank
      aku dihajar teman wkwk di rank
      bapak pukul aku wkwk
      i was hit by a ball
      i got hit by a car in roblox
      we were beaten by the other team
      my brother beats me at fifa lol
      friends who were abused should tell a teacher
      if someone is abused tell an adult
      berita anak disiksa itu serem
      ibu nyentuh aku pas demam
      bapak pegang tangan ibu
      dokter pegang aku pas periksa
      temen suka pegang bola
      aku belajar kalau anak tidak boleh dipukul orang tua
      kalau aku jadi korban pelecehan aku lapor guru
      korban pelecehan harus dibantu
      kalah main ff ditendang temen
      main game ditendang musuh
      pernah ditendang bola
      i got kicked by the bot
      they kicked me out of the group chat
      my cousin beat me at mobile legends
      she hit me up about the party
      """
    for row in rows.split(separator: "\n") {
      #expect(try reading(String(row)) == ReplyReading(action: .none), "\(row)")
    }
  }
}
