internal import JagaCore

extension Console {
  /// What the reviewer can do: a form for the decision, or the reason why there is none, and the form for an appeal.
  func task(_ view: ItemView, _ words: Words) -> Scope {
    var scope: Scope = [:]
    switch view.task {
    case .decide(let isBlind): scope["decide"] = decision(view, isBlind: isBlind, words)
    case .waitForOther: scope["standing"] = standing("wait-other", words)
    case .waitForAdmin: scope["standing"] = standing("wait-admin", words)
    case .ownAppeal: scope["standing"] = standing("own-appeal", words)
    case .closed: scope["standing"] = standing("is-closed", words)
    }
    if view.canAppeal {
      scope["appealForm"] =
        [
          "appealReasons": AppealReasonCode.allCases.map { reason -> Scope in
            ["reasonCode": reason.rawValue, "reasonName": words.of(.appeal, reason.rawValue)]
          }
        ] as Scope
    }
    return scope
  }

  private func standing(_ key: String, _ words: Words) -> Scope {
    ["standingTitle": words[key], "standingText": words[key + "-note"]]
  }

  private func decision(_ view: ItemView, isBlind: Bool, _ words: Words) -> Scope {
    let kind = view.row.kind.rawValue
    return [
      "decisionTitle": words.of(.round, (view.row.round ?? .first).rawValue), "blind": isBlind,
      "question": view.row.kind == .disclosure
        ? words["question-disclosure"] : words.filled("question-risk", ["label": words.name(of: view.row.label)]),
      "verdicts": ItemVerdict.allCases.enumerated().map { index, verdict -> Scope in
        [
          "verdict": verdict.rawValue, "verdictKey": String(index + 1),
          "verdictName": words.of(.verdict, verdict.rawValue),
          "verdictNote": words.of(.verdictNote, kind + "-" + verdict.rawValue),
        ]
      },
      "stageGroups": stageGroups(words),
    ]
  }

  /// All labels, the stages under their tracks.
  private func stageGroups(_ words: Words) -> [Scope] {
    func options(_ labels: [Label]) -> [Scope] {
      labels.map { ["stage": $0.name, "stageName": words.stage($0)] }
    }
    return [["stageGroup": words["outside-tracks"], "stages": options([.disclosure, .benign])]]
      + Track.allCases.map { track in
        ["stageGroup": words.of(.track, track.name), "stages": options(Label.moves.filter { $0.track == track })]
      }
  }

  /// Decisions and appeals, in the order in which they came.
  func history(_ view: ItemView, _ words: Words) -> [Scope] {
    let decisions = view.decisions.map { decision -> (Int64, Scope) in
      var scope: Scope = [
        "entryWhat": words.of(.verdict, decision.verdict.rawValue),
        "entryRound": words.of(.round, decision.round.rawValue), "entryWho": decision.reviewer,
      ]
      if let label = decision.label { scope["entryLabel"] = words.name(of: label) }
      scope["entryAt"] = Moment(milliseconds: decision.at)?.scope
      return (decision.at, scope)
    }
    let appeals = view.appeals.map { appeal -> (Int64, Scope) in
      var scope: Scope = [
        "entryWhat": words["appeal-title"], "entryLabel": words.of(.appeal, appeal.reason.rawValue),
        "entryRound": words.of(.round, ItemRound.appeal.rawValue), "entryWho": appeal.by,
      ]
      scope["entryAt"] = Moment(milliseconds: appeal.at)?.scope
      return (appeal.at, scope)
    }
    return (decisions + appeals).enumerated()
      .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
  }
}

extension Moment {
  /// For the template of times.
  var scope: Scope { ["machine": machine, "human": human] }
}
