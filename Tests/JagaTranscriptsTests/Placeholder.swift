import Testing

@Test func jagatranscriptstestsPlaceholder() {}
