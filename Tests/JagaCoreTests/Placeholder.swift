import Testing

@Test func jagacoretestsPlaceholder() {}
