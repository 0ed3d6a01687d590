/// The frame as values for the layout.
extension PageFrame {
  func scope(_ words: Words, assets: [ConsoleAsset]) -> Scope {
    var scope: Scope = [
      "t": words, "lang": language.rawValue, "theme": theme.rawValue, "csrf": csrf, "path": path,
      "signedIn": reviewer != nil, "canAudit": canAudit, "shortcutsState": shortcuts ? "on" : "off",
      "shortcutsNote": words[shortcuts ? "keys-on" : "keys-off"], "habits": habits(words), "keys": keys(words),
      "skipDecision": false, "isEmpty": false, "hasPages": false,
    ]
    for (asset, key) in zip(assets, ["stylePath", "scriptPath", "iconPath"]) { scope[key] = asset.path }
    scope["reviewer"] = reviewer
    if let waiting, waiting > 0 {
      scope["waiting"] = true
      scope["waitingText"] = words.integer(waiting)
    }
    if let notice {
      scope["notice"] =
        [
          "noticeClass": notice.kind.isProblem ? "problem" : "done",
          "noticeRole": notice.kind.isProblem ? "alert" : "status",
          "noticeText": words.of(.notice, notice.kind.rawValue),
        ].merging(
          notice.item.map { ["noticeItem": String($0), "noticeItemText": words["item"] + " " + words.integer($0)] }
            ?? [:]
        ) { own, _ in own } as Scope
    }
    if let work, work.wantsBreak {
      scope["break"] =
        [
          "breakText": words.filled(
            "break-text",
            ["time": words.count("age-minutes", work.minutes), "decisions": words.count("decisions", work.decisions)])
        ] as Scope
    }
    return scope
  }

  /// The switches for language, colours, veil and shortcuts.
  private func habits(_ words: Words) -> [Scope] {
    func choice(_ value: String, _ name: String, _ isOn: Bool, lang: String? = nil) -> Scope {
      var scope: Scope = ["choice": value, "choiceName": name, "pressed": isOn ? "true" : "false"]
      scope["choiceLang"] = lang
      return scope
    }
    func habit(_ key: String, _ choices: [Scope]) -> Scope {
      ["habitKey": key, "habitName": words.of(.habit, key), "choices": choices]
    }
    var habits = [
      habit(
        "language",
        [
          choice("id", "Indonesia", language == .id, lang: "id"), choice("en", "English", language == .en, lang: "en"),
        ]),
      habit(
        "theme", ConsoleTheme.allCases.map { choice($0.rawValue, words.of(.theme, $0.rawValue), theme == $0) }),
    ]
    guard reviewer != nil else { return habits }
    habits.append(
      habit("veil", [choice("on", words["veil-on"], veil), choice("off", words["veil-off"], !veil)]))
    habits.append(
      habit("shortcuts", [choice("on", words["switch-on"], shortcuts), choice("off", words["switch-off"], !shortcuts)]))
    return habits
  }

  /// The keys there are. Those without a modifier do nothing while shortcuts are off.
  private func keys(_ words: Words) -> [Scope] {
    [
      ("j k", "key-move"), ("Enter", "key-open"), ("r", "key-reveal"), ("a", "key-reveal-all"),
      ("1 2 3", "key-verdict"),
      ("s", "key-stage"), ("Ctrl Enter", "key-save"), ("q", "key-queue"), ("?", "key-help"),
    ].map { key, text in ["key": key, "keyText": words[text]] }
  }
}
