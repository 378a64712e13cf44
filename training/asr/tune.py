"""Try decoder weights on the development sets, clean and noisy; the graph runs once.

    python -m asr.tune MODEL_FOLDER SETS [SENTENCES]
"""

import pathlib
import sys

import soundfile

from evaluate import Recognizer, Tally, make_sets

GRID = [(blank, lm, word) for blank in (0.0, 1.0, 1.5, 2.0) for lm in (0.8, 1.0) for word in (0.0, 0.5)]


def main():
    model, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    sets, recognizer = make_sets(folder), Recognizer(model)
    heard = {}
    for name in ("dev", "dev-noisy"):
        entries = sets[name][:int(sys.argv[3]) if len(sys.argv) > 3 else None]
        heard[name] = [(recognizer.log_probabilities(soundfile.read(folder / file, dtype="float32")[0]), reference.split()) for file, _, _, reference in entries]
    for blank_penalty, lm_weight, word_score in GRID:
        recognizer.decoder.blank_penalty, recognizer.decoder.lm_weight, recognizer.decoder.word_score = blank_penalty, lm_weight, word_score
        for name, utterances in heard.items():
            tally = Tally()
            for log_probabilities, reference in utterances:
                tally.add(reference, recognizer.words(log_probabilities))
            print(f"blank_penalty {blank_penalty}  lm_weight {lm_weight}  word_score {word_score}  ", tally.row(name, len(utterances)), flush=True)


if __name__ == "__main__":
    main()
