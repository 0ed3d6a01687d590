import duckdb
import jaga
import jaga.duckdb
import pytest


@pytest.fixture
def connection(scorer):
    made = duckdb.connect()
    jaga.duckdb.register(made, scorer)
    return made


def test_functions(connection, scorer):
    text = "umur berapa dek?"
    one = scorer.score(text)
    row = connection.execute(
        "SELECT jaga_score(t), jaga_disclosure(t), jaga_band(t), jaga_label(t), jaga_language(t), jaga_result(t) FROM (SELECT ? AS t)", [text]).fetchone()
    assert row == (one.score, one.disclosure, one.band, one.label, one.lang, {
        "score": one.score, "band": one.band, "label": one.label, "disclosure": one.disclosure, "lang": one.lang})


def test_nulls(connection):
    sql = "SELECT jaga_score(t), jaga_label(t), jaga_result(t) FROM (VALUES (NULL), ('halo')) AS v(t)"
    rows = connection.execute(sql).fetchall()
    assert rows[0] == (None, None, None) and rows[1][0] > 0
    assert connection.execute("SELECT jaga_score(NULL)").fetchone() == (None,)


def test_more_rows_than_one_call(connection, scorer):
    sql = "SELECT count(*), max(jaga_score('halo ' || i)) FROM range(50000) AS r(i) WHERE jaga_band('halo ' || i) = 'none'"
    count, greatest = connection.execute(sql).fetchone()
    made = scorer.score_many([f"halo {number}" for number in range(50000)]).to_pylist()
    kept = [row["score"] for row in made if row["band"] == "none"]
    assert (count, greatest) == (len(kept), max(kept))


def test_two_scorers_side_by_side(connection):
    jaga.duckdb.register(connection, jaga.Scorer(base_rate=0.001), prefix="rare_")
    usual, rare = connection.execute("SELECT jaga_score('umur berapa dek?'), rare_score('umur berapa dek?')").fetchone()
    assert rare < usual


def test_what_is_no_scorer():
    made = duckdb.connect()
    for wrong in (5, 0, "model.jaga"):
        with pytest.raises(TypeError, match=f"a scorer is a jaga.Scorer, and this is {type(wrong).__name__}"):
            jaga.duckdb.register(made, wrong)
    with pytest.raises(duckdb.Error):
        made.sql("SELECT jaga_score('halo')")
