internal import JagaConsole
internal import JagaPollBot
internal import JagaStore

extension CaseView {
  /// A case as the store knows it.
  init(_ known: ReviewCase, parts: ServiceParts, texts: Texts) {
    let alphabet = SMSParts.alphabet
    self.init(
      danger: CaseDanger(known.urgency), language: known.language, wantsContact: known.wantsContact,
      sayings: known.responses.map(Saying.init), openedAt: known.openedAt, version: "\(known.updatedAt)", texts: texts,
      ways: (known.channel == ChatRoutes.channel ? [.page] : []) + (known.isStopped ? [.stopped] : []),
      awaitsAnswer: known.awaitsAnswer, obstacle: known.obstacle.map(Fault.init) ?? (parts.desk == nil ? .noBot : nil),
      form: Form(
        limit: CaseAnswer.limit, onePlace: Self.typed(alphabet.onePlace), twoPlaces: Self.typed(alphabet.twoPlaces)))
  }

  /// Without what nobody types and a page does not show: carriage return and form feed.
  private static func typed(_ characters: String) -> String {
    String(String.UnicodeScalarView(characters.unicodeScalars.filter { $0 == "\n" || $0.value >= 0x20 }))
  }
}

extension CaseDanger {
  /// The urgency of a case.
  init(_ urgency: KeptUrgency) {
    self =
      switch urgency {
      case .past: .past
      case .ongoing: .ongoing
      case .immediate: .immediate
      }
  }
}

extension CaseView.Fault {
  /// What stands against an answer; of an item that is no case, that it cannot be reached.
  init(_ error: CaseError) {
    self =
      switch error {
      case .noCase, .unreachable: .unreachable
      case .nameless: .nameless
      case .stopped: .stopped
      case .left: .left
      case .misdirected: .misdirected
      case .empty: .empty
      }
  }
}

extension CaseView.Saying {
  fileprivate init(_ response: ReviewCase.Response) {
    let speaker: Speaker =
      response.reviewer.map { .person($0) } ?? .bot(occasion: Self.occasion(of: response.responseID ?? ""))
    let status = response.status.flatMap { Delivery(rawValue: $0.rawValue) }
    self.init(speaker, status ?? (response.outgoingID == nil ? .handed : .forgotten), at: response.at)
  }

  /// `self-harm` from `id.self-harm.v3`; another id is left as it is.
  static func occasion(of responseID: String) -> String {
    let parts = responseID.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : responseID
  }
}

extension ReviewCase {
  /// True once a person has answered.
  var isAnswered: Bool { responses.contains { $0.reviewer != nil } }
}
