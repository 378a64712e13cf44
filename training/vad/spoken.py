"""Eight minutes of synthetic conversation with exact labels, in four conditions.

usage: spoken.py TEXT OUT
Writes OUT/{close,far,telephone,noisy}.wav (16 kHz mono 16-bit, two minutes each) and OUT/reference.rttm.
Seeds are fixed and differ from the training pool's; the voices are the same kinds of synthesizer.

close: no room, background 30 dB below. far: a room, 15 dB, -45 dBFS in all. telephone: telephone band
and mu-law, 15 dB. noisy: a room half the time, noise or music 5 dB below. Levels are drawn by seed.
"""

import sys
from pathlib import Path

import numpy as np
from scipy import signal
from scipy.io import wavfile

import sounds
from examples import voiced_mask
from speech import synthesized

SECONDS = 120
FIRST_SENTENCE_SEED = 910_000  # training uses seeds from 0, the babble of nonspeech.py from 900,000
CONDITIONS = {"close": (0.0, 30), "far": (1.0, 15), "telephone": (0.0, 15), "noisy": (0.5, 5)}


def conversation(condition, sentences):
    """(waveform, mask): utterances with pauses of about 1.2 s in pieces of ten seconds of one background."""
    room_share, snr_db = CONDITIONS[condition]
    number = list(CONDITIONS).index(condition)
    rng = np.random.default_rng([47, number])
    n, seed = SECONDS * sounds.RATE, FIRST_SENTENCE_SEED + 1000 * number
    speech, mask, at = np.zeros(n, np.float32), np.zeros(n, bool), sounds.RATE
    while at < n - sounds.RATE:
        _, raw = synthesized(seed, sentences)
        seed += 1
        if len(raw) < sounds.RATE // 5:
            continue
        x = sounds.normalised(raw.astype(np.float32)) * 10 ** (rng.uniform(-6, 0) / 20)
        mask[at : at + len(raw)] |= voiced_mask(raw)[: n - at]
        if rng.random() < room_share:
            x = signal.fftconvolve(x, sounds.room(rng))
        speech[at : at + len(x)] += x[: n - at]
        at += len(raw) + int(rng.exponential(1.2) * sounds.RATE)
    piece = 10 * sounds.RATE
    makers = [sounds.noise, sounds.music] if condition == "noisy" else [sounds.coloured, sounds.hum]
    bed = np.concatenate([makers[i % 2](rng, piece) for i in range(n // piece)])
    loudness = np.sqrt(np.mean(speech[mask] ** 2))
    x = speech + bed * loudness / sounds.REFERENCE_RMS * 10 ** (-snr_db / 20)
    if condition == "telephone":
        x = sounds.telephone_band(rng, x)
    level_db = -45 if condition == "far" else rng.uniform(-35, -15)
    return sounds.normalised(x, 10 ** (level_db / 20)), mask


def main():
    sentences = [line.strip() for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "reference.rttm", "w", encoding="utf-8") as reference:
        for condition in CONDITIONS:
            x, mask = conversation(condition, sentences)
            wavfile.write(out / f"{condition}.wav", sounds.RATE, np.round(np.clip(x, -1, 1) * 32767).astype(np.int16))
            edges = np.flatnonzero(np.diff(np.concatenate([[0], mask, [0]]))) / sounds.RATE
            for start, end in zip(edges[::2], edges[1::2]):
                reference.write(f"SPEAKER {condition} 1 {start:.3f} {end - start:.3f} <NA> <NA> voice <NA> <NA>\n")


if __name__ == "__main__":
    main()
