"""The estimators in scikit-learn's own checks, pipelines and grids."""

import json
import pickle

import numpy as np
import pandas as pd
import pytest
from jaga.sklearn import JagaClassifier, JagaFeatures
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline, make_union
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator


@pytest.fixture(scope="module")
def gold(root):
    rows = [json.loads(line) for line in (root / "corpora/voices/kota-kecil/messages.jsonl").read_text("utf-8").splitlines()]
    return [row["text"] for row in rows], [row["labels"][0].partition(".")[0] for row in rows]


@pytest.mark.parametrize("estimator", [JagaFeatures(), JagaClassifier()], ids=repr)
def test_checks_of_scikit_learn(estimator):
    # Of an estimator of texts scikit-learn checks the interface alone, and says so by a warning.
    with pytest.warns(SkipTestWarning, match="Can't test estimator"):
        results = check_estimator(estimator, on_fail=None)
    assert results and [(one["check_name"], one["exception"]) for one in results if one["status"] != "passed"] == []


def test_parameters_and_clone():
    made = JagaClassifier(C=0.5, base_rate=0.01)
    assert clone(made).get_params() == made.get_params()
    assert set(made.get_params()) == {"model", "base_rate", "lexicon", "threads", "C", "class_weight", "max_iter"}
    assert JagaClassifier().set_params(C=3).C == 3


def test_features(scorer, gold):
    texts = gold[0][:50]
    logits = JagaFeatures().fit(texts).transform(texts)
    assert logits.shape == (50, 22)
    names = list(JagaFeatures().get_feature_names_out())
    assert names[:3] == ["score", "disclosure", "grooming.contact"] and len(names) == 22
    shares = 1 / (1 + np.exp(-logits))
    for row, text in zip(shares, texts):
        one = scorer.score(text)
        assert row == pytest.approx([one.score, one.disclosure, *one.probabilities], rel=1e-9, abs=2e-12)


def test_learns(gold):
    texts, classes = gold
    model = JagaClassifier().fit(texts[::2], classes[::2])
    assert list(model.classes_) == sorted(set(classes))
    shares = model.predict_proba(texts[1::2])
    assert shares.shape == (len(texts[1::2]), len(model.classes_)) and shares.sum(axis=1) == pytest.approx(1)
    assert model.coef_.shape == (len(model.classes_), 22)
    most = max(classes.count(one) for one in set(classes)) / len(classes)
    assert model.score(texts[1::2], classes[1::2]) > most + 0.25
    assert (model.predict(texts) == model.classes_[model.predict_proba(texts).argmax(axis=1)]).all()
    again = JagaClassifier().fit(texts[::2], classes[::2])
    assert (again.predict_proba(texts) == model.predict_proba(texts)).all()


def test_two_classes_and_weights(gold):
    texts, classes = gold[0], ["benign" if one == "benign" else "other" for one in gold[1]]
    model = JagaClassifier().fit(texts, classes, sample_weight=np.ones(len(texts)))
    assert model.decision_function(texts).shape == (len(texts),)
    heavy = JagaClassifier().fit(texts, classes, sample_weight=[9.0 if one == "benign" else 1.0 for one in classes])
    assert heavy.predict_proba(texts)[:, 0].mean() > model.predict_proba(texts)[:, 0].mean()


def test_pickle(gold):
    texts, classes = gold
    model = JagaClassifier().fit(texts, classes)
    again = pickle.loads(pickle.dumps(model))
    assert (again.predict_proba(texts) == model.predict_proba(texts)).all()


def test_grids_and_pipelines(gold):
    texts, classes = gold
    grid = GridSearchCV(JagaClassifier(), {"C": [0.1, 1.0], "base_rate": [None, 0.01]}, cv=2, n_jobs=2).fit(texts, classes)
    assert grid.best_score_ > 0.5 and len(grid.cv_results_["params"]) == 4
    both = make_pipeline(make_union(make_pipeline(JagaFeatures(), StandardScaler()), TfidfVectorizer()), LogisticRegression(max_iter=500))
    assert cross_val_score(both, texts, classes, cv=2).mean() > 0.5


@pytest.mark.parametrize("shape", [list, tuple, np.array, pd.Series, lambda texts: pd.DataFrame({"t": texts}), lambda texts: np.array(texts).reshape(-1, 1)])
def test_texts_of_every_shape(gold, shape):
    texts = gold[0][:20]
    assert (JagaFeatures().fit(texts).transform(shape(texts)) == JagaFeatures().fit(texts).transform(texts)).all()


@pytest.mark.parametrize("texts, sentence", [
    ("one", "many texts are a list or a column, and this is one text"),
    ([], "there are no texts; at least one is needed"),
    (["a", 1], "every text is a str, and the one at index 1 is int; leave out what has no text, with its class"),
    ([["a", "b"]], "texts are one column, and these have the shape (1, 2)")])
def test_what_are_no_texts(texts, sentence):
    with pytest.raises(ValueError) as caught:
        JagaFeatures().fit(texts)
    assert str(caught.value) == sentence


def test_before_fit_and_wrong_lengths():
    for call in ("predict", "predict_proba", "decision_function"):
        with pytest.raises(NotFittedError):
            getattr(JagaClassifier(), call)(["a"])
    with pytest.raises(ValueError, match="there are 2 texts and 1 classes; give one class for each text"):
        JagaClassifier().fit(["a", "b"], ["x"])
