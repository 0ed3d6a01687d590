/// When the bot says something of its own. What it says is data: `lexicons/<language>/responses.yaml`.
public enum Occasion: String, Sendable, CaseIterable {
  /// Somebody tells of harm or asks for help.
  case disclosure
  /// The same, and it runs out soon.
  case urgent
  /// Words of self-harm.
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
  /// How to begin again after that.
  case restart
  /// Who answers here, and where help is.
  case help
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
