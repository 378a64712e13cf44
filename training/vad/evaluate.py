"""Scores vad-starter and Silero side by side and writes the figures of REPORT.md.

usage: evaluate.py --starter FOLDER --silero FILE --ami FOLDER --nonspeech FOLDER
                   [--spoken FOLDER] [--music NAME=FILE ...] [--speech NAME=FILE ...] [--report FILE]

AMI: 10 ms frames of the first 30 s of dev00 and dev01 against the union of all turns in
reference.rttm. --nonspeech: the folder that nonspeech.py wrote; every marked frame is a false one;
--music adds recordings to it. --spoken: the folder that spoken.py wrote, scored like AMI. --speech names recordings without a reference: what each model marks
of them, at their own level and 30 dB below, and on how much the two agree.
Both models run under the same rules (speech_regions.py): threshold 0.5, minimum speech 200 ms,
minimum silence 500 ms, padding 30 ms. With --report, the lines between the two marks of that file
are replaced.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime

from speech import decoded
from speech_regions import Options, speech_regions

RATE, WINDOW, CONTEXT = 16000, 512, 64
FRAME = RATE // 100
RULES = Options(threshold=0.5, min_speech_ms=200, min_silence_ms=500)
AMI_FILES, AMI_SECONDS = ("dev00", "dev01"), 30
SPOKEN_FILES, SPOKEN_SECONDS = ("close", "far", "telephone", "noisy"), 120
BEGIN, END = "<!-- figures of evaluate.py: begin -->", "<!-- figures of evaluate.py: end -->"


class Detector:
    """Any model with Silero's interface; counts the processor time it takes."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options)
        self.seconds_computed = self.seconds_heard = 0.0

    def __call__(self, x):
        """Speech probability of each window of 512 samples; the last window is filled with zeros."""
        begun = time.process_time()
        padded = np.pad(x, (CONTEXT, -len(x) % WINDOW)).astype(np.float32)[None]
        state, rate, found = np.zeros((2, 1, 128), np.float32), np.array(RATE, np.int64), []
        for at in range(0, padded.shape[1] - CONTEXT, WINDOW):
            window = padded[:, at : at + CONTEXT + WINDOW]
            p, state = self.session.run(None, {"input": window, "state": state, "sr": rate})
            found.append(p[0, 0])
        self.seconds_computed += time.process_time() - begun
        self.seconds_heard += len(x) / RATE
        return np.array(found)

    def marked(self, x):
        """One boolean per 10 ms frame."""
        regions = speech_regions([float(p) for p in self(x)], len(x), RULES)
        return frames([(a / RATE, b / RATE) for a, b in regions], len(x) / RATE)


def frames(spans, seconds):
    marks = np.zeros(int(round(seconds * 100)), bool)
    for start, end in spans:
        marks[int(round(start * 100)) : int(round(end * 100))] = True
    return marks


def turns(rttm, name):
    for line in open(rttm, encoding="utf-8"):
        fields = line.split()
        if fields[1] == name:
            yield float(fields[3]), float(fields[3]) + float(fields[4])


def score(reference, marked):
    """Percentages: precision, recall, F1, false alarms (share of non-speech frames marked)."""
    hit, false, missed = (marked & reference).sum(), (marked & ~reference).sum(), (~marked & reference).sum()
    return [100 * v for v in (hit / max(hit + false, 1), hit / max(hit + missed, 1),
                              2 * hit / max(2 * hit + false + missed, 1), false / max((~reference).sum(), 1))]


def wave(path):
    raw = ("-f", "g722") if str(path).endswith(".g722") else ()
    return decoded(path, *raw).astype(np.float32) / 32768


def reference_rows(detectors, folder, files, kind, seconds):
    """Rows [file, model, precision, recall, F1, false alarms], then both files together."""
    rows, together = [], {name: ([], []) for name in detectors}
    for file in files:
        x = wave(f"{folder}/{file}.{kind}")[: seconds * RATE]
        reference = frames([s for s in turns(f"{folder}/reference.rttm", file)], len(x) / RATE)
        for name, detector in detectors.items():
            marked = detector.marked(x)
            rows.append([file, name, *score(reference, marked)])
            together[name][0].append(reference)
            together[name][1].append(marked)
    for name, (references, marks) in together.items():
        rows.append(["together", name, *score(np.concatenate(references), np.concatenate(marks))])
    return rows


def nonspeech_rows(detectors, paths):
    """Rows [condition, minutes, percent marked by each detector]."""
    rows = []
    for name, path in paths:
        x = wave(path)
        rows.append([name, len(x) / RATE / 60, *[100 * d.marked(x).mean() for d in detectors.values()]])
    return rows


def speech_rows(detectors, paths):
    """Rows [recording, level, percent marked by each, percent of frames on which all agree]."""
    rows = []
    for name, path in paths:
        whole = wave(path)
        for level, gain in (("own", 1.0), ("-30 dB", 10 ** (-30 / 20))):
            x = np.round(whole * gain * 32768) / 32768
            marks = [d.marked(x) for d in detectors.values()]
            agreed = 100 * np.mean(marks[0] == marks[1])
            rows.append([name, level, *[100 * m.mean() for m in marks], agreed])
    return rows


def table(head, rows):
    def shown(value):
        return value if isinstance(value, str) else f"{value:.1f}"

    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(shown(v) for v in row) + " |" for row in rows]


def main():
    parser = argparse.ArgumentParser()
    for name in ("starter", "silero", "ami", "nonspeech"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--spoken")
    parser.add_argument("--music", action="append", default=[])
    parser.add_argument("--speech", action="append", default=[])
    parser.add_argument("--report")
    arguments = parser.parse_args()
    detectors = {"vad-starter": Detector(Path(arguments.starter) / "model.onnx"), "Silero": Detector(arguments.silero)}
    ami = reference_rows(detectors, arguments.ami, AMI_FILES, "flac", AMI_SECONDS)
    names = ("music", "noise", "silence", "babble", "telephone")
    quiet = nonspeech_rows(detectors, [(name, f"{arguments.nonspeech}/{name}.wav") for name in names])
    quiet.append(["all five", sum(r[1] for r in quiet), *np.mean([r[2:] for r in quiet], 0)])
    music = nonspeech_rows(detectors, [e.split("=", 1) for e in arguments.music])
    speech = speech_rows(detectors, [e.split("=", 1) for e in arguments.speech])
    factor = {name: d.seconds_computed / d.seconds_heard for name, d in detectors.items()}
    lines = ["Meetings (AMI dev00 and dev01), 10 ms frames, percent:", ""]
    lines += table(["recording", "model", "precision", "recall", "F1", "false alarms"], ami)
    lines += ["", "Without speech, percent of 10 ms frames marked:", ""]
    lines += table(["condition", "minutes", *detectors], quiet + music)
    if arguments.spoken:
        rows = reference_rows(detectors, arguments.spoken, SPOKEN_FILES, "wav", SPOKEN_SECONDS)
        lines += ["", "Synthetic conversations with exact labels, percent:", ""]
        lines += table(["condition", "model", "precision", "recall", "F1", "false alarms"], rows)
    if speech:
        lines += ["", "People reading and speaking, no reference, percent of 10 ms frames marked:", ""]
        lines += table(["recording", "level", *detectors, "agreed"], speech)
    lines += ["", "Processor time by duration in this run, Python, one thread: "
              + ", ".join(f"{name} {value:.4f}" for name, value in factor.items()) + "."]
    print("\n".join(lines))
    if arguments.report:
        path = Path(arguments.report)
        before, rest = path.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        path.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
