import JagaCore
import JagaPollBot
import Testing

/// Words of self-harm with everyday words beside them, and everyday words that sound like them: a pair for each cue that was too wide or too deaf.
struct SelfHarmTwinRowsTests {
  @Test func everydayWordsSilenceNoOwnWords() throws {
    try UrgencyRows.check(
      """
      mau bunuh diri soalnya gak kuat
      pengen bunuh diri soalnya nilaiku jelek
      pengen mati soalnya nilaiku jelek
      aku mau mati aja, bapak mukul aku terus soal nilai
      rasanya mau mati tiap hari dipukul bapak gara2 ujian
      i want to die, i failed my exam and dad beat me
      i want to die because my grades are bad
      i wanna die my grades suck
      pernah coba bunuh diri
      bunuh diri
      bunuh diri aja kali ya kak
      bunuh diri dosa ga kak
      aku dibully terus sampe kepikiran bunuh diri
      suicide is all i think about
      dia bilang ga mau mati tapi aku mau bunuh diri
      aku ga mau hidup kayak gini
      aku ga mau hidup kayak gini pengen mati
      ga pengen hidup gini terus kak
      udah gamau hidup lg
      bosan hidup begini terus
      bosan hidup gini terus pengen ilang aja
      semoga besok ga bangun lagi
      kalo tidur pengen ga bangun lagi
      aku berharap tidur terus ga bangun lagi
      ga mau bangun lagi besok
      mending aku ga ada
      mending ga ada aja aku
      mending mati
      mending aku mati daripada kyk gini
      lebih baik aku mati
      andai aku ga ada di dunia ini
      harusnya aku ga usah lahir
      mending gw mati aja
      aku mau pergi selamanya
      pengen ilang dari dunia ini
      aku mau pergi selamanya maafin aku
      ga ada gunanya hidup
      gada gunanya aku hidup lagi
      tidak ada gunanya hidup kalo gini terus
      hidupku ga ada artinya
      hidup ga ada gunanya
      aku mau berhenti hidup
      pengen stop hidup aja
      pengen berhenti hidup kak
      maafin aku ya semua aku udah ga kuat
      selamat tinggal semua aku capek
      maafin aku semuanya ini terakhir
      pamit ya semua jangan cari aku
      ini chat terakhirku
      ini pesan terakhirku, maafin aku ya
      maaf ya kak ini pesan terakhir dari aku
      ini chat terakhir buat kalian maafin aku
      mungkin ini hari terakhirku
      hari terakhirku di dunia
      semoga malam ini malam terakhirku
      kalau aku ga ada pasti semua tenang
      kalo aku mati pasti mereka seneng, mereka senang
      kalo aku ga ada mama lebih tenang
      kalau aku mati apa ada yang nangis
      kalo aku udah ga ada jangan nangis ya
      kalau aku ilang semua beres
      mau nyusul almarhum ayah
      pengen nyusul alm mama aja
      aku pengen nyusul almarhumah nenek
      pengen ga ada aja
      bye everyone i cant take it anymore
      goodbye everyone im so sorry
      bye all im so sorry i wont be here tomorrow
      this is my last message
      this is my last message, im sorry
      this might be my last night
      i cut myself again
      ive been cutting myself
      i keep cutting myself when im sad
      aku bilang ke mama aku mau mati
      nonton film terus aku pengen bunuh diri
      capek hidup pengen bebas
      gamau bangun lagi besok
      pengen tidur trs ga bangun lagi selamanya
      doain aku ga bangun lagi besok
      udah mending ga ada aku ya
      mendingan aku mati deh
      mending gue ga usah idup
      aku pengen ngilang dari dunia ini
      mau pergi selamanya dari dunia ini
      ga ada alasan lagi buat hidup
      buat apa aku hidup kak
      idup gw ga ada gunanya
      gw mau stop hidup
      berhenti hidup aja, mau berhenti hidup skrg
      maafin aku ya semua aku mau pergi selamanya
      selamat tinggal semuanya jangan cari aku
      makasih semua ini chat terakhirku
      ini pesan terakhir dari gw maaf ya
      kalo gw mati pasti ga ada yang nangis
      kalo aku ga ada mungkin mama lebih bahagia
      kalo aku mati siapa yang peduli
      kangen alm ibu pengen nyusul almarhumah ibu
      aku kepikir buat bunuh diri
      udah 2x coba bunuh diri
      aku takut aku bunuh diri
      i tried suicide before
      thinking about suicide a lot lately
      goodbye all im sorry i cant
      this is my last text, sorry
      i keep cutting myself at night
      aku cape hidup sumpah
      cape bgt sama hidup
      pengen mati beneran deh
      pingin mati rasane
      aku pgn mati kak soalnya ga ada yg sayang
      aku pengen mati tiap ujian dipukul mama
      kenapa aku ga mati aja
      knp ga mati aja sih aku
      aku udah ga mau idup
      aku mau bundir
      mau bundir aja
      bundir yuk
      aku nyakitin diri tiap abis ujian
      kadang mikir mau mati
      kadang kepikiran mati aja
      aku ga guna mending mati
      aku beban mending aku ga ada
      coba aja aku ga pernah lahir
      i want to disappear forever
      i wish i was dead
      i just want to die because of school
      idk i just wanna die honestly
      my life sucks i wanna die
      i hate my life i want to die
      i wanna kms fr
      nobody would care if i died
      aku mau berhenti hidup kadang kadang
      ga ada gunanya lagi hidup sejak itu
      i promised not to hurt myself today
      who would care if i died
      cape bgt sama hidup
      """, language: .mix, disclosure: 0.1,
      expected: ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true))
  }

  @Test func whatOnlySoundsLikeThemIsNone() throws {
    try UrgencyRows.check(
      """
      mati aku lupa bawa pr
      kakakku nonton film bunuh diri
      mereka pernah mati lampu 3 hari
      pacar aku hpnya sering mati
      he died by suicide in the movie
      temanku mau mati lampu katanya
      dia sering mati lampu di rumah
      dia sering mati listrik
      temenku mati gaya mulu
      dia udah mati rasa
      kalau kamu putus asa jangan mati semangat
      hp dia sering mati
      dia pernah mati di game
      dia bilang mau mati matian belajar
      aku ga mau hidup kayak gini, pengen sukses
      gamau hidup kayak gini terus pengen liburan
      kemarin tidur ga bangun lagi sampe dzuhur
      tadi tidur ga bangun lagi
      abis sahur tidur ga bangun lagi sampe siang
      aku males bangun lagi udah pw
      bosan hidup begini terus, pengen liburan
      bosen hidup gini terus butuh healing
      mending ga ada sekolah
      mending mati lampu
      mending aku ga ada pr
      mending ga ada ulangan
      mending aku ga ada di kelas itu
      pengen ga ada lagi bullying
      aku mau pergi selamanya dari sekolah ini
      mau hilang dari dunia maya
      tidak ada gunanya hidup boros
      aku mau berhenti hidup boros
      mau stop hidup hedon
      maafin aku ya semua capek banget hari ini
      mohon maaf lahir batin ya semua
      maafin aku lahir batin ya semua puasa terakhir nih
      pamit ya semua capek mau tidur
      ini pesan terakhir buat kalian hari ini
      ini chat terakhir hari ini ya
      hari terakhirku di sini, besok pindah sekolah
      besok hari terakhirku sekolah
      ini hari terakhirku di kelas 6
      kalau aku ga ada kuota pasti bosen
      kalau aku hilang di mall ibu pasti nyari
      kalau aku ga ada teman aku sedih
      kalo aku ga ada uang semua pelit
      mau nyusul almarhum kakek ke makam
      mau nyusul ibu ke pasar
      bullying bisa bikin depresi dan bunuh diri
      bullying menyebabkan orang mau bunuh diri
      dampaknya bisa depresi sampe bunuh diri
      korban bully bisa bunuh diri
      karena bisa sampai bunuh diri
      perundungan bisa membuat anak jadi takut dan bunuh diri
      adikku gak mau hidup susah
      temenku ga mau hidup di desa
      takutnya temen yg dibully sampai bunuh diri
      bunuh diri itu dosa
      temanku pamit pulang
      kalau kamu digigit ular bisa mati
      ga mau hidup boros
      i am cutting myself some slack
      cut myself a slice of cake
      bye everyone, sorry i am tired
      this is my last message today
      this is my last day at school
      my friend said goodbye
      my friend said goodbye and went home
      my brother is ending it with his gf
      if you lose i die
      bullying can lead to suicide
      bullying can cause depression and suicide
      it can make people suicidal
      we learned about suicide in class
      pengen mati liat nilai fisika haha
      kalah rank lagi pengen bunuh diri wkwkwk
      i want to die, maths exam tomorrow
      aku mau pergi ke dunia fantasi
      pengen hidup enak
      males hidup di kota
      mati lampu dari tadi
      semalem mati lampu jadi ga bisa main
      ikan cupang adikku mati
      kucing temenku mati
      kakekku udah mati lama
      adikku nangis karena ayamnya mau mati
      temenku ngomong mati aja lu pas main ml
      hp aku ga mati
      kenapa lampu ga mati aja
      aku mikir mati lampu lagi
      no one noticed if i was late
      kms moment my mic was on
      i am not suicidal
      im not going to hurt myself
      gamau berhenti hidup hemat
      """, language: .mix, disclosure: 0.1, expected: ReplyReading(action: .none))
  }
}
