"""Evaluate a model folder: word error rate per condition, int8 against fp32, graph against PyTorch, real recordings.

    python evaluate.py asr MODEL_FOLDER --sets FOLDER [--fp32 GRAPH] [--audio FOLDER] [--limit N] [--report FILE]

Words are compared after `asr.text.normalize`: lower case, letters and inner apostrophes only, hyphens part words; nothing else is forgiven (no
synonyms, no spelling variants). The synthetic sets are made once from their seed and kept in --sets:

    dev        the development sentences in voices of training, clean (weights are tuned here)
    dev-noisy  the same, spoiled as in noisy (checkpoints are chosen on these two)
    clean      300 test sentences in voices of training
    noisy      the same recordings in a small room with pink noise or babble at 10 dB
    heldout    the first 100 test sentences in the voices that training never heard
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import time

import numpy as np
import onnxruntime
import soundfile

from asr import decoder, distort, frontend, text, voices

HUMAN = {
    "jfk.flac": "and so my fellow americans ask not what your country can do for you ask what you can do for your country",
    "libri-1272-141231-0002.wav": "the cut on his chest still dripping blood the ache of his overstrained eyes even the soaring arena around him with the thousands of spectators "
    "were trivialities not worth thinking about",
}
SET_SEED = 20260102


def edit_counts(reference, hypothesis):
    """(substitutions, deletions, insertions) of a best alignment of two lists."""
    row = [(j, 0, 0, j) for j in range(len(hypothesis) + 1)]
    for i, expected in enumerate(reference, 1):
        previous, row = row, [(i, 0, i, 0)]
        for j, got in enumerate(hypothesis, 1):
            best = previous[j - 1] if expected == got else tuple(x + y for x, y in zip(previous[j - 1], (1, 1, 0, 0)))
            row.append(min(best, tuple(x + y for x, y in zip(previous[j], (1, 0, 1, 0))), tuple(x + y for x, y in zip(row[-1], (1, 0, 0, 1)))))
    return row[-1][1:]


def read_audio(path):
    """16 kHz mono samples of a recording; ffmpeg brings other rates to 16 kHz."""
    decoded = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ac", "1", "-ar", "16000", "-f", "f32le", "-"], capture_output=True, check=True).stdout
    return np.frombuffer(decoded, dtype="<f4")


def make_noisy(folder, name, source_set, index):
    """Entries of a set whose recordings are those of another one in a small room with pink noise, or babble for every third, at 10 dB."""
    made = []
    for number, (file, source, voice, reference) in enumerate(index[source_set]):
        draw = random.Random(f"{SET_SEED}-{name}-{number}")
        samples = soundfile.read(folder / file, dtype="float32")[0]
        wet = distort.reverberate(samples, distort.room_response(draw, draw.uniform(0.2, 0.5), draw.uniform(3, 9)))
        if number % 3 == 2:
            others = [soundfile.read(folder / draw.choice(index["dev"])[0], dtype="float32")[0] for _ in range(4)]
            noise = sum(np.resize(other / other.std(), len(wet)) for other in others)
        else:
            noise = distort.coloured_noise(len(wet), draw, 1.0)
        spoiled = distort.add_noise(wet, noise, 10.0)
        path = file.replace(source_set, name)
        soundfile.write(folder / path, spoiled * (0.5 / np.abs(spoiled).max()), frontend.SAMPLE_RATE)
        made.append((path, source, voice, reference))
    return made


def make_sets(folder):
    """{set: [(name, samples path, source, voice, reference)]}; recordings are made where they are missing."""
    index_path = folder / "index.json"
    if not index_path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        parts, index = text.splits(), {}
        for name, sentences in (("dev", parts["dev"]), ("clean", parts["test"]), ("heldout", parts["test"][:100])):
            index[name] = []
            for number, (source, sentence) in enumerate(sentences):
                draw, spoken = random.Random(f"{SET_SEED}-{name}-{number}"), None
                while not spoken:
                    voice = voices.HELD_OUT[number % len(voices.HELD_OUT)] if name == "heldout" else voices.draw_voice(draw)
                    spoken = voices.speak(voice, sentence, draw)
                path = folder / f"{name}-{number:03d}.wav"
                soundfile.write(path, spoken[0], frontend.SAMPLE_RATE)
                index[name].append((path.name, source, voice, text.normalize(sentence)))
        index["noisy"], index["dev-noisy"] = make_noisy(folder, "noisy", "clean", index), make_noisy(folder, "dev-noisy", "dev", index)
        index_path.write_text(json.dumps(index, indent=1), encoding="utf-8")
    return json.loads(index_path.read_text(encoding="utf-8"))


class Recognizer:
    """A graph by onnxruntime with the decoder of a model folder."""

    def __init__(self, folder, graph=None, threads=1, **overrides):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(graph or folder / "model.int8.onnx"), options, providers=["CPUExecutionProvider"])
        self.decoder = decoder.Decoder.of_model(folder, **overrides)

    def log_probabilities(self, samples):
        return self.log_probabilities_of(frontend.features(samples).numpy())

    def log_probabilities_of(self, features):
        """Steps × tokens for the features of one window, bands × frames."""
        return self.session.run(None, {"audio_signal": features[None], "length": np.array([features.shape[1]])})[0][0]

    def words(self, log_probabilities):
        return [word for word, _, _ in self.decoder.decode(log_probabilities)[0]]


class Tally:
    def __init__(self):
        self.words = self.errors = self.substitutions = self.deletions = self.insertions = 0

    def add(self, reference, hypothesis):
        substitutions, deletions, insertions = edit_counts(reference, hypothesis)
        self.words += len(reference)
        self.substitutions += substitutions
        self.deletions += deletions
        self.insertions += insertions
        self.errors += substitutions + deletions + insertions
        return substitutions + deletions + insertions

    def rate(self):
        return 100.0 * self.errors / max(1, self.words)

    def row(self, name, count):
        return f"| {name} | {count} | {self.words} | {self.rate():.1f} | {self.substitutions} | {self.deletions} | {self.insertions} |"


def run_set(recognizer, folder, entries, verbose=False):
    """Tallies: the whole set, and per source and engine; seconds of audio, of the graph and of the decoder."""
    whole, parts, clock = Tally(), {}, np.zeros(3)
    for file, source, voice, reference in entries:
        samples = soundfile.read(folder / file, dtype="float32")[0]
        begin = time.process_time()
        log_probabilities = recognizer.log_probabilities(samples)
        middle = time.process_time()
        words = recognizer.words(log_probabilities)
        clock += len(samples) / frontend.SAMPLE_RATE, middle - begin, time.process_time() - middle
        wrong = whole.add(reference.split(), words)
        engine = voice.split(":")[0] if voice not in voices.HELD_OUT else voice
        for part in (f"text {source}", f"voice {engine}"):
            parts.setdefault(part, [Tally(), 0])
            parts[part][0].add(reference.split(), words)
            parts[part][1] += 1
        if verbose and wrong:
            print(f"  {file} {voice}\n    {reference}\n    {' '.join(words)}", flush=True)
    return whole, parts, clock


def transcript_beside(folder, file):
    """A reference that lies beside a recording as .txt, or the one known here."""
    beside = (folder / file).with_suffix(".txt")
    return text.normalize(beside.read_text(encoding="utf-8")) if beside.exists() else HUMAN.get(file)


def evaluate_asr(options):
    lines = []

    def say(line=""):
        lines.append(line)
        print(line, flush=True)

    overrides = json.loads(options.decoder)
    recognizer, sets = Recognizer(options.model, options.graph, **overrides), make_sets(options.sets)
    header = "| set | clips | words | WER % | substitutions | deletions | insertions |\n|---|---|---|---|---|---|---|"
    say(header)
    details, clocks = [], np.zeros(3)
    for name in options.only:
        entries = sets[name][:options.limit]
        whole, parts, clock = run_set(recognizer, options.sets, entries, options.verbose)
        clocks += clock
        say(whole.row(name, len(entries)))
        details += [tally.row(f"{name}, {part}", count) for part, (tally, count) in sorted(parts.items())]
        if options.fp32:
            say(run_set(Recognizer(options.model, options.fp32, **overrides), options.sets, entries)[0].row(f"{name}, fp32 graph", len(entries)))
    say()
    say("Per kind of text and voice:\n\n" + header)
    for row in details:
        say(row)
    say(f"\nProcessor time per second of audio, one thread: graph {clocks[1] / clocks[0]:.4f}, reference decoder in Python {clocks[2] / clocks[0]:.4f}.")
    if options.audio:
        say("\n| human recording | WER % | heard |\n|---|---|---|")
        for file in sorted(HUMAN):
            if (options.audio / file).exists():
                words, reference = recognizer.words(recognizer.log_probabilities(read_audio(options.audio / file))), transcript_beside(options.audio, file)
                tally = Tally()
                tally.add((reference or "").split(), words)
                say(f"| {file} | {f'{tally.rate():.0f}' if reference else 'no reference'} | {' '.join(words)} |")
    if options.report:
        options.report.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["asr"])
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--sets", type=pathlib.Path, required=True)
    parser.add_argument("--graph", type=pathlib.Path, help="a graph instead of the folder's")
    parser.add_argument("--fp32", type=pathlib.Path, help="also evaluate this graph, to see what int8 costs")
    parser.add_argument("--audio", type=pathlib.Path, help="a folder of human recordings")
    parser.add_argument("--only", nargs="+", default=["clean", "noisy", "heldout"])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--decoder", default="{}", help="JSON that overrides decoder settings")
    parser.add_argument("--report", type=pathlib.Path)
    parser.add_argument("--verbose", action="store_true")
    evaluate_asr(parser.parse_args())


if __name__ == "__main__":
    main()
