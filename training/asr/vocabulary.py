"""The words the recogniser may say: those of the texts, then general English by frequency from the model that `pocketsphinx-en-us` packages.

    python -m asr.vocabulary VOCABULARY.txt WORDS
"""

import collections
import re
import sys

from . import sphinx_model, text

_DICTIONARY = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"


def build(limit):
    known = {line.split()[0] for line in open(_DICTIONARY, encoding="utf-8") if "(" not in line.split()[0]}
    known = {w for w in known if re.fullmatch(r"[a-z]+('[a-z]+)?", w)}
    counts = collections.Counter()
    for source, sentences in text.language_model_sentences().items():
        weight = {"lj": 3, "fortune": 3, "template": 3, "bible": 1, "wordnet": 1}[source]
        for sentence in sentences:
            for word in sentence.split():
                counts[word] += weight
    # A word in the dictionary needs one sight, another word three: misspellings are seldom repeated.
    chosen = [w for w, n in counts.most_common() if re.fullmatch(r"[a-z]+('[a-z]+)*", w) and len(w) < 22 and (w in known or n >= 6)]
    general, (probability, _), _, _ = sphinx_model.read()
    general = [general[i] for i in probability.argsort()[::-1] if general[i] in known and len(general[i]) < 22]
    chosen = list(dict.fromkeys(general[:limit // 2] + chosen + general))[:limit] + [w for w in "january february march april may june july august september october november december okay yeah".split()]
    return sorted(dict.fromkeys(chosen))


if __name__ == "__main__":
    words = build(int(sys.argv[2]))
    open(sys.argv[1], "w", encoding="utf-8").write("\n".join(words) + "\n")
    print(len(words), "words")
