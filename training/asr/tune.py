"""Try decoder weights on the development set; the graph runs once.

    python -m asr.tune MODEL_FOLDER SETS [SENTENCES]
"""

import pathlib
import sys

import soundfile

from evaluate import Recognizer, Tally, make_sets

GRID = [(lm, word) for lm in (0.6, 0.9, 1.2) for word in (0.5, 1.5)]


def main():
    model, sets = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    entries = make_sets(sets)["dev"][:int(sys.argv[3]) if len(sys.argv) > 3 else None]
    recognizer = Recognizer(model, beam_size=80, beam_threshold=14.0)
    heard = [recognizer.log_probabilities(soundfile.read(sets / file, dtype="float32")[0]) for file, *_ in entries]
    for lm_weight, word_score in GRID:
        recognizer.decoder.lm_weight, recognizer.decoder.word_score = lm_weight, word_score
        tally = Tally()
        for log_probabilities, (_, _, _, reference) in zip(heard, entries):
            tally.add(reference.split(), recognizer.words(log_probabilities))
        print(f"lm_weight {lm_weight}  word_score {word_score}  ", tally.row("dev", len(entries)), flush=True)


if __name__ == "__main__":
    main()
