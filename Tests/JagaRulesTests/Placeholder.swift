import Testing

@Test func jagarulestestsPlaceholder() {}
