"""Results of a day and machine: kept as JSON under Benchmarks/Results, shown as Markdown there and in Documentation/Performance.md."""

import datetime
import json
import re

from . import measure

FOLDER = measure.ROOT / "Benchmarks/Results"
PAGE = measure.ROOT / "Documentation/Performance.md"


def head():
    """When, where and of what."""
    commit = measure.captured(["git", "rev-parse", "--short", "HEAD"]).strip()
    changed = bool(measure.captured(["git", "status", "--porcelain", "--untracked-files=no", "--", "Sources", "Models"]).strip())
    return {"date": datetime.date.today().isoformat(), "commit": commit + (", changed" if changed else ""),
            "machine": measure.machine()}


def place(found, kind=""):
    """`Benchmarks/Results/DATE-MACHINE`, with `-KIND` where one day holds several."""
    name = f"{found['date']}-{measure.slug(found['machine'])}" + (f"-{kind}" if kind else "")
    return FOLDER / name


def kept(found, text, kind=""):
    """Writes results as JSON and as Markdown; the paths, as one would type them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    base = place(found, kind)
    for path, content in [(base.with_suffix(".json"), json.dumps(found, indent=1) + "\n"), (base.with_suffix(".md"), text)]:
        path.write_text(content, encoding="utf-8")
        yield str(path.relative_to(measure.ROOT))


def section_written(page, name, text):
    """A page with the text between `<!-- NAME:begin -->` and `<!-- NAME:end -->` replaced."""
    pattern = re.compile(rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)", re.S)
    if not pattern.search(page):
        raise measure.Failure(f"the markers '<!-- {name}:begin -->' and '<!-- {name}:end -->' are gone from the page; put them back")
    return pattern.sub(lambda match: match.group(1) + text.rstrip("\n") + "\n" + match.group(2), page)


def write_section(name, text):
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(section_written(page, name, text), encoding="utf-8")


# Markdown


def table(header, rows):
    """A Markdown table; every column but the first is to the right."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in lines) + "\n"


def origin(found):
    """One line: what, where, when."""
    at = found["machine"]
    return f"{found['date']}, {at['processor']}, {at['cores']} cores, {at['memory_gb']} GB, {at['system']}; commit {found['commit']}."


def rate(value):
    """Messages a second, with three digits that mean something."""
    return f"{float(f'{value:.3g}'):,.0f}"


def times(value):
    return f"{value:.3g}"


def ratios(found, name, clock):
    """How many times as fast Jaga was as another, round by round."""
    speed = found["speed"]
    return [other / own for own, other in zip(speed["Jaga"][clock], speed[name][clock])]


def speed_table(found, clock="processor"):
    rows = []
    for name, one in found["speed"].items():
        low, middle, high = measure.spread([found["messages"] / seconds for seconds in one[clock]])
        against = ["", "", ""] if name == "Jaga" else [times(value) for value in measure.spread(ratios(found, name, clock))]
        rows.append([name, rate(low), rate(middle), rate(high), *against])
    return table(["", "messages/s: minimum", "median", "maximum", "Jaga ÷ it: minimum", "median", "maximum"], rows)


def aims(found):
    """What issue 5 asks, and what was measured: (what, aim, measured, reached or not)."""
    def fastest_against(name):
        return measure.spread(ratios(found, name, "processor"))[1]

    rows = []
    for name, least in [("fastText", 10), ("scikit-learn", 30)]:
        if name in found["speed"]:
            rows.append((f"times the speed of {name}", f"at least {least}", fastest_against(name), fastest_against(name) >= least))
    if "simdjson" in found["speed"]:
        share = fastest_against("simdjson")
        rows.append(("share of simdjson's parsing speed", "at least 0.125", share, share >= 0.125))
    simple = [("threads", "two threads against one", "at least {}", 1.8, lambda value, aim: value >= aim),
              ("start_ms", "one short file, start to end, ms", "under {}", 15, lambda value, aim: value < aim),
              ("opening_ms", "a scorer ready, ms", "under {}", 3, lambda value, aim: value < aim),
              ("training_s", "training on a million messages, s", "under {}", 10, lambda value, aim: value < aim),
              ("allocations", "allocations a message", "under {}", 0.01, lambda value, aim: value < aim)]
    for key, what, words, aim, holds in simple:
        if found.get(key) is not None:
            rows.append((what, words.format(aim), found[key], holds(found[key], aim)))
    for count, peak in found.get("memory") or []:
        rows.append((f"peak memory on {count:,} messages, MB", "under 150", peak / 1e6, peak < 150e6))
    return rows


def aims_table(found):
    return table(["", "aim", "measured", "reached"], [
        [what, aim, times(value), "yes" if good else "no"] for what, aim, value, good in aims(found)])


def peers_section(found):
    """What the page shows of one run."""
    return (f"{found['messages']:,} messages, {found['rounds']} rounds, by processor time; {origin(found)}\n\n{speed_table(found)}")


def peers_page(found):
    """The whole Markdown of one run of scripts/bench-peers."""
    what = "\n".join(f"- **{name}**: {one['does']}" for name, one in found["speed"].items())
    return (
        f"# Speed against others\n\n{origin(found)}\n\n"
        f"{found['messages']:,} messages of {found['source']} in conversations of 20, {found['bytes'] / found['messages']:.0f} bytes "
        f"of JSON each, {found['rounds']} rounds, each contender once a round, pinned to one core. The start of every program is taken "
        f"off. Written by `scripts/bench-peers`.\n\n{what}\n\n## By processor time\n\n{speed_table(found)}\n"
        f"## By the clock on the wall\n\n{speed_table(found, 'seconds')}\n## What was asked for\n\n{aims_table(found)}")
