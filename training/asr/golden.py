"""The golden set for the Java test: short synthetic recordings and what onnxruntime and the reference decoder make of them.

    python -m asr.golden MODEL_FOLDER GOLDEN_FOLDER

Processors differ in the last bits of a sum, and a graph that quantizes on the fly makes more of it: an activation at the edge between two steps falls
to the other side. What another processor may find is seen by changing the features by a millionth, many times. A recording enters the set only if its
words and their frames stay the same in all these runs and its probabilities move little; the steps where one token leads clearly are named.
"""

import hashlib
import json
import pathlib
import random
import re
import sys

import numpy as np
import soundfile

from evaluate import Recognizer

from . import frontend, voices

UTTERANCES = (("slt", "flite:slt", "the meeting will start at ten on monday morning."), ("rms", "flite:rms", "we agreed that the contract needs more work."),
              ("kal", "flite:kal16", "she will send the letter to the office tomorrow."))
RUNS, CHANGE = 40, 1e-6
FIRM_LEAD = 0.25  # between the probabilities of the best two tokens of a step: more than both can move
LARGEST_SWING = 0.12  # of a probability between runs; StarterGoldenTest tolerates a little more
LARGEST_SCORE_SWING = 0.5
FEWEST_FIRM = 0.9


def sampled(array, count=12):
    """A few values with their indices, spread by a fixed stride."""
    flat = array.reshape(-1)
    at = [int(i) for i in np.linspace(0, flat.size - 1, count)]
    return {"shape": list(array.shape), "sum": float(flat.astype(np.float64).sum()), "absolute_sum": float(np.abs(flat.astype(np.float64)).sum()), "indices": at, "values": [float(flat[i]) for i in at]}


def steps(log_probabilities):
    """Per step the best token, its probability, and whether it leads clearly."""
    probabilities = np.exp(log_probabilities.astype(np.float64))
    second, first = np.sort(probabilities, -1)[:, -2:].T
    return {"tokens": probabilities.argmax(-1).tolist(), "probabilities": [round(float(p), 6) for p in first], "firm": (first - second >= FIRM_LEAD).tolist()}


def steady(name, recognizer, features, log_probabilities, words, score):
    """How far probabilities and the score move under a change of a millionth; refuses a recording that another processor may hear differently."""
    generator, swing, score_swing = np.random.default_rng(1), 0.0, 0.0
    firm = np.array(steps(log_probabilities)["firm"])
    if firm.mean() < FEWEST_FIRM:
        raise SystemExit(f"{name}: one token leads clearly in only {firm.mean():.0%} of the steps; choose another sentence")
    for _ in range(RUNS):
        other = recognizer.log_probabilities_of((features + generator.normal(0, CHANGE, features.shape)).astype(np.float32))
        heard, found = recognizer.decoder.decode(other)
        swing, score_swing = max(swing, float(np.abs(np.exp(other) - np.exp(log_probabilities)).max())), max(score_swing, abs(found - score))
        if heard != words or (other.argmax(-1) != log_probabilities.argmax(-1))[firm].any():
            raise SystemExit(f"{name}: a change of a millionth changes what is heard; choose another sentence")
    if swing > LARGEST_SWING or score_swing > LARGEST_SCORE_SWING:
        raise SystemExit(f"{name}: a change of a millionth moves a probability by {swing:.3f} and the score by {score_swing:.2f}; choose another sentence")
    return swing, score_swing


def text_of(document):
    """JSON with one line per list of numbers."""
    return re.sub(r"\[([^][{}]*)\]", lambda found: "[" + " ".join(found[1].split()) + "]", json.dumps(document, indent=1)) + "\n"


def main():
    model, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    recognizer, entries = Recognizer(model), []
    for name, voice, sentence in UTTERANCES:
        path = folder / f"{name}.flac"
        if not path.exists():
            samples, _ = voices.speak(voice, sentence, random.Random(name))
            soundfile.write(path, samples, frontend.SAMPLE_RATE, subtype="PCM_16")
        samples = soundfile.read(path, dtype="float32")[0]
        features = frontend.features(samples).numpy()
        log_probabilities = recognizer.log_probabilities_of(features)
        words, score = recognizer.decoder.decode(log_probabilities)
        swing, score_swing = steady(name, recognizer, features, log_probabilities, words, score)
        entries.append({
            "audio": path.name, "samples": len(samples), "spoken": sentence, "words": [w for w, _, _ in words], "word_frames": [[begin, end] for _, begin, end in words], "score": score,
            "steps": steps(log_probabilities), "features": sampled(features), "log_probabilities": sampled(log_probabilities),
            "swing": {"probability": round(swing, 4), "score": round(score_swing, 3)},
        })
    graph = model / "model.int8.onnx"
    document = {"model": model.name, "graph_sha256": hashlib.sha256(graph.read_bytes()).hexdigest(), "layout": "features: bands × frames, log_probabilities: steps × tokens, both row-major",
                "utterances": entries}
    (folder / "golden.json").write_text(text_of(document), encoding="utf-8")
    for entry in entries:
        print(entry["audio"], entry["words"], entry["swing"], f"{np.mean(entry['steps']['firm']):.0%} of the steps are firm")


if __name__ == "__main__":
    main()
