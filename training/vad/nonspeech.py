"""Twenty minutes without speech, to count false marks on: five conditions of four minutes.

usage: nonspeech.py TEXT OUT
Writes OUT/{music,noise,silence,babble,telephone}.wav (16 kHz mono 16-bit), eight pieces of 30 s each,
one continuous stream a condition. Seeds are fixed; the training mixtures use other seeds of the same
generators (see REPORT.md). Pieces lie between -45 and -8 dBFS, silence at its own level.

Babble: sixteen voices of flite and espeak-ng at once, all through a diffuse room response, none nearer than
the others; a listener hears people but can follow nobody.
Telephone: line signals, and music and noise through the telephone band.
"""

import sys
from pathlib import Path

import numpy as np
from scipy import signal
from scipy.io import wavfile

import sounds
from speech import synthesized

PIECE_SECONDS, PIECES = 30, 8
CONDITIONS = ("music", "noise", "silence", "babble", "telephone")
VOICES = 16
FIRST_SENTENCE_SEED = 900_000  # the training pool uses seeds from 0


def babble(rng, n, spoken):
    x = np.zeros(n, np.float32)
    for _ in range(VOICES):
        voice, at = np.zeros(n, np.float32), 0
        while at < n:
            part = sounds.normalised(spoken[rng.integers(len(spoken))])[: n - at]
            voice[at : at + len(part)] = part
            at += len(part) + int(rng.exponential(0.2) * sounds.RATE)
        x += np.roll(voice, rng.integers(n))
    return sounds.normalised(signal.fftconvolve(x, sounds.room(rng, diffuse=True))[:n])


def piece(condition, rng, n, spoken):
    if condition == "silence":
        return sounds.silence(rng, n)
    if condition == "babble":
        x = babble(rng, n, spoken)
    elif condition == "telephone":
        kind = rng.choice(["signal", "signal", "music", "noise"])
        make = {"signal": sounds.telephone_signal, "music": sounds.music, "noise": sounds.noise}[kind]
        x = sounds.telephone_band(rng, make(rng, n))
    else:
        x = getattr(sounds, condition)(rng, n)
        if rng.random() < 0.3:
            x = signal.fftconvolve(x, sounds.room(rng))[:n]
    return sounds.normalised(x, 10 ** (rng.uniform(-45, -8) / 20))


def condition_stream(condition, sentences):
    rng = np.random.default_rng([41, CONDITIONS.index(condition)])
    n, spoken = PIECE_SECONDS * sounds.RATE, []
    if condition == "babble":
        made = (synthesized(FIRST_SENTENCE_SEED + i, sentences)[1] for i in range(80))
        spoken = [x.astype(np.float32) / 32768 for x in made if len(x) > sounds.RATE]
    x = np.concatenate([piece(condition, rng, n, spoken) for _ in range(PIECES)])
    return np.round(np.clip(x, -1, 1) * 32767).astype(np.int16)


def main():
    sentences = [line.strip() for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for condition in CONDITIONS:
        wavfile.write(out / f"{condition}.wav", sounds.RATE, condition_stream(condition, sentences))


if __name__ == "__main__":
    main()
