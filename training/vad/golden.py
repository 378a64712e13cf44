"""Writes the golden values of the Java tests of `vad` with the original get_speech_timestamps.

usage: golden.py --original CHECKOUT --silero FILE --audio FOLDER --starter MODEL_FOLDER --out FOLDER

CHECKOUT is a copy of github.com/snakers4/silero-vad (MIT); nothing of it is copied here. The original
is run unchanged on given probabilities: its "model" is a list that is read out. Files written:

- regions-recordings.json: Silero's probabilities for jfk.flac and AMI dev00 (16 kHz mono 16-bit as
  `ffmpeg -ac 1 -ar 16000 -f s16le` decodes them, divided by 32768; the last window filled up with
  zeros), rounded to 1e-4, and the regions the original finds on the rounded values.
- regions-random.json: random probabilities in thousandths and the original's regions.
- starter-utterance.wav and .json: a synthetic sentence between silences and vad-starter's
  probabilities. The sentence is kept if it is there.

Also checks speech_regions.py against every region written.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from scipy.io import wavfile

from evaluate import Detector
from speech import decoded
from speech_regions import Options, speech_regions

SENTENCE = "The meeting will begin at nine."

OPTION_SETS = {
    "defaults": Options(),
    "meeting": Options(min_speech_ms=200, min_silence_ms=500),
    "no padding": Options(pad_ms=0),
    "own negative threshold": Options(threshold=0.6, negative_threshold=0.2, min_silence_ms=300),
    "low threshold": Options(threshold=0.12, min_speech_ms=0, min_silence_ms=0),
    "wide padding": Options(min_speech_ms=100, min_silence_ms=200, pad_ms=400),
    "at most 2 s": Options(max_speech_s=2.0, min_silence_ms=400),
    "at most 1.3 s, wide padding": Options(max_speech_s=1.3, min_silence_ms=1000, pad_ms=100),
    "at most 3 s, long pauses only": Options(max_speech_s=3.0, min_silence_ms=2000, min_silence_at_max_speech_ms=300),
}


def original_rules(checkout):
    """The original's module; torchaudio, which it only reads files with, may be absent."""
    if importlib.util.find_spec("torchaudio") is None:
        sys.modules["torchaudio"] = types.ModuleType("torchaudio")
    path = next(Path(checkout).glob("**/silero_vad/utils_vad.py"))
    spec = importlib.util.spec_from_file_location("original_utils_vad", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Recital:
    """Stands in for the model: answers with the given probabilities, one a window."""

    def __init__(self, probabilities):
        self.probabilities = probabilities

    def reset_states(self):
        self.next = iter(self.probabilities)

    def __call__(self, chunk, rate):
        return torch.tensor(next(self.next), dtype=torch.float64)


def original_regions(module, probabilities, length, options):
    found = module.get_speech_timestamps(
        torch.zeros(length), Recital(probabilities), threshold=options.threshold,
        neg_threshold=options.negative_threshold, min_speech_duration_ms=options.min_speech_ms,
        min_silence_duration_ms=options.min_silence_ms, max_speech_duration_s=options.max_speech_s,
        speech_pad_ms=options.pad_ms, min_silence_at_max_speech=options.min_silence_at_max_speech_ms)
    regions = [(region["start"], region["end"]) for region in found]
    ours = speech_regions(probabilities, length, options)
    assert ours == regions, f"speech_regions.py differs for {options}: expected {regions}, found {ours}"
    return [list(region) for region in regions]


def described(options):
    return {"threshold": options.threshold, "negative_threshold": options.negative_threshold,
            "min_speech_ms": options.min_speech_ms, "min_silence_ms": options.min_silence_ms,
            "max_speech_s": None if options.max_speech_s == float("inf") else options.max_speech_s,
            "pad_ms": options.pad_ms, "min_silence_at_max_speech_ms": options.min_silence_at_max_speech_ms}


def random_probabilities(rng):
    """Speech and silence in runs, with wavering, values around both thresholds, and exact ties."""
    n = int(rng.integers(1, 260))
    runs, p = [], []
    while len(p) < n:
        level = rng.choice([0.02, 0.2, 0.35, 0.42, 0.5, 0.62, 0.97])
        spread = rng.choice([0.0, 0.03, 0.2])
        p += list(level + spread * rng.standard_normal(int(rng.geometric(rng.choice([0.5, 0.2, 0.04])))))
    return [int(v) for v in np.round(np.clip(p[:n], 0, 1) * 1000)]


def recordings(module, silero, audio):
    detector, written = Detector(silero), []
    for name in ("jfk.flac", "ami/dev00.flac"):
        pcm = decoded(Path(audio) / name)
        p = [round(float(v), 4) for v in detector(pcm.astype(np.float32) / 32768)]
        regions = {key: original_regions(module, p, len(pcm), options) for key, options in OPTION_SETS.items()}
        written.append({"recording": name, "samples": len(pcm), "probabilities": p, "regions": regions})
    return written


def random_cases(module, count=160):
    cases = []
    for seed in range(count):
        rng = np.random.default_rng([43, seed])
        thousandths = random_probabilities(rng)
        length = len(thousandths) * 512 - int(rng.integers(0, 512))
        p = [v / 1000 for v in thousandths]
        regions = {key: original_regions(module, p, length, options) for key, options in OPTION_SETS.items()}
        cases.append({"samples": length, "thousandths": thousandths, "regions": regions})
    return cases


def compact(path, document, rows):
    """JSON with one line for each element of the list `rows`, so that a change shows as lines."""
    head = json.dumps({k: v for k, v in document.items() if k != rows}, indent=1)[:-2]
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in document[rows])
    path.write_text(f'{head},\n "{rows}": [\n{lines}\n]}}\n')


def utterance(starter, out):
    wav = out / "starter-utterance.wav"
    if not wav.exists():
        raw = out / "raw.wav"
        subprocess.run(["flite", "-voice", "slt", "-t", SENTENCE, "-o", raw], check=True)
        pcm = np.concatenate([np.zeros(4000), decoded(raw), np.zeros(6000)])
        raw.unlink()
        wavfile.write(wav, 16000, np.round(pcm * 0.5).astype(np.int16))
    pcm = decoded(wav)
    p = Detector(Path(starter) / "model.onnx")(pcm.astype(np.float32) / 32768)
    manifest = json.loads((Path(starter) / "manifest.json").read_text())
    document = {"wav": wav.name, "samples": len(pcm), "model_sha256": manifest["files"]["model.onnx"]["sha256"],
                "probabilities": [round(float(v), 5) for v in p],
                "regions": [list(r) for r in speech_regions([float(v) for v in p], len(pcm))]}
    (out / "starter-utterance.json").write_text(json.dumps(document) + "\n")


def main():
    parser = argparse.ArgumentParser()
    for name in ("original", "silero", "audio", "starter", "out"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    module = original_rules(arguments.original)
    origin = {"written_by": "training/vad/golden.py", "window_samples": 512, "sample_rate": 16000,
              "rules": "get_speech_timestamps of snakers4/silero-vad (MIT)", "onnxruntime": onnxruntime.__version__,
              "options": {key: described(options) for key, options in OPTION_SETS.items()}}
    compact(out / "regions-recordings.json",
            {**origin, "recordings": recordings(module, arguments.silero, arguments.audio)}, "recordings")
    compact(out / "regions-random.json", {**origin, "cases": random_cases(module)}, "cases")
    utterance(arguments.starter, out)
    for path in sorted(out.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
