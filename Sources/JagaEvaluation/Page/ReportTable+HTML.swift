/// Tables of the page. The page's script puts buttons into the headings and a filter above; without it, all of the table is there.
extension Markup {
  /// A table with its caption, headings with scope, and a row header in the first column. It scrolls sideways where it is too wide, and can
  /// then be reached by keyboard.
  mutating func table(_ table: ReportTable, isSortable: Bool = true) {
    open("div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": "Table: " + table.caption])
    let id = "table-" + table.id
    let isWide = table.columns.count { $0.isNumber } > 7
    switch (isSortable, isWide) {
    case (true, true): open("table", ["id": id, "class": "wide", "data-sortable": ""])
    case (true, false): open("table", ["id": id, "data-sortable": ""])
    case (false, _): open("table", ["id": id])
    }
    element("caption", table.caption)
    open("thead")
    open("tr")
    for column in table.columns {
      if column.isNumber {
        element("th", ["scope": "col", "class": "n", "data-kind": "number"], column.name)
      } else {
        element("th", ["scope": "col"], column.name)
      }
    }
    close("tr")
    close("thead")
    breakLine()
    open("tbody")
    for row in table.rows {
      open("tr")
      for (index, cell) in row.enumerated() { write(cell, isHeader: index == 0) }
      close("tr")
      breakLine()
    }
    close("tbody")
    close("table")
    close("div")
    breakLine()
  }

  private mutating func write(_ cell: ReportTable.Cell, isHeader: Bool) {
    switch cell {
    case .empty: if isHeader { element("th", ["scope": "row"], "") } else { element("td", "") }
    case .text(let text):
      // Names stay in one line; what is longer than a name, such as a stranger's id, may break.
      if isHeader {
        element("th", text.count > 48 ? ["scope": "row", "class": "long"] : ["scope": "row"], text)
      } else {
        element("td", text)
      }
    case .quoted(let text, let language):
      if let language {
        element("td", ["class": "quote", "lang": language], text)
      } else {
        element("td", ["class": "quote"], text)
      }
    case .count(let value):
      if isHeader {
        element("th", ["scope": "row", "class": "n", "data-s": "\(value)"], Shown.grouped(value))
      } else {
        element("td", ["class": "n", "data-s": "\(value)"], Shown.grouped(value))
      }
    case .number(let value): number(Estimate(value: value), nil, isHeader: isHeader)
    case .estimate(let estimate): number(estimate, nil, isHeader: isHeader)
    case .figure(let estimate, let key): number(estimate, key, isHeader: isHeader)
    }
  }

  private mutating func number(_ estimate: Estimate, _ key: String?, isHeader: Bool) {
    let name: StaticString = isHeader ? "th" : "td"
    let sort = estimate.value.isFinite ? "\(estimate.value)" : ""
    switch (isHeader, key) {
    case (true, _): open(name, ["scope": "row", "class": "n", "data-s": sort])
    case (_, let key?): open(name, ["class": "n", "data-s": sort, "data-figure": key])
    case (_, nil): open(name, ["class": "n", "data-s": sort])
    }
    if estimate.value.isFinite {
      write(Shown.number(estimate.value))
    } else {
      constant("<span aria-hidden=\"true\">–</span><span class=\"hidden\">undefined</span>")
    }
    let interval = Shown.interval(estimate)
    if !interval.isEmpty {
      write(" ")
      element("span", ["class": "ci"], interval)
    }
    close(name)
  }
}
