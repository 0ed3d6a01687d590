"""Figures of the laboratory as DataFrames and drawings.

Everything is measured by the program `jaga evaluate` and `jaga lexicon evaluate`, and read here. The package does not hold the program: it is $JAGA, else
`jaga` on the PATH, else, for an editable installation, the release build of its checkout. Needs pandas; the drawings need matplotlib.
"""

from __future__ import annotations

import io
import os
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from . import _arrow
from ._library import JagaError, encode_path

Path = str | os.PathLike[str]
OPTIONS, PREDICTIONS = 'each word by itself, as ["--resamples", "200"]', "the one file in a list"
TABLES = ("figures", "curves", "reliability", "scores", "confusion", "lags", "timelines")


def program() -> str:
    """Where the program is. Raises JagaError when it is nowhere."""
    named = os.environ.get("JAGA")
    checkout = [parent / ".build" / "release" / "jaga" for parent in pathlib.Path(__file__).resolve().parents[4:5]]
    found = named or shutil.which("jaga") or next((str(one) for one in checkout if os.access(one, os.X_OK)), None)
    if found is None:
        raise JagaError(
            "jaga.evaluate needs the program jaga, which the Python package does not hold, and it is not on the PATH; in a checkout of Jaga run "
            "'make install', or 'swift build -c release --product jaga' and set JAGA to the path of .build/release/jaga")
    return found


def run(arguments: Sequence[Path]) -> str:
    """What the program prints. Raises JagaError with the program's own sentence."""
    name, words = program(), [encode_path(one, "an argument") for one in arguments]
    try:
        done = subprocess.run([name, *words], capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, errors="replace")
    except OSError as error:
        raise JagaError(f"the program cannot be started: {error}; set JAGA to the path of a release build of jaga, or unset it where jaga is on the PATH") from error
    if done.returncode != 0:
        # What `lexicon lint` finds stands in its output.
        raise JagaError(done.stderr.strip() or done.stdout.strip() or f"jaga ended with code {done.returncode}")
    return done.stdout


def _words(what: str, example: str, values: Sequence[Path]) -> Sequence[Path]:
    """What is passed on as it is. Raises TypeError for one str, whose letters would be taken for words."""
    if isinstance(values, (str, bytes, os.PathLike)):
        raise TypeError(f"{what} are a list, and this is one {type(values).__name__}; give {example}")
    return values


def _frame(text: str) -> Any:
    # A dash is what the program prints for undefined.
    return _arrow.need("pandas", "evaluate").read_csv(io.StringIO(text), na_values=["-"], keep_default_na=False, float_precision="round_trip")


