import JagaPollBot
import Testing

struct CalendarDayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2000-03-01", 11017), ("2026-11-28", 20785),
    ("0000-03-01", -719_468), ("9999-12-31", 2_932_896),
  ])
  func daysThatExist(text: String, days: Int) throws {
    let day = try #require(CalendarDay(text))
    #expect(day.days == days)
    #expect(day.description == text)
  }

  @Test(arguments: [
    "", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "26-11-28", "2026-11-28 ",
    "2026/11/28", "+026-11-28", "2026-11-28-01", "unknown",
  ])
  func daysThatDoNot(text: String) {
    #expect(CalendarDay(text) == nil)
  }

  @Test func countsWholeDays() throws {
    let day = try #require(CalendarDay("1970-01-02"))
    #expect(day.days(until: 86_400_000) == 0)
    #expect(day.days(until: 2 * 86_400_000 - 1) == 0)
    #expect(day.days(until: 2 * 86_400_000) == 1)
    #expect(day.days(until: 0) == -1)
    #expect(day.days(until: -1) == -2)
    #expect(day.days(until: -86_400_000) == -2)
    #expect(day.days(until: -86_400_001) == -3)
  }
}
