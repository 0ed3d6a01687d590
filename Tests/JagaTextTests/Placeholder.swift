import Testing

@Test func jagatexttestsPlaceholder() {}
