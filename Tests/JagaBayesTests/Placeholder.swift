import Testing

@Test func jagabayestestsPlaceholder() {}
