"""Training examples: 16 s mixtures with labels per 32 ms window, written as shards of features.

usage: examples.py --pool DIR --unpacked DIR --ami DIR --silero FILE --out DIR --shards A:B

What counts as speech: a voice or several that a listener could follow. Babble - ten or more voices
at once, all through a diffuse room, none nearer than the others - is background and labelled as
non-speech, like music, noise and telephone signals.

Each shard depends on its number alone (and on the pool), so any set of processes makes the same data.
"""

import argparse
import glob
import json
from pathlib import Path

import numpy as np
import onnxruntime
import soundfile
import torch
from scipy import signal

import sounds
from net import CONTEXT, RATE, WINDOW, Starter
from speech import decoded

STEPS = 500
LENGTH = STEPS * WINDOW
PER_SHARD = 64
SPEECH, AMI, BACKGROUND = 0, 1, 2
HELD_OUT_MUSIC = "reno_project-system"  # for the report only
VOICE_LIKE = ("voxy", "robot", "choir", "burp", "phone")


def turns(rttm):
    """Reads an RTTM file: recording name to list of (start, end) in seconds."""
    found = {}
    for line in open(rttm, encoding="utf-8"):
        fields = line.split()
        start = float(fields[3])
        found.setdefault(fields[1], []).append((start, start + float(fields[4])))
    return found


def voiced_mask(samples):
    """True where a clean utterance speaks: energy within 38 dB of its loudest part, short pauses filled."""
    hop = RATE // 100
    frames = samples[: len(samples) // hop * hop].astype(np.float32).reshape(-1, hop)
    level = 10 * np.log10(np.mean(frames**2, 1) + 1)
    active = level > max(np.percentile(level, 97) - 38, 6)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], active, [0]])))
    starts, ends = edges[::2], edges[1::2]
    mask = np.zeros(len(frames), bool)
    previous_end = None
    for start, end in zip(starts, ends):
        if previous_end is not None and start - previous_end < 30:
            mask[previous_end:start] = True
        mask[start:end] = True
        previous_end = end
    full = np.zeros(len(samples), bool)
    full[: len(mask) * hop] = np.repeat(mask, hop)
    return full


