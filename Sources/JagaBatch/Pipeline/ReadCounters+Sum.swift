internal import JagaTranscripts

extension ReadCounters {
  /// Adds the counts of another part.
  mutating func add(_ other: ReadCounters) {
    records += other.records
    messages += other.messages
    malformed += other.malformed
    duplicates += other.duplicates
    transcripts += other.transcripts
    skipped.system += other.skipped.system
    skipped.noText += other.skipped.noText
    skipped.bot += other.skipped.bot
    warnings.loneSurrogates += other.warnings.loneSurrogates
    warnings.invalidUTF8 += other.warnings.invalidUTF8
    warnings.invalidTimestamps += other.warnings.invalidTimestamps
    warnings.unknownLabels += other.warnings.unknownLabels
    warnings.conflictingDates += other.warnings.conflictingDates
  }
}
