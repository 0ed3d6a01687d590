"""Opens reports of jaga evaluate in headless Chromium and checks what a reader needs of them.

usage: python scripts/browser/report.py [--screenshots FOLDER] REPORT_FOLDER …

For each folder: no console message, no request but for the page, nothing run from names of the data; every figure of figures.json, once and
with its value; every drawing with title, description and a table; sorting and filtering by keyboard; no fault found by axe-core in light,
dark and phone width; no sideways scrolling of the whole page; the page whole without script; tools hidden in print. Then the first folder is
broken in four ways, each of which must be noticed: a check that cannot fail is worth nothing.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

FIGURES = """() => Array.from(document.querySelectorAll('[data-figure]'),
  (cell) => [cell.dataset.figure, cell.dataset.s, cell.innerText === undefined ? '' : cell.textContent])"""
COLUMN = """([table, column]) => Array.from(document.querySelector(table).tBodies[0].rows,
  (row) => row.cells[column].dataset.s ?? row.cells[column].textContent)"""
SHOWN = "(table) => Array.from(document.querySelector(table).tBodies[0].rows).filter((row) => !row.hidden).map((row) => row.textContent)"
VIEWS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}
RULES = {"dark": ["color-contrast"], "phone": ["scrollable-region-focusable", "target-size", "meta-viewport"]}


class Check:
    """Faults of one report."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "report.html"
        self.faults = []

    def need(self, holds, fault):
        if not holds:
            self.faults.append(fault)

    def open(self, browser, **options):
        page = browser.new_page(**options)
        address = self.path.resolve().as_uri()
        page.on("console", lambda message: self.faults.append(f"console: {message.type}: {message.text[:200]}"))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("dialog", lambda dialog: (self.faults.append("a dialog was opened"), dialog.dismiss()))
        page.on("request", lambda request: self.need(
            request.url.split("#")[0] == address, f"request: {request.url[:100]}"))
        page.goto(address)
        return page

    def policy(self):
        """The hashes of the content policy are those of what they allow."""
        html = self.path.read_text(encoding="utf-8")
        for name, element in (("PageStyle", "style"), ("PageScript", "script")):
            text = re.search(rf"<{element}>(.*?)</{element}>", html, re.S).group(1)
            right = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            self.need(
                f"sha256-{right}&#39;" in html,
                f"the hash of the {element} is another: write {right} into Sources/JagaEvaluation/Page/{name}.swift")

    def figures(self, page):
        figures = json.loads((self.folder / "figures.json").read_text(encoding="utf-8"))["figures"]
        expected = {}
        for figure in figures:
            key = "/".join(figure[part] for part in ("population", "dimension", "group", "head", "measure"))
            for number, estimate in enumerate(figure["estimates"]):
                expected[f"{key}/{number}"] = estimate
            if "difference" in figure:
                expected[f"{key}/difference"] = figure["difference"]
                expected[f"{key}/share_better"] = {"value": figure["share_better"], "low": None, "high": None}
        expected = {visible(key): value for key, value in expected.items()}
        cells = page.evaluate(FIGURES)
        self.need(len(cells) == len(expected), f"{len(cells)} cells of figures for {len(expected)} figures")
        found = {key: (sort, text) for key, sort, text in cells}
        for key, estimate in expected.items():
            if key not in found:
                self.faults.append(f"figure not on the page: {key}")
                continue
            sort, text = found[key]
            if estimate["value"] is None:
                self.need(sort == "" and text.startswith("–"), f"figure {key} is undefined, and the page says {text}")
                continue
            self.need(float(sort or "nan") == estimate["value"], f"figure {key} is {estimate['value']}, and sorts as {sort}")
            numbers = [float(number.replace(",", "")) for number in re.findall(r"-?[\d,]*\d\.?\d*", text)]
            wanted = [estimate[part] for part in ("value", "low", "high") if estimate[part] is not None]
            close = len(numbers) == len(wanted) and all(
                abs(a - b) <= (0.5 if abs(b) >= 1000 else 5.001e-5) for a, b in zip(numbers, wanted))
            self.need(close, f"figure {key} is {wanted}, and the page says {text}")
        return len(expected)

    def drawings(self, page):
        drawings = page.evaluate("""() => Array.from(document.querySelectorAll('svg.plot'), (svg) => {
          const figure = svg.closest('figure');
          const named = svg.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
          return [svg.getAttribute('role'), named[0], named[1], figure.querySelectorAll('details tbody tr').length];
        })""")
        self.need(len(drawings) > 0, "no drawing")
        for role, title, description, rows in drawings:
            self.need(role == "img" and title and description, f"a drawing without title or description: {title}")
            self.need(rows > 0, f"no table behind the drawing: {title}")
        ids = page.evaluate("() => Array.from(document.querySelectorAll('[id]'), (one) => one.id)")
        self.need(len(ids) == len(set(ids)), "two elements of one id")
        return len(drawings)

    def keyboard(self, page):
        """Sorts and filters the summary as somebody without a mouse does."""
        table = "#table-summary"
        rows = page.evaluate(SHOWN, table)
        page.keyboard.press("Tab")
        self.need(page.evaluate("() => document.activeElement.textContent") == "Skip to the summary", "the skip link is not first")
        page.keyboard.press("Enter")
        names = page.evaluate("(table) => Array.from(document.querySelector(table).tHead.rows[0].cells, (cell) => cell.textContent)", table)
        column = 1
        for _ in range(60):
            page.keyboard.press("Tab")
            inside = page.evaluate("(table) => document.activeElement.closest(table + ' th')?.textContent ?? ''", table)
            if inside == names[column]:
                break
        else:
            return self.faults.append("no button of the summary can be reached by keyboard")
        sorts = "(table) => Array.from(document.querySelector(table).tHead.rows[0].cells, (cell) => cell.getAttribute('aria-sort'))"
        for key, order in (("Enter", "descending"), ("Space", "ascending"), ("Enter", "descending")):
            page.keyboard.press(key)
            states = page.evaluate(sorts, table)
            self.need(
                states == [order if place == column else "none" for place in range(len(names))], f"aria-sort is {states}, not {order}")
            values = [float(value) for value in page.evaluate(COLUMN, [table, column]) if value]
            self.need(values == sorted(values, reverse=order == "descending"), f"not sorted {order}: {values}")
        page.keyboard.press("Shift+Tab")
        texts = page.evaluate(COLUMN, [table, 0])
        page.keyboard.press("Enter")
        sorted_texts = page.evaluate(COLUMN, [table, 0])
        self.need(sorted_texts == sorted(texts, key=str.lower), f"texts are not sorted: {sorted_texts}")
        if len(rows) < 8:
            return None
        # Backwards: the table's own scrolling region, then its filter.
        for _ in range(3):
            page.keyboard.press("Shift+Tab")
            if page.evaluate("() => document.activeElement.type") == "search":
                break
        page.keyboard.type("RECALL transcripts")
        shown = page.evaluate(SHOWN, table)
        wanted = [row for row in rows if "recall" in row and "transcripts" in row]
        self.need(sorted(shown) == sorted(wanted) and 0 < len(wanted) < len(rows), f"the filter shows {len(shown)} rows, not {len(wanted)}")
        status = page.evaluate("(table) => document.querySelector(table).closest('.scroll').previousElementSibling.querySelector('[role=status]').textContent", table)
        self.need(status == f"{len(wanted)} of {len(rows)} rows", f"the status says {status}")
        page.keyboard.press("Escape")
        self.need(len(page.evaluate(SHOWN, table)) == len(rows), "an emptied filter hides rows")

    def looks(self, page, name):
        # Light has everything; the other views can only differ in colours and sizes.
        options = {"resultTypes": ["violations"]}
        if name != "light":
            options["runOnly"] = {"type": "rule", "values": RULES[name]}
        found = Axe().run(page, options=options).response["violations"]
        for one in found:
            nodes = "; ".join(node["html"][:120] for node in one["nodes"][:3])
            self.faults.append(f"{name}: {one['id']} ({len(one['nodes'])} times): {one['help']}: {nodes}")
        width, shown = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        self.need(width <= shown, f"{name}: the page is {width} wide in a window of {shown}")

    def run(self, browser, screenshots=None):
        self.policy()
        count = drawings = 0
        for name, options in VIEWS.items():
            page = self.open(browser, **options)
            self.need(page.evaluate("() => window.pwned") is None, "a name of the data was run")
            self.looks(page, name)
            if screenshots:
                page.screenshot(path=screenshots / f"{self.folder.name}-{name}.png", full_page=True)
            if name == "light":
                count = self.figures(page)
                drawings = self.drawings(page)
                self.keyboard(page)
                page.emulate_media(media="print")
                self.need(not page.locator(".tools").first.is_visible(), "tools are seen in print")
                self.need(len(page.pdf(format="A4")) > 20_000, "the printed page is empty")
            page.close()
        plain = browser.new_context(java_script_enabled=False)
        bare = plain.new_page()
        bare.goto(self.path.resolve().as_uri())
        self.need(bare.locator("[data-figure]").count() == count, "figures are missing without script")
        self.need(bare.locator("main table").count() > 0 and bare.locator("button").count() == 0, "dead buttons without script")
        plain.close()
        return count, drawings


