"""scikit-learn over every line of a file: counts of words and word pairs, ComplementNB, predict_proba.

usage: python3 peer_sklearn.py FILE FOLDER      scores
       python3 peer_sklearn.py --train FOLDER   learns from FOLDER/train.json
"""

import itertools
import json
import pathlib
import pickle
import sys

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import ComplementNB

# Large enough that calls cost nothing, small enough that the matrix stays in the cache.
BLOCK = 10_000


def learn(folder):
    texts, labels = zip(*json.loads((folder / "train.json").read_text(encoding="utf-8")))
    words = CountVectorizer(ngram_range=(1, 2))
    model = ComplementNB().fit(words.fit_transform(texts), labels)
    (folder / "sklearn.pickle").write_bytes(pickle.dumps((words, model)))


def score(path, folder):
    words, model = pickle.loads((folder / "sklearn.pickle").read_bytes())
    with open(path, encoding="utf-8") as file:
        while block := list(itertools.islice(file, BLOCK)):
            model.predict_proba(words.transform(block))


if sys.argv[1] == "--train":
    learn(pathlib.Path(sys.argv[2]))
else:
    score(sys.argv[1], pathlib.Path(sys.argv[2]))
