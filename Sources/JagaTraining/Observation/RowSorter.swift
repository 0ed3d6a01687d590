/// Sorts one row of numbers after the other: by insertion when it is short, else digit by digit from the lowest.
///
/// Reused working memory. Cost: linear, with three passes of eight bits for numbers below 2^24.
struct RowSorter {
  private var row: [UInt32] = []
  private var other: [UInt32] = []
  private var places = [Int](repeating: 0, count: 256)
  private var largest: UInt32 = 0

  mutating func removeAll() {
    row.removeAll(keepingCapacity: true)
    largest = 0
  }

  @inline(__always)
  mutating func append(_ number: UInt32) {
    row.append(number)
    largest |= number
  }

  /// Appends the row to `list` in rising order.
  mutating func write(to list: inout [UInt32]) {
    if row.count > 24 { sortDigits() } else { sortShort() }
    list.append(contentsOf: row)
  }

  private mutating func sortShort() {
    row.withUnsafeMutableBufferPointer { row in
      for end in row.indices.dropFirst() {
        let number = row[end]
        var place = end
        while place > 0, row[place &- 1] > number {
          row[place] = row[place &- 1]
          place &-= 1
        }
        row[place] = number
      }
    }
  }

  private mutating func sortDigits() {
    if other.count < row.count { other = [UInt32](repeating: 0, count: row.count * 2) }
    let count = row.count
    var shift: UInt32 = 0
    var isSwapped = false
    while shift < 32, largest >> shift != 0 {
      row.withUnsafeMutableBufferPointer { row in
        other.withUnsafeMutableBufferPointer { other in
          places.withUnsafeMutableBufferPointer { places in
            let from = isSwapped ? other : row
            let to = isSwapped ? row : other
            for digit in 0..<256 { places[digit] = 0 }
            for index in 0..<count { places[Int(from[index] >> shift & 255)] &+= 1 }
            var sum = 0
            for digit in 0..<256 { (places[digit], sum) = (sum, sum &+ places[digit]) }
            for index in 0..<count {
              let digit = Int(from[index] >> shift & 255)
              to[places[digit]] = from[index]
              places[digit] &+= 1
            }
          }
        }
      }
      isSwapped.toggle()
      shift += 8
    }
    if isSwapped { for index in 0..<count { row[index] = other[index] } }
  }
}
