"""Learns the weights by which passages are chosen as decisions and tasks.

    java -cp ... io.maie.edge.text.extract.TraitTable TABLES src/test/resources/text/evaluation/*
    pip install numpy regex scikit-learn
    python make_summary_weights.py TABLES src/test/resources/text/evaluation OUT [--without WRITER]

A passage is a right decision (or task) if it covers one of either reference as the evaluation
measures it. The weights are those of a logistic regression with a strong penalty. Only the texts
for development are read. OUT is src/main/resources/text/weights.txt; with --without the texts of a
writer are left out, so that they can tell what the weights are worth.
"""

import argparse
import json
import pathlib
import unicodedata

import numpy as np
import regex
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

WRITERS = {
    "first": ["library-meeting", "kitchen-memo", "infamy-address", "challenger-address",
              "candle-lecture", "apollo-13-call", "hop-du-an"],
    "second": ["clinic-standup", "heating-call", "hop-lop-hoc"],
    "third": ["release-planning", "choir-committee", "payroll-support-call", "ghi-am-quan-ca-phe",
              "soil-lecture", "site-coordination", "vet-practice", "clock-interview",
              "rehearsal-memo", "hop-hop-tac-xa"],
    "fourth": [f"third-development-{number}" for number in range(1, 7)],
}
# as in the package text.evaluation of the tests: Words and Coverage
FUNCTION_WORDS = set((
    "a an and are as at be been but by can could did do does for from had has have he her his"
    " i if in is it its just may not of on or our she so than that the their them"
    " then there they this to up us was we were when which who will with would you"
    " your anh chị em bị bởi cho chú có của cùng cũng còn do để đã đang đến được"
    " hay hoặc khi không là lại làm mà mình mọi một nên nếu nhé những các này nó"
    " ở ra rồi sẽ số tại thì theo thế trên trong từ và vào về vì với").split())
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
STEM, LONGEST, ENOUGH = 5, 60, 0.5
PENALTY = 0.003
KINDS = {"decision": lambda reference: reference["decisions"],
         "task": lambda reference: [item["task"] for item in reference["action_items"]]}


def words(text):
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def content(text):
    return {word[:STEM] for word in words(text) if word not in FUNCTION_WORDS}


def covers(statement, wanted):
    needed = content(wanted)
    found = content(statement)
    return (len(words(statement)) <= LONGEST
            and len(needed & found) >= ENOUGH * len(needed))


class Text:
    def __init__(self, tables, references, name):
        with open(tables / f"{name}.jsonl", encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        self.names = list(lines[0]["traits"])
        self.traits = np.array([list(line["traits"].values()) for line in lines])
        passages = [" ".join(lines[part]["text"] for part in line["passage"]) for line in lines]
        self.right = {}
        for kind, items in KINDS.items():
            wanted = [item for number in (1, 2) for item in items(json.loads(
                (references / name / f"reference-{number}.json").read_text(encoding="utf-8")))]
            self.right[kind] = np.array(
                [any(covers(passage, item) for item in wanted) for passage in passages])


def fitted(texts, kind):
    traits = np.vstack([text.traits for text in texts])
    right = np.concatenate([text.right[kind] for text in texts])
    # each text counts the same, however long it is
    share = np.concatenate([np.full(len(text.traits), 100 / len(text.traits)) for text in texts])
    scale = StandardScaler().fit(traits)
    model = LogisticRegression(C=PENALTY, max_iter=500)
    model.fit(scale.transform(traits), right, sample_weight=share)
    weights = model.coef_[0] / scale.scale_
    return weights, model.intercept_[0] - (weights * scale.mean_).sum()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tables", type=pathlib.Path)
    parser.add_argument("references", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--without", choices=WRITERS)
    options = parser.parse_args()
    texts = [Text(options.tables, options.references, name)
             for writer, names in WRITERS.items() if writer != options.without for name in names]
    with open(options.out, "w", encoding="utf-8") as out:
        out.write("# Weights of text.extract.Likelihood: kind, trait, weight.\n"
                  "# Made by src/test/python/make_summary_weights.py.\n")
        for kind in KINDS:
            weights, constant = fitted(texts, kind)
            out.write(f"{kind} constant {constant:.4g}\n")
            for name, weight in zip(texts[0].names, weights):
                if abs(weight) >= 5e-4:
                    out.write(f"{kind} {name} {weight:.4g}\n")


if __name__ == "__main__":
    main()
