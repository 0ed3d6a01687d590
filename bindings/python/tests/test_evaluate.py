import jaga
import matplotlib.pyplot as plt
import pytest
from jaga import evaluate


@pytest.fixture(scope="module")
def gold(root):
    folder = root / "corpora/voices/kota-kecil"
    return folder / "messages.jsonl", folder / "transcripts.jsonl"


@pytest.fixture(scope="module")
def report(gold):
    return evaluate.evaluate(*gold, options=["--resamples", "20"])


def test_figures_are_the_programs(report, gold, run_jaga):
    import json

    printed = json.loads(run_jaga("evaluate", *gold, "--resamples", "20", "--output", "json"))["figures"]
    assert len(report.figures) == len(printed)
    wanted = next(one for one in printed if one["measure"] == "roc_auc" and one["head"] == "move" and one["group"] == "all" and one["population"] == "messages")
    assert report.value("roc_auc") == wanted["estimates"][0]["value"]
    # Undefined is NaN: without a base rate there is no precision at one.
    assert report.value("precision_at_base_rate") != report.value("precision_at_base_rate")
    with pytest.raises(KeyError, match="no figure nothing of move, messages, all"):
        report.value("nothing")


def test_figures_do_not_draw_nothing(report):
    for draw, least in ((report.plot_roc, 1), (report.plot_precision, 1), (report.plot_reliability, 2)):
        axes = draw()
        assert len(axes.get_lines()) >= least and len(axes.get_lines()[0].get_xdata()) > 2
        assert axes.get_title() and axes.get_xlabel() and axes.get_ylabel()
    shares = report.plot_confusion().get_images()[0].get_array().sum(axis=1)
    assert list(shares) == pytest.approx([1] * len(shares))
    plt.close("all")


def test_drawings_take_axes(report):
    _, axes = plt.subplots()
    assert report.plot_roc(ax=axes) is axes
    plt.close("all")


def test_predictions(gold, run_jaga, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(run_jaga("score", gold[0]))
    two = evaluate.evaluate(gold[0], predictions=[path, path], options=["--resamples", "20", "--without-questions"])
    assert set(two.figures["measure"]) >= {"roc_auc", "f1"}
    rows = two.figures.query("measure == 'roc_auc' and head == 'move' and group == 'all'")["value"]
    assert list(rows)[0] == list(rows)[1] > 0.9


def test_entries(gold, run_jaga):
    table = evaluate.entries(gold[0], options=["--limit", "5", "--resamples", "20"])
    assert len(table) == 5 and {"id", "kind", "speaks_for", "precision"} <= set(table.columns)
    assert table["precision"].dtype == float, "undefined is NaN"


def test_the_programs_own_words():
    with pytest.raises(jaga.JagaError, match="nowhere.jsonl"):
        evaluate.evaluate("nowhere.jsonl")


def test_without_the_program(monkeypatch):
    monkeypatch.setenv("JAGA", "/nowhere/jaga")
    with pytest.raises(jaga.JagaError, match="the program cannot be started"):
        evaluate.evaluate("gold.jsonl")


def test_after_a_plain_install(monkeypatch, tmp_path):
    # The wheel holds no program, and there is none elsewhere.
    monkeypatch.delenv("JAGA")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(evaluate, "__file__", str(tmp_path / "a/b/c/jaga/evaluate.py"))
    with pytest.raises(jaga.JagaError) as caught:
        evaluate.evaluate("gold.jsonl")
    assert str(caught.value) == (
        "jaga.evaluate needs the program jaga, which the Python package does not hold, and it is not on the PATH; in a checkout of Jaga run "
        "'make install', or 'swift build -c release --product jaga' and set JAGA to the path of .build/release/jaga")


@pytest.mark.parametrize("name, sentence", [("\ud800", "an argument holds half of a surrogate pair"), ("a\0b", "an argument holds a zero byte")])
def test_arguments_that_cannot_be(name, sentence):
    with pytest.raises(jaga.InputError, match=sentence):
        evaluate.evaluate(name)


def test_what_lint_finds_is_told(tmp_path):
    (tmp_path / "id").mkdir()
    (tmp_path / "id/topup.yaml").write_text('language: id\ntrack: topup\nentries: [{id: id.topup.offer.x, label: topup.offer, phrases: ["a (b|)"]}]\n')
    with pytest.raises(jaga.JagaError, match="an alternative is empty"):
        evaluate.run(["lexicon", "lint", tmp_path])


def test_one_str_is_no_list():
    for call in (evaluate.evaluate, evaluate.entries):
        with pytest.raises(TypeError) as caught:
            call("gold.jsonl", options="--resamples 200")
        assert str(caught.value) == 'options are a list, and this is one str; give each word by itself, as ["--resamples", "200"]'
    with pytest.raises(TypeError, match="predictions are a list, and this is one str; give the one file in a list"):
        evaluate.evaluate("gold.jsonl", predictions="predictions.jsonl")
