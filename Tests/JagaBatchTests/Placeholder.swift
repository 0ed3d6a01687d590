import Testing

@Test func jagabatchtestsPlaceholder() {}