def visible(text):
    """A name as the page writes it: what HTML forbids, or what turns the text, is replaced."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)


def broken(browser, folder):
    """Faults that are put in must be found."""
    html = (folder / "report.html").read_text(encoding="utf-8")
    cell = re.search(r'data-s="(0\.\d+)" data-figure="[^"]*/f1/0">(\d\.\d{4})', html)
    ways = {
        "a figure": (html[: cell.start(2)] + "0.1234" + html[cell.end(2):], "figure "),
        "the script": (html.replace("'use strict';", "'use strict' ;"), "console: "),
        "an outside picture": (html.replace("<main>", '<main><img alt="" src="https://example.org/x.png">'), "console: "),
        "the language": (html.replace('<html lang="en">', "<html>"), "light: html-has-lang"),
    }
    for name, (text, start) in ways.items():
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch)
            (copy / "report.html").write_text(text, encoding="utf-8")
            (copy / "figures.json").write_bytes((folder / "figures.json").read_bytes())
            check = Check(copy)
            page = check.open(browser)
            check.figures(page)
            if name == "the language":
                check.looks(page, "light")
            page.close()
            if not any(fault.startswith(start) for fault in check.faults):
                sys.exit(f"check-report: {name} was broken, and nothing noticed it")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    faults = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for folder in options.folders:
            check = Check(folder)
            count, drawings = check.run(browser, options.screenshots)
            for fault in check.faults[:30]:
                print(f"{folder.name}: {fault}", file=sys.stderr)
            faults += len(check.faults)
            print(f"report {folder.name}: {count} figures, {drawings} drawings, {len(check.faults)} faults")
        broken(browser, options.folders[0])
        browser.close()
    if faults:
        sys.exit(f"check-report: {faults} faults")


if __name__ == "__main__":
    main()
