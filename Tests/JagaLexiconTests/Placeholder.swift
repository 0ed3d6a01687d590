import Testing

@Test func jagalexicontestsPlaceholder() {}
