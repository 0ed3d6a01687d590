/// Hears whether somebody wants to be contacted, or to take part: only in a reply that says nothing else.
///
/// 'Gak tau harus gimana' begins with a no and is none, and neither is 'no one believes me': whoever is answered there as if they had refused
/// is left alone at the worst moment. What is not heard here is read as a further message.
enum ContactAnswer {
  /// The answer to the open offer; nil where the reply is more than one, or another thing.
  static func answer(_ reply: ReplyWords) -> Bool? {
    if let wish = wish(reply) ?? phrase(reply) { return wish }
    let trimmed = reply.trimmed()
    // 'Aku salah' is no answer, and 'no one' no number.
    if notHere.contains(trimmed.words) || noNumbers.contains(trimmed.spelled) { return nil }
    guard let place = ChoiceHearing(agree: [], decline: []).wholeChoice(in: reply) else { return nil }
    // A bare no in tears may be another no.
    return place == 1 && reply.hasMore ? nil : place == 0
  }

  /// A whole phrase of yes or no; nil for every other reply.
  static func phrase(_ reply: ReplyWords) -> Bool? { has(agreeing, reply) ? true : has(declining, reply) ? false : nil }

  /// A wish that names the contact, and so is heard without a question.
  static func wish(_ reply: ReplyWords) -> Bool? { has(wanting, reply) ? true : has(refusing, reply) ? false : nil }

  private static func has(_ phrases: Set<[String]>, _ reply: ReplyWords) -> Bool {
    !reply.isCut && phrases.contains(form(reply))
  }

  private static func form(_ reply: ReplyWords) -> [String] {
    reply.trimmed().words.map { selves.contains($0) ? "aku" : $0 }
  }

  private static func forms(_ phrases: [String]) -> Set<[String]> { Set(phrases.map { form(ReplyWords($0)) }) }

  private static let selves: Set<String> = ["saya", "sy", "aq", "gue", "gw", "gua"]
  private static let notHere: Set<[String]> = [["salah"], ["false"], ["mulai"], ["start"], ["ikut"], ["join"]]
  private static let noNumbers: Set<[String]> = [["no", "one"], ["no", "two"], ["no", "first"], ["no", "second"]]

  private static let agreeing = forms([
    "ya mau", "ya boleh", "ya tolong", "ya bisa", "ya silakan", "ya oke", "ya ya", "ya ya ya", "mau mau",
    "mau banget", "mau tolong", "boleh banget", "boleh tolong", "boleh mau", "oke boleh", "oke mau", "silakan",
    "ya aku mau", "ya mau banget", "yes i do", "yes i would", "yes i want", "yes i want to", "yes i want that",
    "i do", "i would", "i would like that", "yes id like that", "please do", "yes please do", "yes of course",
  ])
  private static let declining = forms([
    "tidak usah", "tidak perlu", "tidak mau", "tidak dulu", "jangan dulu", "tidak usah dulu", "tidak perlu dulu",
    "tidak mau dulu", "tidak sekarang", "tidak terima kasih", "tidak usah terima kasih", "belum mau",
    "tidak tidak usah", "tidak tidak mau", "tidak aku tidak mau", "tidak usah repot repot",
    "no thank you", "no i dont", "no i dont want", "no i dont want to", "i dont want to", "i do not want to",
    "no i do not want to", "no need", "not now", "not yet", "no not now", "rather not", "i would rather not",
    "id rather not",
  ])

  private static let wanting: Set<[String]> = {
    let before = [
      "", "mau", "boleh", "tolong", "minta", "bisa", "ya", "ya mau", "ya boleh", "ya tolong", "jadi mau",
      "sekarang mau", "ternyata mau", "aku jadi mau",
    ]
    let contact = ["dihubungi", "dihubungin", "hubungi aku", "hubungin aku", "dikontak", "kontak aku"]
    let called = ["mau ditelepon", "mau ditelpon", "mau dichat", "tolong telepon aku", "tolong telpon aku"]
    let english = [
      "contact me", "please contact me", "you can contact me", "can you contact me", "could you contact me",
      "yes contact me", "yes please contact me", "yes you can contact me", "want to be contacted",
      "i want to be contacted", "i wanna be contacted", "yes i want to be contacted", "please i want to be contacted",
      "i do want to be contacted", "i would like to be contacted", "id like to be contacted",
      "i want you to contact me", "i want someone to contact me", "please write to me", "please call me",
      "i changed my mind contact me", "i changed my mind please contact me",
    ]
    return forms(before.flatMap { before in contact.map { "\(before) \($0)" } } + called + english)
  }()
  private static let refusing: Set<[String]> = {
    let before = ["jangan", "tidak usah", "tidak mau", "tidak perlu", "tidak jadi", "tolong jangan", "tidak jangan"]
    let contact = ["dihubungi", "dihubungin", "hubungi aku", "hubungin aku", "dikontak", "kontak aku"]
    let english = [
      "dont contact me", "do not contact me", "please dont contact me", "please do not contact me",
      "no dont contact me", "i dont want to be contacted", "i do not want to be contacted",
      "no i dont want to be contacted", "i dont want you to contact me",
    ]
    return forms(before.flatMap { before in contact.map { "\(before) \($0)" } } + english)
  }()
}
