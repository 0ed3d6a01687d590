internal import JagaCore

extension Console {
  /// The case of an item: who is in need and how near the harm is, what the contact was sent, and the form for an answer or why there is none.
  func caseScope(_ view: CaseView, of row: QueueRow, _ words: Words) -> Scope {
    var scope: Scope = [
      "caseNote": words.of(.caseNote, row.kind.rawValue),
      "caseFacts": [
        ("danger", words.of(.danger, view.danger.rawValue)), ("wish", words.wish(view.wantsContact)),
        ("case-language", words.languageName(view.language)),
        ("opened", Moment(milliseconds: view.openedAt)?.human ?? "–"),
      ].map { ["caseFactName": words[$0.0], "caseFactValue": $0.1] as Scope },
      "hasSayings": !view.sayings.isEmpty, "sayings": view.sayings.map { saying($0, words) },
    ]
    // What was refused for the same reason as there is no form is said once.
    if let obstacle = view.obstacle {
      scope["obstacle"] = words.of(.caseFault, obstacle.rawValue)
      scope["isRefused"] = view.form.fault != nil
    } else {
      scope["ways"] = view.ways.map { ["wayNote": words.of(.caseWay, $0.rawValue)] as Scope }
      scope["form"] = form(view, words)
    }
    return scope
  }

  private func saying(_ saying: CaseView.Saying, _ words: Words) -> Scope {
    var scope: Scope = ["sayingDelivery": words.of(.delivery, saying.delivery.rawValue)]
    switch saying.speaker {
    case .bot(let occasion):
      scope["sayingWhat"] = CaseView.occasions.contains(occasion) ? words.of(.occasion, occasion) : occasion
      scope["sayingWho"] = words["the-bot"]
    case .person(let name):
      scope["sayingWhat"] = words["answer-of-person"]
      scope["sayingWho"] = name
    }
    scope["sayingAt"] = Moment(milliseconds: saying.at)?.scope
    return scope
  }

  private func form(_ view: CaseView, _ words: Words) -> Scope {
    let form = view.form
    var scope: Scope = [
      "caseVersion": view.version, "answerLang": view.language, "answerText": form.text, "answerLimit": form.limit,
      "onePlace": form.onePlace, "twoPlaces": form.twoPlaces,
      "answerLength": words.filled("answer-length", ["limit": words.integer(form.limit)]),
    ]
    if let fault = form.fault { scope["answerFault"] = words.of(.caseFault, fault.rawValue) }
    return scope
  }
}

extension Words {
  /// Whether a contact would like to be contacted.
  func wish(_ wantsContact: Bool?) -> String {
    of(.wish, wantsContact.map { $0 ? "yes" : "no" } ?? "unsaid")
  }
}
