"""CTC beam search held to a lexicon, with a word n-gram: the reference for the Java decoder (idea: Flashlight's lexicon decoder).

A hypothesis is (trie node, last token, words so far). Per frame it either
  * takes blank, and keeps its node,
  * repeats its last token, and keeps its node (only where the last token is not blank),
  * takes the token of a child of its node (not its last token unless blank lay between), or
  * at the root, takes sil (once: between repeats of sil a blank and a word must lie).
Where the new node ends words, each of them is also taken as a word: the node becomes the root. Scores are natural logarithms, merging keeps the maximum;
blank_penalty is taken from every log-probability of blank before anything else:
  Σ log-probabilities + lm_weight · ln P(word | history) + word_score per word + sil_score per sil.
While inside a word the best n-gram unigram score below the node stands in for the word's (smearing "max"); it is exchanged for the true one at the word's end.
"""

import gzip
import json
import math
import pathlib

import numpy as np

LN10 = math.log(10.0)


class NGram:
    """Back-off n-gram from ARPA; scores are natural logarithms; a state is a tuple of at most order − 1 words, none of which is without effect."""

    def __init__(self, path):
        self.scores, self.backoffs, self.order, order = {}, {}, 1, 0
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                line = line.rstrip("\n")
                if line.startswith("\\"):
                    order = int(line[1]) if line[1].isdigit() else 0
                    self.order = max(self.order, order)
                elif order and line:
                    fields = line.split("\t")
                    words = tuple(fields[1].split(" "))
                    self.scores[words] = float(fields[0]) * LN10
                    if len(fields) > 2:
                        self.backoffs[words] = float(fields[2]) * LN10
        self.continued = {words[:-1] for words in self.scores}

    def score(self, history, word):
        """ln P(word | history) by back-off."""
        total = 0.0
        while True:
            found = self.scores.get(history + (word,))
            if found is not None:
                return total + found
            if not history:
                return total - 100.0
            total += self.backoffs.get(history, 0.0)
            history = history[1:]

    def extend(self, history, word):
        """The state after the word: the shortest one that gives every later word the same score, so that hypotheses meet soon."""
        state = (history + (word,))[-(self.order - 1):]
        while state and state not in self.continued and not self.backoffs.get(state):
            state = state[1:]
        return state


class Trie:
    """Pronunciations as a tree; children[node] maps a token to a node, words[node] are those that end there, best[node] is the smeared score."""

    def __init__(self, lexicon_path, token_ids, language_model):
        self.children, self.words = [{}], [[]]
        with gzip.open(lexicon_path, "rt", encoding="utf-8") as lines:
            for line in lines:
                word, _, pronunciation = line.rstrip("\n").partition("\t")
                node = 0
                for token in pronunciation.split(" "):
                    child = self.children[node].get(token_ids[token])
                    if child is None:
                        child = len(self.children)
                        self.children[node][token_ids[token]] = child
                        self.children.append({})
                        self.words.append([])
                    node = child
                if word not in self.words[node]:
                    self.words[node].append(word)
        self.best = [-math.inf] * len(self.children)
        for node in range(len(self.children) - 1, -1, -1):  # children have greater numbers than their parents
            here = [language_model.score((), word) for word in self.words[node]] + [self.best[child] for child in self.children[node].values()]
            self.best[node] = max(here, default=-math.inf)
        self.best[0] = 0.0


class Decoder:
    def __init__(self, lexicon, language_model, token_ids, blank, sil, lm_weight, word_score, sil_score, beam_size, beam_threshold, token_beam, blank_penalty=0.0):
        self.lm, self.trie = language_model, Trie(lexicon, token_ids, language_model)
        self.blank, self.sil = blank, sil
        self.lm_weight, self.word_score, self.sil_score = lm_weight, word_score, sil_score
        self.beam_size, self.beam_threshold, self.token_beam, self.blank_penalty = beam_size, beam_threshold, token_beam, blank_penalty
        self._cache = {}

    @classmethod
    def of_model(cls, folder, **overrides):
        """The decoder that a model folder's manifest describes."""
        folder = pathlib.Path(folder)
        ctc = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["ctc"]
        tokens = dict(line.rsplit(" ", 1) for line in (folder / ctc["tokens"]).read_text(encoding="utf-8").splitlines())
        ids = {token: int(number) for token, number in tokens.items()}
        settings = ctc["decoder"] | overrides
        return cls(folder / settings["lexicon"], NGram(folder / settings["language_model"]), ids, ids[ctc["blank"]], ids[settings["sil"]],
                   *(settings[k] for k in ("lm_weight", "word_score", "sil_score", "beam_size", "beam_threshold", "token_beam")), settings.get("blank_penalty", 0.0))

    def _language(self, history, word):
        key = (history, word)
        if key not in self._cache:
            if len(self._cache) > 2_000_000:
                self._cache.clear()
            self._cache[key] = self.lm.score(history, word)
        return self._cache[key]

    def decode(self, log_probabilities):
        """[(word, first frame, last frame)] and the score of the best hypothesis; log_probabilities has shape (frames, tokens)."""
        penalized = np.array(log_probabilities, dtype=np.float32)
        penalized[:, self.blank] -= np.float32(self.blank_penalty)
        return self._trace(self._search(penalized.astype(np.float64)))

    def _search(self, log_probabilities):
        children, words, best = self.trie.children, self.trie.words, self.trie.best
        # key: (node, last token, history); value: (score, words as a linked list, frame where the current word began)
        beam = {(0, self.blank, ("<s>",)): (0.0, None, 0)}
        for frame, row in enumerate(log_probabilities):
            allowed = set(np.argpartition(-row, self.token_beam - 1)[:self.token_beam].tolist()) if self.token_beam < len(row) else None
            row, grown = row.tolist(), {}
            top = -math.inf

            def put(key, value):
                nonlocal top
                if value[0] <= top - self.beam_threshold:
                    return  # would be pruned below anyway
                old = grown.get(key)
                if old is None or value[0] > old[0]:
                    grown[key] = value
                    if value[0] > top:
                        top = value[0]

            for (node, last, history), (score, said, began) in beam.items():
                put((node, self.blank, history), (score + row[self.blank], said, began))
                if last != self.blank:
                    put((node, last, history), (score + row[last], said, began))
                if node == 0 and last != self.sil and (allowed is None or self.sil in allowed):
                    put((0, self.sil, history), (score + row[self.sil] + self.sil_score, said, began))
                unsmeared = score - self.lm_weight * best[node]
                for token, child in children[node].items():
                    if token == last or (allowed is not None and token not in allowed):
                        continue
                    reached = unsmeared + row[token]
                    start = frame if node == 0 else began
                    if children[child]:
                        put((child, token, history), (reached + self.lm_weight * best[child], said, start))
                    for word in words[child]:
                        total = reached + self.lm_weight * self._language(history, word) + self.word_score
                        if total > top - self.beam_threshold:
                            put((0, token, self.lm.extend(history, word)), (total, (said, word, start, frame), frame))
            kept = [item for item in grown.items() if item[1][0] > top - self.beam_threshold]
            kept.sort(key=lambda item: -item[1][0])
            beam = dict(kept[:self.beam_size])
        return beam

    def _trace(self, beam):
        chosen, chosen_score = None, -math.inf
        for (node, _, history), (score, said, _) in beam.items():
            if node == 0:
                score += self.lm_weight * self._language(history, "</s>")
                if score > chosen_score:
                    chosen, chosen_score = said, score
        result = []
        while chosen:
            chosen, word, start, end = chosen
            result.append((word, start, end))
        return result[::-1], chosen_score
