"""Draws the growth of costs as SVG pictures for Documentation/Performance.md."""

import matplotlib

from . import measure

matplotlib.use("svg")
# The same figures give the same bytes; text stays text.
matplotlib.rcParams.update({
    "svg.hashsalt": "jaga", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10, "axes.spines.top": False,
    "axes.spines.right": False, "axes.grid": True, "grid.color": "#e4e4e4", "axes.axisbelow": True, "lines.linewidth": 2,
    "lines.markersize": 5, "axes.titlelocation": "left", "axes.titlesize": 11, "figure.facecolor": "white"})

import matplotlib.pyplot as plt

# What stands with each picture, and with the section of the page that shows it.
CAPTIONS = {
    "length": ("With the length of a message", "Instructions a word against words in a message",
               "The same number of words in messages of one to 40,000 words. A flat line is a cost in proportion to length, for everyday "
               "words and for risky ones in disguise. Messages of a few words carry the fixed cost of a message: reading, concluding, "
               "writing."),
    "model": ("With the model", "Instructions a message, and at the start, against megabytes of model",
              "Models of a part of the corpora, of all, and of all with copies whose words are altered, so that nearly every feature is "
              "new."),
    "lexicon": ("With the lexicon", "Instructions a message, and at the start, against entries of an added lexicon",
                "An operator's own lexicon beside the model's: made entries of three phrases, of words that the messages hold."),
    "conversations": ("With conversations", "Instructions a message and peak memory against the number of conversations",
                      "The same messages in one conversation up to one each, and the memory of files with two messages a conversation. "
                      "Beyond the capacity (65,536 unless `--max-conversations` says otherwise) the conversation longest without a "
                      "message is given up."),
    "threads": ("With threads", "Messages a second against threads", "The whole program, by the clock on the wall."),
}
IMAGES = measure.ROOT / "Documentation/images"
COLOURS = ["#1f5fa8", "#c4481c", "#3d7d3d", "#7a4fa0"]
# For each series and measure: title, label of x, whether x is logarithmic.
PANELS = {
    ("length", "instructions a word"): ("Length of a message", "words in a message", True),
    ("model", "instructions a message"): ("Size of the model: scoring", "model, MB", False),
    ("model", "instructions"): ("Size of the model: start", "model, MB", False),
    ("lexicon", "instructions a message"): ("Size of an added lexicon: scoring", "entries, three phrases each", False),
    ("lexicon", "instructions"): ("Size of an added lexicon: start", "entries, three phrases each", False),
    ("conversations", "instructions a message"): ("Conversations: scoring", "conversations", True),
    ("conversations", "peak memory, MB"): ("Conversations: memory", "conversations", True),
    ("threads", "messages a second"): ("Threads", "threads", False),
}


def drawn(rows):
    """Draws each series that has rows; the paths, as one would type them."""
    IMAGES.mkdir(exist_ok=True)
    for series in dict.fromkeys(row[0] for row in rows):
        panels = [what for name, what in PANELS if name == series and any(row[0] == series and row[3] == what for row in rows)]
        figure, axes = plt.subplots(1, len(panels), figsize=(4.6 * len(panels) + 1.4 * (len(panels) == 1), 3.2), squeeze=False)
        for axis, what in zip(axes[0], panels):
            panel(axis, what, series, [row for row in rows if row[0] == series and row[3] == what])
        figure.tight_layout()
        path = IMAGES / f"growth-{series}.svg"
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)
        path.write_text(
            "\n".join(line.rstrip() for line in path.read_text(encoding="utf-8").splitlines()) + "\n", encoding="utf-8")
        yield path.relative_to(measure.ROOT)


def section():
    """The section of the page: every picture that is there, with its caption."""
    return "\n\n".join(
        f"### {heading}\n\n![{alternative}](images/growth-{series}.svg)\n\n{caption}"
        for series, (heading, alternative, caption) in CAPTIONS.items() if (IMAGES / f"growth-{series}.svg").exists())


def panel(axis, what, series, rows):
    title, label, logarithmic = PANELS[series, what]
    lines = list(dict.fromkeys(row[1] for row in rows))
    for line, colour in zip(lines, COLOURS):
        points = sorted((float(x), float(value)) for _, name, x, _, value in rows if name == line)
        axis.plot(*zip(*points), marker="o", color=colour, label=line)
    if logarithmic:
        axis.set_xscale("log")
        axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    # From zero, so that a rise looks as large as it is; room for the legend above.
    axis.set_ylim(0, (1.1 if len(lines) == 1 else 1.3) * max(float(row[4]) for row in rows))
    axis.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.set(title=title, xlabel=label, ylabel=what)
    if len(lines) > 1:
        axis.legend(frameon=False, fontsize=9)
