import JagaCore
import JagaPollBot
import Testing

/// Replies that tell of harm, by how soon a person is needed, and their harmless twins.
struct UrgencyRowsTests {
  private func check(
    _ rows: String, language: Language, disclosure: Double, band: Band = .none, expected: ReplyReading,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let reader = try ReplyReaderTests.reader.get()
    let score = CueSamples.score(disclosure: disclosure, band: band, language: language)
    let lines = rows.split(separator: "\n").map(String.init)
    #expect(lines.count > 9, sourceLocation: location)
    for line in lines {
      let reading = reader.reading(of: line, score: score, question: nil)
      #expect(reading == expected, "\(line)", sourceLocation: location)
    }
  }

  @Test func ownWordsOfSelfHarmCountWhateverTheScore() throws {
    let expected = ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true)
    try check(
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
    try check(
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
    try check(
      rows, language: .mix, disclosure: 0.4,
      expected: ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true))
    try check(rows, language: .mix, disclosure: 0.1, expected: ReplyReading(action: .none))
  }

  @Test func figuresOfSpeechAreNone() throws {
    try check(
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
    try check(
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
      try check(
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
      try check(
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
    try check(
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
    try check(
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
    try check(
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

  private static let nearIndonesian = """
    dia mau sebar malam ini
    dia ngancem sebar foto mlm ini
    katanya sejam lagi disebar
    dia blg 10 menit lg disebar
    bentar lagi dia dateng jemput aku
    bsk dia mau jemput aku
    besok disuruh ketemu sama dia
    dia di depan rumah
    orangnya udh di dpn rmh
    dia nunggu di gerbang sekolah
    dia otw ke sini
    dia kasih waktu sampe jam 9
    waktunya tinggal sejam
    kalo ga transfer sebelum magrib disebar
    disuruh bayar malam ini
    dia ngitung mundur
    ada yang ngikutin aku
    ada orang gedor pintu
    aku ngumpet di wc, dia di luar
    wonge wis nang ngarep omah
    jam 8 bengi iki arep disebar
    nanti malem deadlinenya
    tolong telpon aku skrg
    nanti pulang sekolah dia mau jemput
    dia minta transfer sekarang juga
    """
  private static let nearEnglish = """
    hes posting it tonight
    he said he will send it to everyone tmr
    he gave me until midnight
    he gave me 2 hours
    hes outside my house
    he's at my door
    someone is following me right now
    i have to meet him after school
    he's picking me up tonight
    he wants me to come to his place tomorrow
    im hiding in the bathroom
    if i dont pay by 9 he leaks it
    in an hour he will post it
    he is on his way
    time is running out he says
    he is counting down, countdown in the chat
    shes leaking my pics rn
    he said pay now or else
    im being blackmailed right now
    they are waiting for me outside
    """

  @Test func dangerThatIsNearIsImmediateWithSupportAndWithRisk() throws {
    for (disclosure, band, action) in [(0.9, Band.none, ReplyAction.support), (0.1, .high, .escalate)] {
      let expected = ReplyReading(action: action, urgency: .immediate)
      try check(
        Self.nearIndonesian, language: .id, disclosure: disclosure, band: band, expected: expected)
      try check(Self.nearEnglish, language: .en, disclosure: disclosure, band: band, expected: expected)
    }
  }

  @Test func dangerThatIsNearLowersWhatSupportNeeds() throws {
    let support = ReplyReading(action: .support, urgency: .immediate)
    try check(Self.nearIndonesian, language: .id, disclosure: 0.4, expected: support)
    try check(Self.nearIndonesian, language: .id, disclosure: 0.2, expected: ReplyReading(action: .none))
  }

  @Test func goesOnWhereNothingSaysOtherwise() throws {
    let expected = ReplyReading(action: .support, urgency: .ongoing)
    try check(
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
    try check(
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
    try check(
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
    try check(
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

  @Test func harmlessRepliesWithSuchTimesOpenNothing() throws {
    try check(
      """
      besok ulangan
      nanti malam mabar
      malam ini nonton bola
      mama jemput pulang sekolah
      ojol udah di depan rumah
      ketemu temen besok
      dulu suka main ff
      tahun lalu aku kelas 5
      bayar kas besok
      sejam lagi makan
      see you tomorrow
      exam tomorrow
      mum is outside
      grab is on the way
      meeting my friends tonight
      last year i was in grade 6
      still at school
      i used to play roblox
      pizza in an hour
      homework due tonight
      """, language: .mix, disclosure: 0.1, expected: ReplyReading(action: .none))
  }

  @Test func everydayRepliesOpenNothing() throws {
    try check(
      """
      ga pernah kak
      aku tinggal di kota kecil
      tiap hari main hp 4 jam
      besok pagi ada upacara
      nanti sore les
      malam ini tidur cepet
      jam 9 malam biasanya tidur
      sama ibu di rumah
      dulu pernah juara kelas
      udah lama ga main ig
      bentar lagi lebaran
      guru nunggu di depan kelas
      kakak jemput jam 4
      aku di depan sekolah nunggu gojek
      transfer uang jajan dari mama hari ini
      kirim tugas sebelum jam 9
      deadline pr besok
      kasih waktu istirahat lebih lama
      hidup di desa enak
      listrik mati terus di sini
      nyerah deh soal nomor 5 susah
      ga kuat bangun pagi wkwk
      mau tidur aja capek main bola
      bunuh monster di game
      self care itu penting
      kami diajari jangan menyakiti diri sendiri
      mau pergi ke pasar
      minggu depan libur
      sekarang kelas 8
      tolong tambah kuota internet
      """, language: .id, disclosure: 0.1, expected: ReplyReading(action: .none))
    try check(
      """
      never
      about four hours a day
      i go to bed at 10
      we have a match tomorrow
      my dad picks me up at 4
      grandma is at the door
      waiting outside for the bus
      mum said be home by 9
      deadline is tomorrow for the project
      i have to send my homework by midnight
      pay my phone bill tonight
      lol i died in the first level
      this game is killing me
      i would rather die than eat that haha
      cut my finger cooking
      the show ended last year
      i used to live in the city
      years ago we had no wifi
      it stopped raining
      no more school soon
      i cant do this sum anymore
      want to disappear, tripped in front of everyone
      gonna end it here bye
      see you later
      going to the shop right now
      he is on his way, my brother i mean
      our teacher talked about self harm
      someone should talk about suicide prevention
      im so tired of homework
      please add more lessons
      """, language: .en, disclosure: 0.1, expected: ReplyReading(action: .none))
  }
}
