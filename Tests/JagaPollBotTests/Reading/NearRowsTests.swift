import JagaCore
import JagaPollBot
import Testing

/// Replies that tell of danger that is near, and their harmless twins.
struct NearRowsTests {
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
      try UrgencyRows.check(
        Self.nearIndonesian, language: .id, disclosure: disclosure, band: band, expected: expected)
      try UrgencyRows.check(Self.nearEnglish, language: .en, disclosure: disclosure, band: band, expected: expected)
    }
  }

  @Test func dangerThatIsNearLowersWhatSupportNeeds() throws {
    let support = ReplyReading(action: .support, urgency: .immediate)
    try UrgencyRows.check(Self.nearIndonesian, language: .id, disclosure: 0.4, expected: support)
    try UrgencyRows.check(Self.nearIndonesian, language: .id, disclosure: 0.2, expected: ReplyReading(action: .none))
  }

  @Test func harmlessRepliesWithSuchTimesOpenNothing() throws {
    try UrgencyRows.check(
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
    try UrgencyRows.check(
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
    try UrgencyRows.check(
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
