import JagaTranscripts
import Testing

@Suite struct RFC3339Tests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-03-01T08:30:00+07:00", 1_772_328_600_000),
      ("2026-03-01T01:30:00.250Z", 1_772_328_600_250), ("2026-03-01 01:30:00", 1_772_328_600_000),
      ("2026-03-01", 1_772_323_200_000), ("1772328600", 1_772_328_600_000), ("", nil), ("yesterday", nil),
      ("2026-02-30T00:00:00Z", nil), ("2026-03-01T08:30:00 07:00", nil), ("2026-03-01T08:30:00Zé", nil),
    ] as [(String, Int64?)])
  func times(text: String, milliseconds: Int64?) { #expect(RFC3339.milliseconds(text) == milliseconds) }
}
