internal import JagaCore
internal import JagaPollBot
internal import JagaStore

extension PollDesk {
  /// Everything that one reply changes beside its conversation.
  func change(of scene: ReplyScene, step: Step) -> PollChange {
    let keys = parts.keys.contacts
    var change = PollChange(
      channel: scene.reply.channel, contact: scene.contact,
      subject: parts.keys.subject(of: scene.conversationID), at: scene.now, receipt: scene.receipt, wish: step.wish)
    if let turn = step.turn, let machine = step.machine {
      change.session = session(
        turn, machine, number: turn.session.startedAt == scene.state?.startedAt ? scene.sessionNumber : 0, of: scene)
      change.answers = turn.answers.map { answer in
        KeptPollAnswer(
          pollID: turn.session.pollID, pollVersion: turn.session.pollVersion, questionID: answer.questionID,
          choiceID: answer.choiceID,
          groups: Dictionary(answer.groups.map { ($0.questionID, $0.choiceID) }) { _, last in last },
          sealedText: answer.text.map { keys.seal($0, for: ContactKeys.answer(answer.questionID)) },
          mayLeave: answer.mayLeave, at: answer.at)
      }
    }
    let language = step.turn?.session.language ?? scene.language
    // Without a session there is no address to send to.
    if change.session != nil || scene.known.last != nil {
      change.outgoing = drafts(
        step.say, language: language,
        to: Envelope(
          channel: scene.reply.channel, contact: scene.contact, conversationID: scene.conversationID,
          id: scene.messageID, now: scene.now))
    }
    if let note = step.note {
      change.case = CaseDraft(
        conversationID: scene.conversationID,
        kind: voice.kind(of: note.reading)?.kind ?? step.caseKind,
        urgency: note.reading.action.opensCase ? (note.reading.urgency ?? .ongoing).kept : nil, language: language,
        responseID: note.response.map { voice.responses.response($0, language: language, now: scene.now).id },
        wantsContact: note.wantsContact)
    }
    return change
  }

  private func session(
    _ turn: PollTurn, _ machine: PollMachine, number: Int, of scene: ReplyScene
  ) -> KeptPollSession {
    let address = parts.keys.contacts.seal(scene.reply.address, for: ContactKeys.address(scene.contact))
    return kept(
      turn, machine,
      as: KeptPollSession(
        number: number, channel: scene.reply.channel, contact: scene.contact, address: address,
        conversationID: scene.conversationID, pollID: turn.session.pollID, pollVersion: turn.session.pollVersion,
        state: [], language: turn.session.language, startedAt: turn.session.startedAt, updatedAt: scene.now,
        expiresAt: scene.now))
  }

  /// A session as it is after a turn.
  private func kept(_ turn: PollTurn, _ machine: PollMachine, as before: KeptPollSession) -> KeptPollSession {
    var session = before
    session.state = turn.session.encode()
    session.language = turn.session.language
    session.expiresAt = machine.expiry(of: turn.session) ?? session.updatedAt
    session.remindAt = machine.reminder(of: turn.session)
    session.endedAt = turn.session.isEnded ? turn.session.updatedAt : nil
    return session
  }

  /// What is said, cut into messages and sealed.
  private func drafts(_ say: [Saying], language: String, to envelope: Envelope) -> [OutgoingDraft] {
    var drafts: [OutgoingDraft] = []
    func add(_ text: String, _ responseID: String?) {
      let id = "\(envelope.id)-\(drafts.count)"
      drafts.append(
        OutgoingDraft(
          channel: envelope.channel, contact: envelope.contact, conversationID: envelope.conversationID, id: id,
          order: drafts.count, sealed: parts.keys.contacts.seal(text, for: ContactKeys.outgoing(id)),
          responseID: responseID, dueAt: envelope.now))
    }
    for saying in say {
      switch saying {
      case .text(let text): for part in SMSParts.split(text) { add(part, nil) }
      case .response(let occasion):
        let response = voice.responses.response(occasion, language: language, now: envelope.now)
        for part in response.parts { add(part, response.id) }
      }
    }
    return drafts
  }

  /// A session after STOP.
  func stopped(_ kept: KeptPollSession, now: Int64) -> KeptPollSession {
    guard let machine = polls.machine(kept.pollID, version: kept.pollVersion),
      let state = try? PollSession(decoding: kept.state)
    else { return kept.ended(at: now) }
    let turn = machine.next(
      state, text: BotCommand.stop.rawValue, reading: ReplyReading(action: .none), now: now)
    return self.kept(turn, machine, as: kept)
  }

  /// It is reminded of nothing, and must not stand before others that are.
  private func silenced(_ kept: KeptPollSession, now: Int64) -> PollChange {
    var silent = kept
    silent.remindAt = nil
    return PollChange(channel: kept.channel, contact: kept.contact, at: now, session: silent)
  }

  /// What follows when time passes: the session is over, or the question is asked once more. Throws ``StoreError``.
  func pass(of kept: KeptPollSession, now: Int64) throws -> PollChange {
    guard let machine = polls.machine(kept.pollID, version: kept.pollVersion),
      let state = try? PollSession(decoding: kept.state),
      try parts.store.pollOptOut(channel: kept.channel, contact: kept.contact) == nil
    else {
      // The poll is gone or another one, or the contact wants no messages: the session ends without a word.
      guard kept.expiresAt <= now else { return silenced(kept, now: now) }
      return PollChange(channel: kept.channel, contact: kept.contact, at: now, session: kept.ended(at: now))
    }
    let turn: PollTurn
    if kept.expiresAt <= now {
      turn = machine.expire(state, now: now)
    } else if let reminded = machine.remind(state, now: now) {
      turn = reminded
    } else {
      return silenced(kept, now: now)
    }
    return PollChange(
      channel: kept.channel, contact: kept.contact, subject: parts.keys.subject(of: kept.conversationID), at: now,
      session: self.kept(turn, machine, as: kept),
      outgoing: drafts(
        turn.say, language: turn.session.language,
        to: Envelope(
          channel: kept.channel, contact: kept.contact, conversationID: kept.conversationID,
          id: "\(kept.number)-\(kept.updatedAt)-\(turn.ended == nil ? "remind" : "expire")", now: now)))
  }

  /// To whom messages go, and what their ids begin with.
  private struct Envelope {
    var channel: String
    var contact: [UInt8]
    var conversationID: String
    var id: String
    var now: Int64
  }
}

extension KeptPollSession {
  /// The session, over without a word.
  func ended(at now: Int64) -> KeptPollSession {
    var session = self
    session.endedAt = now
    session.remindAt = nil
    return session
  }
}

extension ContactKeys {
  /// A part of a person's answer to a case.
  func draft(_ text: String, id: String, order: Int, of known: ReviewCase, conversation: String, now: Int64)
    -> OutgoingDraft
  {
    OutgoingDraft(
      channel: known.channel, contact: known.contact, conversationID: conversation, id: id, order: order,
      sealed: seal(text, for: ContactKeys.outgoing(id)), dueAt: now)
  }
}
