"""The word trigram: modified Kneser-Ney per source, interpolated by weights tuned on development sentences, pruned by relative entropy.

    python -m asr.language_model WORK_FOLDER VOCABULARY.txt LM.arpa.gz --grams 500000

Chen and Goodman 1999 (smoothing), Stolcke 1998 (pruning). Everything is arrays: an n-gram is one integer, words × words × words.
"""

import argparse
import gzip
import pathlib

import numpy as np

from . import sphinx_model, text

START, END, UNKNOWN, FIRST_WORD = 0, 1, 2, 3
GROUPS = {"prose": ("lj",), "sayings": ("fortune",), "meetings": ("template",), "verses": ("bible",), "glosses": ("wordnet",)}


class Vocabulary:
    def __init__(self, words):
        self.words = ["<s>", "</s>", "<unk>"] + sorted(words)
        self.ids = {word: index for index, word in enumerate(self.words)}
        self.size = len(self.words)

    def encode(self, sentence):
        return [START] + [self.ids.get(word, UNKNOWN) for word in sentence.split()] + [END]


def _find(keys, wanted):
    """Positions of wanted in sorted keys, and whether they are there."""
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    return at, (keys[at] == wanted) if len(keys) else np.zeros(len(wanted), bool)


def _discounts(counts):
    n = [max(1.0, float((counts == k).sum())) for k in (1, 2, 3, 4)]
    y = n[0] / (n[0] + 2 * n[1])
    return np.array([0.0] + [min(k - 0.1, max(0.2, k - (k + 1) * y * n[k] / n[k - 1])) for k in (1, 2, 3)])


