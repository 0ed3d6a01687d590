/// What a reply that tells of harm is about, as far as its words say: it chooses the words of the answer and nothing else.
///
/// The weight of a case is its ``ReplyReading/action`` and ``ReplyReading/urgency``. A concern that cannot be told is ``general``, whose answer fits all.
public enum ReplyConcern: String, Sendable, CaseIterable {
  /// Told in general, a bare yes, or more than one thing.
  case general
  /// Pictures, payment, exposure: somebody presses for something.
  case pressure
  /// Somebody is hurt or touched at home or near, or somebody who may do so is close by.
  case violence
  /// It happens to a friend or to somebody of the family.
  case friend
  /// Somebody else may harm himself.
  case friendSelfHarm = "friend-self-harm"
}
