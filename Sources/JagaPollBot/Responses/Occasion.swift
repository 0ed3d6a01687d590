/// When the bot says something of its own. What it says is data: `lexicons/<language>/responses.yaml`.
public enum Occasion: String, Sendable, CaseIterable {
  /// Somebody tells of harm or asks for help, and not of what kind: fits all.
  case disclosure
  /// The same, and it cannot wait.
  case urgent
  /// Somebody is pressed for pictures, payment or silence.
  case pressure
  /// The same, and it runs out soon.
  case pressureUrgent = "pressure-urgent"
  /// Somebody is hurt at home or near.
  case violence
  /// The same now, or whoever may do so is close by.
  case danger
  /// It happens to a friend.
  case friend
  /// A friend may harm himself.
  case friendSelfHarm = "friend-self-harm"
  /// Own words of self-harm.
  case selfHarm = "self-harm"
  /// A reply that a person should read, though nobody asked for help.
  case risky
  /// Would they like somebody to contact them?
  case offer
  /// They would.
  case contactYes = "contact-yes"
  /// They would not.
  case contactNo = "contact-no"
  /// A further message of somebody who told.
  case heard
  /// The poll rests, and how to go on.
  case goOn = "go-on"
  /// They want no more messages.
  case stop
  /// A poll begins once more.
  case restart
  /// Who answers here, how to be contacted, and where help is.
  case help
  /// Who asks, what it costs, and that nobody has to take part.
  case about
  /// Abuse of the bot.
  case abuse
  /// More messages at once than a person writes.
  case flood
  /// A message that is too long to be read.
  case tooLong = "too-long"
  /// A message that is no text.
  case unreadable
  /// The answer fits no choice; the question follows.
  case again
  /// The question is left out.
  case skipped
  /// The session ran out.
  case expired
  /// The poll is over.
  case done
}