class Grams:
    """A back-off trigram: dense unigrams, sorted keys of bigrams and trigrams, probabilities (not logs) and back-off weights."""

    def __init__(self, size, p1, keys2, p2, keys3, p3):
        self.size, self.p1, self.keys2, self.p2, self.keys3, self.p3 = size, p1, keys2, p2, keys3, p3
        self.weigh()

    def weigh(self):
        """Back-off weights, so that every history sums to one."""
        size = self.size
        history, word = self.keys2 // size, self.keys2 % size
        seen = np.bincount(history, self.p2, size)
        lower = np.bincount(history, self.p1[word], size)
        self.left1, self.lower1 = np.clip(1 - seen, 1e-9, None), np.clip(1 - lower, 1e-9, None)
        self.b1 = self.left1 / self.lower1
        at, _ = _find(self.keys2, self.keys3 // size)
        backed = self.bigram(self.keys3 // size % size, self.keys3 % size)
        seen, lower = np.bincount(at, self.p3, len(self.keys2)), np.bincount(at, backed, len(self.keys2))
        self.left2, self.lower2 = np.clip(1 - seen, 1e-9, None), np.clip(1 - lower, 1e-9, None)
        self.b2 = self.left2 / self.lower2

    def bigram(self, v, w):
        at, there = _find(self.keys2, v * self.size + w)
        return np.where(there, self.p2[at] if len(self.p2) else 0, self.b1[v] * self.p1[w])

    def trigram(self, u, v, w):
        at, there = _find(self.keys3, (u * self.size + v) * self.size + w)
        above, known = _find(self.keys2, u * self.size + v)
        backed = np.where(known, self.b2[above], 1.0) * self.bigram(v, w)
        return np.where(there, self.p3[at] if len(self.p3) else 0, backed)


def kneser_ney(sentences, vocabulary):
    """Interpolated modified Kneser-Ney of encoded sentences."""
    size = vocabulary.size
    flat = np.concatenate([np.array([START] + s, np.int64) for s in sentences])  # a doubled start parts the sentences
    u, v, w = flat[:-2], flat[1:-1], flat[2:]
    inside = (w != START) & (v != END)
    keys3, c3 = np.unique(((u * size + v) * size + w)[inside & ~((u == START) & (v == START))], return_counts=True)
    pairs = (flat[:-1] != END) & (flat[1:] != START)
    raw2, rawc2 = np.unique((flat[:-1] * size + flat[1:])[pairs], return_counts=True)
    keys2, c2 = np.unique(np.concatenate([keys3 % (size * size), raw2]), return_counts=True)
    c2 = c2 - 1  # continuation counts: distinct words before the pair
    opening = keys2 // size == START
    c2[opening] = rawc2[_find(raw2, keys2[opening])[0]]
    c2 = np.maximum(c2, 1)
    c1 = np.bincount(keys2 % size, minlength=size).astype(float)
    c1[[START, UNKNOWN]] = 0
    discount1 = 0.8
    vocabulary_size = size - 2
    p1 = np.maximum(c1 - discount1, 0) / c1.sum() + discount1 * (c1 > 0).sum() / c1.sum() / vocabulary_size
    p1[[START, UNKNOWN]] = 0

    def discounted(keys, counts, lower):
        history, at = np.unique(keys // size, return_inverse=True)
        total, discounts = np.bincount(at, counts), _discounts(counts)
        taken = discounts[np.minimum(counts, 3)]
        return (counts - taken) / total[at] + np.bincount(at, taken)[at] / total[at] * lower

    p2 = discounted(keys2, c2, p1[keys2 % size])
    at, _ = _find(keys2, keys3 % (size * size))
    p3 = discounted(keys3, c3, p2[at])
    sound2 = (keys2 // size != UNKNOWN) & (keys2 % size != UNKNOWN)
    sound3 = (keys3 // size // size != UNKNOWN) & (keys3 // size % size != UNKNOWN) & (keys3 % size != UNKNOWN)
    return Grams(size, p1, keys2[sound2], p2[sound2], keys3[sound3], p3[sound3])


def general_english(vocabulary):
    """The packaged general trigram over this vocabulary; its words that we lack leave their probability to back-off."""
    words, (log1, _), (a2, b2, log2, _), (a3, b3, c3, log3) = sphinx_model.read()
    ids = np.array([vocabulary.ids.get(word, UNKNOWN) for word in words])
    size = vocabulary.size
    p1 = np.bincount(ids, 10.0 ** log1, size)
    p1[[START, UNKNOWN]] = 0
    p1 = 0.98 * p1 / p1.sum() + 0.02 / (size - 2)
    p1[[START, UNKNOWN]] = 0

    def sorted_known(columns, log):
        columns = [ids[c] for c in columns]
        sound = np.all([c != UNKNOWN for c in columns], axis=0) & (columns[-1] != START)
        key = np.zeros(sound.sum(), np.int64)
        for column in columns:
            key = key * size + column[sound]
        key, first = np.unique(key, return_index=True)
        return key, 10.0 ** log[sound][first].astype(np.float64)

    return Grams(size, p1, *sorted_known((a2, b2), log2), *sorted_known((a3, b3, c3), log3))


def mixture_weights(models, u, v, w, rounds=40):
    """EM for linear interpolation weights on held-out trigrams."""
    p = np.stack([m.trigram(u, v, w) for m in models]) + 1e-12
    weights = np.full(len(models), 1 / len(models))
    for _ in range(rounds):
        share = weights[:, None] * p
        weights = (share / share.sum(0)).mean(1)
    return weights


def interpolate(models, weights):
    """One back-off model of all n-grams of all models."""
    size = models[0].size
    keys2 = np.unique(np.concatenate([m.keys2 for m in models]))
    keys3 = np.unique(np.concatenate([m.keys3 for m in models]))
    keys2 = np.union1d(keys2, np.unique(keys3 // size))
    v, w = keys2 // size, keys2 % size
    p1 = sum(k * m.p1 for k, m in zip(weights, models))
    p2 = sum(k * m.bigram(v, w) for k, m in zip(weights, models))
    a, b, c = keys3 // size // size, keys3 // size % size, keys3 % size
    p3 = sum(k * m.trigram(a, b, c) for k, m in zip(weights, models))
    return Grams(size, p1, keys2, p2, keys3, p3)


def _loss(p, q, left, lower, weight, history_probability):
    """Relative entropy that dropping each n-gram would cost (Stolcke 1998)."""
    after = (left + p) / np.clip(lower + q, 1e-9, None)
    return -history_probability * (p * (np.log(q) + np.log(after) - np.log(p)) + left * (np.log(after) - np.log(weight)))


def prune(model, threshold):
    """The model without the n-grams that cost less than the threshold; histories of kept trigrams stay."""
    size = model.size
    at, _ = _find(model.keys2, model.keys3 // size)
    u = model.keys3 // size // size
    start_probability = 0.06
    unigram = np.where(np.arange(size) == START, start_probability, model.p1)
    history = unigram[u] * model.p2[at]
    q = model.bigram(model.keys3 // size % size, model.keys3 % size)
    keep3 = _loss(model.p3, q, model.left2[at], model.lower2[at], model.b2[at], history) > threshold
    keys3, p3 = model.keys3[keep3], model.p3[keep3]
    v, w = model.keys2 // size, model.keys2 % size
    keep2 = _loss(model.p2, model.p1[w], model.left1[v], model.lower1[v], model.b1[v], unigram[v]) > threshold
    needed, there = _find(model.keys2, np.unique(keys3 // size))
    keep2[needed[there]] = True
    return Grams(size, model.p1, model.keys2[keep2], model.p2[keep2], keys3, p3)


def prune_to(model, grams):
    """Prune until at most the given number of bigrams and trigrams is left."""
    low, high, best = 1e-10, 1e-4, None
    for _ in range(14):
        middle = (low * high) ** 0.5
        candidate = prune(model, middle)
        if len(candidate.keys2) + len(candidate.keys3) > grams:
            low = middle
        else:
            high, best = middle, candidate
    return best


def perplexity(model, encoded):
    """Per word with sentence ends; unknown words are left out and counted."""
    u, v, w = trigrams(encoded)
    p = np.where(u < 0, model.bigram(v, w), model.trigram(np.maximum(u, 0), v, w))
    return float(np.exp(-np.log(p + 1e-12).mean())), sum(i == UNKNOWN for s in encoded for i in s)


def trigrams(encoded):
    """Arrays u, v, w of all events without unknown words; u is −1 for the first word of a sentence."""
    rows = [(s[i - 2] if i > 1 else -1, s[i - 1], s[i]) for s in encoded for i in range(1, len(s)) if UNKNOWN not in s[max(0, i - 2):i + 1]]
    return np.array(rows, np.int64).T


def write(path, model, vocabulary):
    """ARPA with log10 values of two decimals, gzipped without a time stamp."""
    size, words = model.size, vocabulary.words
    log = lambda p: np.round(np.log10(np.clip(p, 1e-8, None)), 2)
    u1 = [i for i in range(size) if i != UNKNOWN]
    with gzip.GzipFile(path, "wb", 9, mtime=0) as out:
        out.write(f"\\data\\\nngram 1={len(u1)}\nngram 2={len(model.keys2)}\nngram 3={len(model.keys3)}\n\n\\1-grams:\n".encode())
        l1, lb1 = log(model.p1), log(model.b1)
        for i in u1:
            out.write(f"{-99 if i == START else l1[i]:g}\t{words[i]}\t{lb1[i]:g}\n".encode())
        out.write(b"\n\\2-grams:\n")
        histories = np.zeros(len(model.keys2), bool)
        at, there = _find(model.keys2, np.unique(model.keys3 // size))
        histories[at[there]] = True
        l2, lb2 = log(model.p2), log(model.b2)
        for i, key in enumerate(model.keys2.tolist()):
            tail = f"\t{lb2[i]:g}" if histories[i] else ""
            out.write(f"{l2[i]:g}\t{words[key // size]} {words[key % size]}{tail}\n".encode())
        out.write(b"\n\\3-grams:\n")
        l3 = log(model.p3)
        for i, key in enumerate(model.keys3.tolist()):
            out.write(f"{l3[i]:g}\t{words[key // size // size]} {words[key // size % size]} {words[key % size]}\n".encode())
        out.write(b"\n\\end\\\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vocabulary")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--grams", type=int, default=500000)
    options = parser.parse_args()
    vocabulary = Vocabulary([line.strip() for line in open(options.vocabulary, encoding="utf-8")])
    lines = text.language_model_sentences()
    dev = [vocabulary.encode(text.normalize(s)) for _, s in text.splits()["dev"]]
    models = [kneser_ney([vocabulary.encode(s) for source in sources for s in lines[source]], vocabulary) for sources in GROUPS.values()]
    models.append(general_english(vocabulary))
    u, v, w = trigrams(dev)
    inner = u >= 0
    weights = mixture_weights(models, u[inner], v[inner], w[inner])
    model = interpolate(models, weights)
    print("weights", dict(zip([*GROUPS, "general"], weights.round(3).tolist())), "n-grams", len(model.keys2), len(model.keys3), "perplexity %.0f, unknown %d" % perplexity(model, dev), flush=True)
    model = prune_to(model, options.grams)
    write(options.output, model, vocabulary)
    print("pruned", len(model.keys2), len(model.keys3), "perplexity %.0f, unknown %d" % perplexity(model, dev), options.output.stat().st_size, "bytes", flush=True)


if __name__ == "__main__":
    main()
