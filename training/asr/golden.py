"""The golden set for the Java test: short synthetic recordings and what onnxruntime and the reference decoder make of them.

    python -m asr.golden MODEL_FOLDER GOLDEN_FOLDER
"""

import hashlib
import json
import pathlib
import random
import sys

import numpy as np
import soundfile

from evaluate import Recognizer

from . import decoder, frontend, voices

UTTERANCES = (("slt", "flite:slt", "please send the report to the manager before friday."), ("rms", "flite:rms", "the prisoners were not confined to their cells."),
              ("kal", "flite:kal16", "we need to talk about the budget for next week."))


def sampled(array, count=12):
    """A few values with their indices, spread by a fixed stride."""
    flat = array.reshape(-1)
    at = [int(i) for i in np.linspace(0, flat.size - 1, count)]
    return {"shape": list(array.shape), "sum": float(flat.astype(np.float64).sum()), "absolute_sum": float(np.abs(flat.astype(np.float64)).sum()), "indices": at, "values": [float(flat[i]) for i in at]}


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
        log_probabilities = recognizer.log_probabilities(samples)
        words, score = recognizer.decoder.decode(log_probabilities)
        entries.append({
            "audio": path.name, "samples": len(samples), "spoken": sentence, "words": [w for w, _, _ in words], "word_frames": [[begin, end] for _, begin, end in words], "score": score,
            "greedy": decoder.greedy(log_probabilities, recognizer.decoder.blank), "features": sampled(features), "log_probabilities": sampled(log_probabilities),
        })
    graph = model / "model.int8.onnx"
    document = {"model": model.name, "graph_sha256": hashlib.sha256(graph.read_bytes()).hexdigest(), "layout": "features: bands × frames, log_probabilities: steps × tokens, both row-major",
                "utterances": entries}
    (folder / "golden.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    for entry in entries:
        print(entry["audio"], entry["words"])


if __name__ == "__main__":
    main()
