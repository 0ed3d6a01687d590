import Testing

@Test func jagascoringtestsPlaceholder() {}
