"""The pronunciation lexicon: flite is asked for every word on its own and for what it says inside sentences.

    python -m asr.lexicon LEXICON.txt.gz VOCABULARY.txt [SENTENCES]
"""

import collections
import ctypes
import gzip
import random
import sys

from . import phones, text


class Flite:
    """libflite in process: the CMU lexicon with its letter-to-sound rules, and whole utterances of the voice kal16."""

    def __init__(self):
        self.flite = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        ctypes.CDLL("libflite_usenglish.so.1", mode=ctypes.RTLD_GLOBAL)
        cmulex = ctypes.CDLL("libflite_cmulex.so.1", mode=ctypes.RTLD_GLOBAL)
        voices = ctypes.CDLL("libflite_cmu_us_kal16.so.1", mode=ctypes.RTLD_GLOBAL)
        pointer = ctypes.c_void_p
        for library, name, result, arguments in (
                (self.flite, "flite_init", ctypes.c_int, []), (cmulex, "cmu_lex_init", pointer, []), (voices, "register_cmu_us_kal16", pointer, [ctypes.c_char_p]),
                (self.flite, "lex_lookup", pointer, [pointer, ctypes.c_char_p, ctypes.c_char_p, pointer]), (self.flite, "val_car", pointer, [pointer]),
                (self.flite, "val_cdr", pointer, [pointer]), (self.flite, "val_string", ctypes.c_char_p, [pointer]), (self.flite, "delete_val", None, [pointer]),
                (self.flite, "flite_synth_text", pointer, [ctypes.c_char_p, pointer]), (self.flite, "delete_utterance", None, [pointer]),
                (self.flite, "utt_relation", pointer, [pointer, ctypes.c_char_p]), (self.flite, "relation_head", pointer, [pointer]), (self.flite, "item_next", pointer, [pointer]),
                (self.flite, "ffeature_string", ctypes.c_char_p, [pointer, ctypes.c_char_p])):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        self.flite.flite_init()
        self.lexicon, self.voice = cmulex.cmu_lex_init(), voices.register_cmu_us_kal16(None)

    def look_up(self, word, part_of_speech=None):
        """Phones of a lone word, or None where flite knows a label that is not in the alphabet."""
        found = self.flite.lex_lookup(self.lexicon, word.encode(), part_of_speech, None)
        labels, cell = [], found
        while cell:
            labels.append(self.flite.val_string(self.flite.val_car(cell)).decode().rstrip("012"))
            cell = self.flite.val_cdr(cell)
        if found:
            self.flite.delete_val(found)
        tokens = [phones.from_flite(label) for label in labels]
        return tokens if tokens and all(t in phones.ID and t != phones.SIL for t in tokens) else None

    def say(self, sentence):
        """[(word, phones)] as uttered in a sentence."""
        utterance = self.flite.flite_synth_text(sentence.encode(), self.voice)
        item = self.flite.relation_head(self.flite.utt_relation(utterance, b"Segment"))
        said, last = [], None
        while item:
            token = phones.from_flite(self.flite.ffeature_string(item, b"name").decode())
            if token != phones.SIL:
                word = self.flite.ffeature_string(item, b"R:SylStructure.parent.parent.name").decode()
                here = self.flite.ffeature_string(item, b"R:SylStructure.parent.parent.R:Word.p.name").decode(), word, self.flite.ffeature_string(item, b"R:SylStructure.parent.parent.R:Word.n.name").decode()
                if here != last:
                    said.append((word, []))
                    last = here
                said[-1][1].append(token)
            item = self.flite.item_next(item)
        self.flite.delete_utterance(utterance)
        return said


_PARTS_OF_SPEECH = (None, b"n", b"v", b"j", b"d", b"in", b"nn", b"vb", b"vbd")


def in_context(flite, sentences):
    """{word: Counter of pronunciations} from running text; clitics that flite parts ("'s") are left out."""
    counts = collections.defaultdict(collections.Counter)
    for sentence in sentences:
        words = text.normalize(sentence).split()
        said = flite.say(sentence)
        if [word for word, _ in said] == words:
            for word, tokens in said:
                counts[word][" ".join(tokens)] += 1
    return counts


def build(vocabulary, sentences):
    """{word: pronunciations, most usual first}."""
    flite, lexicon = Flite(), {}
    counts = in_context(flite, sentences)
    for word in vocabulary:
        found = [p for p, n in counts[word].most_common(4) if n >= 2 and n >= 0.03 * sum(counts[word].values())] if word in counts else []
        found += [" ".join(p) for p in (flite.look_up(word, pos) for pos in _PARTS_OF_SPEECH) if p]
        if not found or "'" in word:
            found += [" ".join(t for _, tokens in flite.say(word) for t in tokens)]
        found = [p for p in dict.fromkeys(found) if p and len(p.split()) <= 24]
        if found:
            lexicon[word] = found[:4]
    return lexicon


def write(path, lexicon):
    with gzip.GzipFile(path, "wb", 9, mtime=0) as out:
        for word in sorted(lexicon):
            for pronunciation in lexicon[word]:
                out.write(f"{word}\t{pronunciation}\n".encode())


def read(path):
    lexicon = collections.defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, _, pronunciation = line.rstrip("\n").partition("\t")
            lexicon[word].append(pronunciation)
    return dict(lexicon)


if __name__ == "__main__":
    words = [line.strip() for line in open(sys.argv[2], encoding="utf-8")]
    spoken = [s for _, s in text.splits()["train"]]
    random.Random(3).shuffle(spoken)
    result = build(words, spoken[:int(sys.argv[3]) if len(sys.argv) > 3 else 8000])
    write(sys.argv[1], result)
    print(len(result), "words", sum(map(len, result.values())), "pronunciations")
