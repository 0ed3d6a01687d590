import Testing

@Test func endtoendtestsPlaceholder() {}
