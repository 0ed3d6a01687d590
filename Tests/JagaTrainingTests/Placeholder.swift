import Testing

@Test func jagatrainingtestsPlaceholder() {}