class Teacher:
    """Silero VAD over a batch of waveforms."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options)

    def __call__(self, x):
        batch = len(x)
        state, context, rows = np.zeros((2, batch, 128), np.float32), np.zeros((batch, CONTEXT), np.float32), []
        for at in range(0, x.shape[1], WINDOW):
            new = x[:, at : at + WINDOW]
            inputs = {"input": np.concatenate([context, new], 1), "state": state, "sr": np.array(RATE, np.int64)}
            output, state = self.session.run(None, inputs)
            context = new[:, -CONTEXT:]
            rows.append(output[:, 0])
        return np.stack(rows, 1)


class Material:
    """Everything recorded that mixtures draw from."""

    def __init__(self, pool, unpacked, ami, silero):
        self.teacher = Teacher(silero)
        self.speech = np.load(f"{pool}/speech.npy", mmap_mode="r")
        self.index = json.load(open(f"{pool}/speech.json"))
        self.synthetic = [i for i, e in enumerate(self.index) if not e[2].startswith("asterisk")]
        self.read = [i for i, e in enumerate(self.index) if e[2].startswith("asterisk")]
        self.music, self.samples, self.meetings, self.rooms = [], [], [], []
        for path in sorted(glob.glob(f"{unpacked}/usr/share/asterisk/moh/*.g722")):
            if HELD_OUT_MUSIC not in path:
                self.music.append(decoded(path, "-f", "g722").astype(np.float32) / 32768)
        for path in sorted(glob.glob(f"{unpacked}/usr/share/sonic-pi/samples/**/*.flac", recursive=True)):
            if not any(word in path for word in VOICE_LIKE):
                self.samples.append(decoded(path).astype(np.float32) / 32768)
        reference = turns(f"{ami}/reference.rttm")
        for path in sorted(glob.glob(f"{ami}/trn*.flac")):
            name = Path(path).stem
            x, rate = soundfile.read(path, dtype="float32")
            assert rate == RATE, f"expected {RATE} Hz, found {rate}: {path}"
            x = x[: 30 * RATE]
            mask = np.zeros(len(x), bool)
            for start, end in reference[name]:
                mask[int(start * RATE) : int(end * RATE)] = True
            self.meetings.append((x, mask))
            self._keep_room_sound(x, mask)

    def _keep_room_sound(self, x, mask):
        """Stretches of a meeting in which neither people nor Silero hear speech: beds for mixtures."""
        whole = len(x) // WINDOW
        heard = np.repeat(self.teacher(x[None, : whole * WINDOW])[0] > 0.15, WINDOW)
        busy = mask[: len(heard)] | heard
        busy = np.convolve(busy, np.ones(RATE // 4), "same") > 0
        edges = np.flatnonzero(np.diff(np.concatenate([[1], busy, [1]])))
        for start, end in zip(edges[::2], edges[1::2]):
            if end - start > RATE // 2:
                self.rooms.append(x[start:end])

    def utterance(self, rng):
        """(samples, mask) of one utterance, resampled by up to 18 % either way."""
        group = self.read if rng.random() < 0.45 and self.read else self.synthetic
        start, length, _ = self.index[group[rng.integers(len(group))]]
        raw = np.asarray(self.speech[start : start + length])
        mask = voiced_mask(raw)
        x, factor = raw.astype(np.float32) / 32768, rng.uniform(0.85, 1.18)
        at = np.arange(0, len(x) - 1, factor)
        return np.interp(at, np.arange(len(x)), x).astype(np.float32), mask[at.astype(int)]


def cut(rng, x, n):
    """n samples out of x from a random place, repeated if x is short."""
    if len(x) < n:
        x = np.tile(x, n // len(x) + 1)
    start = rng.integers(0, len(x) - n + 1)
    return x[start : start + n]


def room_bed(rng, material, n):
    """Room sound of real meetings, joined with soft seams to n samples."""
    fade = 400
    out = np.zeros(n + 10 * RATE, np.float32)
    at = 0
    while at < n:
        piece = material.rooms[rng.integers(len(material.rooms))][: 8 * RATE].copy()
        piece = piece[::-1] if rng.random() < 0.5 else piece
        ramp = np.minimum(1, np.minimum(np.arange(len(piece)) + 1, len(piece) - np.arange(len(piece))) / fade)
        out[at : at + len(piece)] += sounds.normalised(piece) * ramp
        at += len(piece) - fade
    return sounds.normalised(out[:n])


def babble(rng, material, n, diffuse=True):
    """Ten to twenty-four voices at once from the far end of a hall: nobody can be followed."""
    x = np.zeros(n, np.float32)
    for _ in range(rng.integers(10, 25)):
        voice, at = np.zeros(n, np.float32), 0
        while at < n:
            spoken, _ = material.utterance(rng)
            spoken = sounds.normalised(spoken)[: n - at]
            voice[at : at + len(spoken)] = spoken
            at += len(spoken) + int(rng.exponential(0.2) * RATE)
        x += np.roll(voice, rng.integers(n)) * rng.uniform(0.6, 1)
    response = sounds.room(rng, diffuse)
    return sounds.normalised(signal.fftconvolve(x, response)[:n])


def sampled(rng, material, n):
    """Drum loops, effects and ambience of the sample collection, at random times."""
    x = np.zeros(n, np.float32)
    for _ in range(rng.integers(1, 12)):
        piece = material.samples[rng.integers(len(material.samples))]
        repeats = rng.integers(1, 5)
        at = int(rng.integers(0, n))
        for _ in range(repeats):
            part = piece[: n - at] if at < n else piece[:0]
            x[at : at + len(part)] += part * rng.uniform(0.3, 1)
            at += max(len(piece), 800)
    return sounds.normalised(x + 1e-5 * rng.standard_normal(n).astype(np.float32))


def background(rng, material, n):
    """A background of any kind, n samples at about -20 dBFS (silence keeps its own level)."""
    kind = rng.choice(["noise", "music", "recorded music", "samples", "telephone", "babble", "room", "silence"],
                      p=[0.30, 0.17, 0.08, 0.10, 0.11, 0.08, 0.10, 0.06])
    if kind == "noise":
        x = sounds.noise(rng, n)
    elif kind == "music":
        x = sounds.music(rng, n)
    elif kind == "recorded music":
        x = sounds.normalised(cut(rng, material.music[rng.integers(len(material.music))], n))
    elif kind == "samples":
        x = sampled(rng, material, n)
    elif kind == "telephone":
        x = sounds.telephone_signal(rng, n)
    elif kind == "babble":
        x = babble(rng, material, n)
    elif kind == "room":
        x = room_bed(rng, material, n)
    else:
        return sounds.silence(rng, n)
    if rng.random() < 0.3:
        x = sounds.normalised(signal.fftconvolve(x, sounds.room(rng))[:n])
    if rng.random() < 0.15:
        x = sounds.normalised(sounds.telephone_band(rng, x))
    return x


def finish(rng, x, loudest_rms=None):
    """Clipping, telephone band, a final level between -60 and -8 dBFS, 16-bit rounding."""
    if rng.random() < 0.2:
        x = sounds.telephone_band(rng, x)
    if rng.random() < 0.3:
        x = sounds.equalised(rng, x)
    level = 10 ** (rng.uniform(-55, -10) / 20)
    x = sounds.normalised(x, level)
    if rng.random() < 0.08:
        limit = np.abs(x).max() * rng.uniform(0.2, 0.7)
        x = np.clip(x, -limit, limit)
    return (np.round(np.clip(x, -1, 1) * 32767) / 32768).astype(np.float32)


def conversation(rng, material):
    """One to four people talking in one room, with pauses and overlaps, over a background."""
    speech, mask = np.zeros(LENGTH + RATE * 2, np.float32), np.zeros(LENGTH, bool)
    far = rng.random() < 0.65
    people = rng.integers(1, 5)
    responses = [sounds.room(rng) if far else None for _ in range(people)]
    gains = 10 ** (rng.uniform(-9, 3, people) / 20)
    pause = rng.choice([0.3, 1.0, 3.0])
    at = int(rng.exponential(pause) * RATE)
    while at < LENGTH:
        person = rng.integers(people)
        x, spoken = material.utterance(rng)
        x = sounds.normalised(x) * gains[person]
        if responses[person] is not None:
            x = signal.fftconvolve(x, responses[person])[: len(x) + RATE // 4]
        room_left = len(speech) - at
        speech[at : at + len(x)] += x[:room_left]
        mask[at : at + len(spoken)] |= spoken[: max(LENGTH - at, 0)]
        overlap = rng.random() < 0.15
        at += int(len(spoken) * rng.uniform(0.3, 0.9)) if overlap else len(spoken) + int(rng.exponential(pause) * RATE)
    speech = speech[:LENGTH]
    spoken_rms = np.sqrt(np.mean(speech[mask] ** 2)) if mask.any() else sounds.REFERENCE_RMS
    snr_db = rng.uniform(0, 35) if rng.random() < 0.85 else 60
    bed = room_bed(rng, material, LENGTH) if far and rng.random() < 0.4 else background(rng, material, LENGTH)
    x = speech + bed * (spoken_rms / sounds.REFERENCE_RMS) * 10 ** (-snr_db / 20)
    return finish(rng, x.astype(np.float32)), mask, 0


def meeting(rng, material):
    """A stretch of a real meeting, changed in speed, tone, level, and with something laid over it."""
    number = rng.integers(len(material.meetings))
    x, mask = material.meetings[number]
    sources = 1 << number
    factor = rng.uniform(0.88, 1.13)
    need = int(LENGTH * factor) + 2
    start = rng.integers(0, len(x) - need + 1)
    at = start + np.arange(LENGTH) * factor
    part, spoken = np.interp(at, np.arange(len(x)), x), mask[at.astype(int)].copy()
    if rng.random() < 0.25:
        number = rng.integers(len(material.meetings))
        other, other_mask = material.meetings[number]
        sources |= 1 << number
        shift = rng.integers(0, len(other) - LENGTH + 1)
        part = part + other[shift : shift + LENGTH] * rng.uniform(0.3, 1)
        spoken |= other_mask[shift : shift + LENGTH]
    part = sounds.normalised(part.astype(np.float32))
    if rng.random() < 0.4:
        part = sounds.equalised(rng, part, 9)
    if rng.random() < 0.5:
        part = part + background(rng, material, LENGTH) * 10 ** (-rng.uniform(6, 30) / 20)
    return finish(rng, part.astype(np.float32)), spoken, sources


def nothing_said(rng, material):
    """One to four backgrounds one after the other, with jumps of level between them."""
    edges = np.sort(rng.integers(0, LENGTH, rng.integers(0, 4)))
    x = np.zeros(LENGTH, np.float32)
    for start, end in zip(np.concatenate([[0], edges]), np.concatenate([edges, [LENGTH]])):
        if end > start:
            x[start:end] = background(rng, material, max(int(end - start), RATE))[: end - start]
            x[start:end] *= 10 ** (rng.uniform(-20, 0) / 20)
    if np.sqrt(np.mean(x**2)) < 3e-3:  # near silence keeps its level
        return (np.round(np.clip(x, -1, 1) * 32767) / 32768).astype(np.float32), np.zeros(LENGTH, bool), 0
    return finish(rng, x), np.zeros(LENGTH, bool), 0


KINDS = {SPEECH: conversation, AMI: meeting, BACKGROUND: nothing_said}


def shard(number, material, net):
    """64 examples; `sources` has bit i set where the i-th AMI training file was used."""
    rng = np.random.default_rng([29, number])
    kinds = rng.choice([SPEECH, AMI, BACKGROUND], PER_SHARD, p=[0.46, 0.22, 0.32])
    made = [KINDS[kind](rng, material) for kind in kinds]
    x = np.stack([m[0] for m in made])
    labels = np.stack([m[1].reshape(STEPS, WINDOW).mean(1) for m in made])
    with torch.no_grad():
        features = net.stream_features(torch.from_numpy(x)).numpy()
    return {"features": features.astype(np.float16), "labels": labels.astype(np.float16),
            "teacher": material.teacher(x).astype(np.float16), "kinds": kinds.astype(np.uint8),
            "sources": np.array([m[2] for m in made], np.uint16)}


def main():
    parser = argparse.ArgumentParser()
    for name in ("pool", "unpacked", "ami", "silero", "out", "shards"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    material = Material(arguments.pool, arguments.unpacked, arguments.ami, arguments.silero)
    out, net = Path(arguments.out), Starter()
    out.mkdir(parents=True, exist_ok=True)
    first, last = map(int, arguments.shards.split(":"))
    for number in range(first, last):
        path = out / f"{number:04d}.npz"
        if not path.exists():
            np.savez(out / f"part-{number}.npz", **shard(number, material, net))
            (out / f"part-{number}.npz").rename(path)


if __name__ == "__main__":
    main()
