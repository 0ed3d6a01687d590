import Testing

@Test func jagaauthoringtestsPlaceholder() {}
