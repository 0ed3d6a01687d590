internal import HTTPTypes
internal import Hummingbird
internal import JagaConsole
internal import JagaStore

extension ConsoleRoutes {
  /// Writes to the contact of a case. What is refused comes back with its words, so that nobody has to find them twice; they are nowhere else.
  func answer(_ context: ServiceContext, _ visit: ConsoleVisit, _ form: ConsoleForm) async throws -> Response {
    let session = try visit.reviewer()
    let item = try await StoreWork.run { try foundItem(context) }
    let written = form["text"] ?? ""
    guard let fault = try await send(written, from: form["case"], to: item.number, by: session.reviewer) else {
      return redirect("/items/\(item.number)", PageNotice(.answered), visit)
    }
    let status: HTTPResponse.Status = fault == .empty || fault == .tooLong ? .badRequest : .conflict
    return try await StoreWork.run {
      try page(of: item, visit, status: status) { view in
        view.case?.form.text = written
        view.case?.form.fault = fault
      }
    }
  }

  /// Returns why nothing was sent; nil when it was. Throws where the item is no case.
  private func send(
    _ written: String, from form: String?, to item: Int, by reviewer: String
  ) async throws -> CaseView.Fault? {
    do {
      guard try await StoreWork.run({ try parts.store.reviewCase(item: item) }) != nil else {
        throw CaseError.noCase(item: item)
      }
      let answer = try CaseAnswer(written)
      guard let desk = parts.desk else { return .noBot }
      _ = try await desk.answer(case: item, text: answer.text, reviewer: reviewer, form: form)
      return nil
    } catch let fault as CaseAnswer.Fault {
      return fault == .empty ? .empty : .tooLong
    } catch let error as CaseError {
      if case .noCase = error { throw ConsoleFault.problem(.notFound) }
      return CaseView.Fault(error)
    }
  }
}
