/// The page's script: tables sort by buttons in their headings and filter by words; details open for printing. It fetches nothing, keeps nothing,
/// and the page is whole without it.
enum PageScript {
  /// Base64 of the SHA-256 of ``text``, for the page's content policy. scripts/check-report compares it.
  static let hash: StaticString = "nI0hE8yHzHzK7K6Cb9fbcj6WJ5sSdoFClxtkWM3lALs="

  static let text: StaticString = """
    'use strict';
    for (const table of document.querySelectorAll('table[data-sortable]')) {
      const body = table.tBodies[0];
      const rows = Array.from(body.rows);
      const headings = Array.from(table.tHead.rows[0].cells);
      const name = table.caption.textContent;
      const key = (row, column, isNumber) => {
        const cell = row.cells[column];
        if (!isNumber) return cell.textContent.toLowerCase();
        return cell.dataset.s ? Number(cell.dataset.s) : NaN;
      };
      headings.forEach((heading, column) => {
        const isNumber = heading.dataset.kind === 'number';
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = heading.textContent;
        heading.textContent = '';
        heading.append(button);
        heading.setAttribute('aria-sort', 'none');
        button.addEventListener('click', () => {
          const now = heading.getAttribute('aria-sort');
          const down = now === 'none' ? isNumber : now === 'ascending';
          for (const other of headings) other.setAttribute('aria-sort', 'none');
          heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
          const keyed = rows.map((row, place) => ({ row, place, key: key(row, column, isNumber) }));
          keyed.sort((a, b) => {
            if (isNumber && (Number.isNaN(a.key) || Number.isNaN(b.key))) {
              return Number.isNaN(a.key) - Number.isNaN(b.key) || a.place - b.place;
            }
            const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
            return (down ? -order : order) || a.place - b.place;
          });
          body.append(...keyed.map((one) => one.row));
        });
      });
      if (rows.length < 8) continue;
      const tools = document.createElement('div');
      tools.className = 'tools';
      const label = document.createElement('label');
      label.append('Filter rows ');
      const input = document.createElement('input');
      input.type = 'search';
      input.setAttribute('aria-label', 'Filter rows: ' + name);
      label.append(input);
      const status = document.createElement('span');
      status.setAttribute('role', 'status');
      const filter = () => {
        const words = input.value.toLowerCase().split(' ').filter((word) => word);
        let shown = 0;
        for (const row of rows) {
          const text = row.textContent.toLowerCase();
          row.hidden = !words.every((word) => text.includes(word));
          if (!row.hidden) shown += 1;
        }
        status.textContent = shown + ' of ' + rows.length + ' rows';
      };
      input.addEventListener('input', filter);
      filter();
      tools.append(label, status);
      table.parentElement.before(tools);
    }
    addEventListener('beforeprint', () => {
      for (const more of document.querySelectorAll('details.more')) more.open = true;
    });

    """
}