@dataclass(frozen=True)
class Report:
    """Tables of one evaluation, as `jaga evaluate --report` writes them; undefined is NaN. Documentation/Guides/Measures.md explains every measure."""

    figures: Any = field(repr=False)
    """population, dimension, group, head, measure, system, items, positives, value, low, high (95 % interval), share_better"""
    curves: Any = field(repr=False)
    """population, head, curve (`roc`, …), system, x, y, score"""
    reliability: Any = field(repr=False)
    scores: Any = field(repr=False)
    confusion: Any = field(repr=False)
    lags: Any = field(repr=False)
    timelines: Any = field(repr=False)

    def value(self, measure: str, *, head: str = "move", population: str = "messages", group: str = "all") -> float:
        """One figure of the first system, such as value("roc_auc"). Raises KeyError when it was not measured."""
        rows = self.figures.query("measure == @measure and head == @head and population == @population and group == @group")
        if rows.empty:
            raise KeyError(f"no figure {measure} of {head}, {population}, {group}")
        return float(rows["value"].iloc[0])

    def plot_roc(self, *, head: str = "move", population: str = "messages", ax: Any = None) -> Any:
        """ROC curves; gives matplotlib's Axes."""
        return self._curve("roc", head, population, ax, ("false positive rate", "recall"), "-")

    def plot_precision(self, *, head: str = "move", population: str = "messages", ax: Any = None) -> Any:
        """Precision by recall, as steps; gives matplotlib's Axes."""
        name = next(name for name in self.curves["curve"].unique() if name != "roc")
        return self._curve(name, head, population, ax, ("recall", "precision"), "steps-pre")

    def plot_reliability(self, *, head: str = "move", population: str = "messages", ax: Any = None) -> Any:
        """What was said against what was found, with 95 % bounds; gives matplotlib's Axes."""
        ax = _axes(ax)
        rows = self.reliability.query("head == @head and population == @population")
        for system, bins in rows.groupby("system"):
            below, above = (bins["found"] - bins["found_low"]).clip(lower=0), (bins["found_high"] - bins["found"]).clip(lower=0)
            ax.errorbar(bins["said"], bins["found"], yerr=[below, above], fmt="o-", capsize=2, label=str(system))
        ax.plot([0, 1], [0, 1], linestyle=":", color="grey")
        return _titled(ax, "probability said", "share found", f"Reliability of {head}, {population}")

    def plot_confusion(self, *, population: str = "messages", ax: Any = None) -> Any:
        """Gold label against stage decided, as shares of each gold label; gives matplotlib's Axes."""
        ax = _axes(ax)
        rows = self.confusion.query("population == @population")
        counts = rows[rows["system"] == rows["system"].iloc[0]].pivot_table(index="gold", columns="decided", values="items", fill_value=0)
        ax.imshow(counts.div(counts.sum(axis=1), axis=0), vmin=0, vmax=1, cmap="Greys")
        ax.set_xticks(range(counts.shape[1]), counts.columns, rotation=90)
        ax.set_yticks(range(counts.shape[0]), counts.index)
        ax.set(xlabel="decided", ylabel="gold", title=f"Confusion, {population}")
        return ax

    def _curve(self, curve: str, head: str, population: str, ax: Any, names: tuple[str, str], style: str) -> Any:
        ax = _axes(ax)
        rows = self.curves.query("curve == @curve and head == @head and population == @population")
        for system, points in rows.groupby("system"):
            drawn = {"drawstyle": style} if style.startswith("steps") else {}
            ax.plot(points["x"], points["y"], label=str(system), **drawn)
        return _titled(ax, *names, f"{head}, {population}")


def _axes(ax: Any) -> Any:
    return ax if ax is not None else _arrow.need("matplotlib.pyplot", "evaluate").subplots()[1]


def _titled(ax: Any, x: str, y: str, title: str) -> Any:
    ax.set(xlabel=x, ylabel=y, title=title, xlim=(0, 1), ylim=(0, 1.02))
    ax.legend()
    return ax


def evaluate(
    *gold: Path, model: Path | None = None, lexicon: Path | None = None, predictions: Sequence[Path] = (), options: Sequence[str] = (),
) -> Report:
    """Measures a model, or one or two files of predictions, on labelled messages and transcripts.

    gold     files as `jaga evaluate` takes them
    options  further options of `jaga evaluate`, such as ["--base-rate", "0.001", "--resamples", "200"]

    Raises JagaError with what the program says. Cost: seconds for some thousands of messages, most of it for the intervals.
    """
    with tempfile.TemporaryDirectory() as folder:
        arguments: list[Path] = ["evaluate", "--report", folder, *_words("options", OPTIONS, options)]
        for name, path in (("--model", model), ("--lexicon", lexicon), *(("--predictions", one) for one in _words("predictions", PREDICTIONS, predictions))):
            arguments += [name, path] if path is not None else []
        run([*arguments, "--", *gold])
        return Report(**{name: _frame((pathlib.Path(folder) / f"{name}.csv").read_text("utf-8")) for name in TABLES})


def entries(
    *gold: Path, model: Path | None = None, lexicon: Path | None = None, lexicons: Path | None = None, options: Sequence[str] = (),
) -> Any:
    """Every entry and rule judged over labelled messages, a row each: columns of `jaga lexicon evaluate --output csv`.

    lexicon   private lists added to the model
    lexicons  a folder to judge by itself, instead of the model's
    options   further options, such as ["--findings", "--limit", "20"]
    """
    arguments: list[Path] = ["lexicon", "evaluate", "--output", "csv", *_words("options", OPTIONS, options)]
    for name, path in (("--model", model), ("--lexicon", lexicon), ("--lexicons", lexicons)):
        arguments += [name, path] if path is not None else []
    table = run([*arguments, "--", *gold])
    return _arrow.need("pandas", "evaluate").read_csv(io.StringIO(table), na_values=["", "-"], keep_default_na=False, float_precision="round_trip")
