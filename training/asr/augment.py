"""Augmentation on log-mel spectrograms: cheap enough that both cores stay with the network.

Everything acts on power per band: noise adds, a room smears along time, a microphone or telephone scales bands, a longer vocal tract warps them.
"""

import numpy as np
import scipy.signal

from . import frontend

_CENTRES = frontend.band_edges()[1:-1]
# Independent values that a band's power is the mean of: its width over the resolution of a 25 ms window, about 60 Hz.
_FREEDOM = np.maximum(1.0, (frontend.band_edges()[2:] - frontend.band_edges()[:-2]) / 2 / 60).astype(np.float32)


def _noise_floor():
    """A minute of white noise as the front end sees it: its power fluctuates per band as real noise does."""
    generator = np.random.default_rng(1)
    mel = frontend.log_mel(generator.standard_normal(60 * frontend.SAMPLE_RATE).astype(np.float32)).T.numpy()
    return (mel - np.log(np.exp(mel).mean(0))).astype(np.float32)


class Augmenter:
    """Draws one augmentation per call; strength in [0, 1] grows over the training."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.white = _noise_floor()

    def warp(self, mel, times):
        """Speed 0.85–1.18 and formants 0.87–1.15, each on its own or both together as resampling does; phones of uneven length and loudness, since people are less regular than synthesizers."""
        random = self.random
        speed = random.uniform(0.85, 1.18) if random.random() < 0.8 else 1.0
        formant = speed if random.random() < 0.4 else (random.uniform(0.87, 1.15) if random.random() < 0.7 else 1.0)
        edges = np.unique([0.0, len(mel) / 100] + [at for _, start, end in times for at in (start, end) if 0 < at < len(mel) / 100])
        stretch = np.full(len(edges) - 1, 1 / speed)
        if random.random() < 0.6:
            stretch = stretch * np.exp(np.clip(random.normal(0, random.uniform(0.05, 0.35), len(stretch)), -0.6, 0.6))
        if random.random() < 0.5:
            middles = (edges[1:] + edges[:-1]) / 2
            loudness = np.interp(np.arange(len(mel)) / 100, middles, random.normal(0, random.uniform(0.5, 3.5), len(middles)) * (np.log(10) / 10))
            mel = mel + loudness[:, None].astype(np.float32)
        if not np.all(stretch == 1.0):
            moved = np.concatenate([[0.0], np.cumsum(np.diff(edges) * stretch)])
            at = np.interp(np.arange(max(20, int(moved[-1] * 100))), moved * 100, edges * 100)
            low = np.minimum(at.astype(int), len(mel) - 2)
            part = np.minimum(at - low, 1.0)[:, None].astype(np.float32)
            mel = mel[low] * (1 - part) + mel[low + 1] * part
            times = [(token, *np.interp([start, end], edges, moved)) for token, start, end in times]
        if random.random() < 0.3:
            share = np.float32(random.uniform(0, 0.25))
            mel = np.concatenate([mel[:1], (1 - 2 * share) * mel[1:-1] + share * (mel[:-2] + mel[2:]), mel[-1:]])
        if formant != 1.0:
            at = np.interp(_CENTRES / formant, _CENTRES, np.arange(len(_CENTRES)))
            low = np.minimum(at.astype(int), len(_CENTRES) - 2)
            part = (at - low)[None].astype(np.float32)
            mel = mel[:, low] * (1 - part) + mel[:, low + 1] * part
        return mel, times

    def curve(self, spread_db, knots):
        """A smooth random curve over the bands, natural log of power."""
        at = np.linspace(0, len(_CENTRES) - 1, knots)
        return np.interp(np.arange(len(_CENTRES)), at, self.random.normal(0, spread_db, knots)).astype(np.float32) * (np.log(10) / 10)

    def coloured(self, frames):
        """Power of stationary or slowly swelling coloured noise, mean about one.

        The exponent is that of the spectrum after pre-emphasis, which adds two: 2 is white, 1 pink, 0 brown noise, less a rumble.
        """
        random = self.random
        start = random.integers(0, len(self.white))
        rows = np.arange(start, start + frames) % len(self.white)
        slope = random.uniform(-1.0, 2.0) * np.log(np.maximum(_CENTRES, 60) / 500)
        shape = slope + self.curve(random.uniform(0, 6), int(random.integers(4, 16)))
        noise = self.white[rows] + shape.astype(np.float32)
        if random.random() < 0.4:
            noise = noise + np.interp(np.arange(frames), np.arange(0, frames + 60, 60), random.normal(0, 1.0, len(np.arange(0, frames + 60, 60)))).astype(np.float32)[:, None]
        power = np.exp(noise)
        return power / power.mean()

    def add(self, one, other):
        """Power of the sum of two sounds: in every band they meet in random phase, which adds to or takes from the sum of their powers."""
        phase = self.random.standard_normal(one.shape, dtype=np.float32) / np.sqrt(2 * _FREEDOM)
        return one + other + 2 * np.sqrt(one * other) * np.clip(phase, -0.98, 0.98)

    def room(self, power):
        """Direct sound plus a tail that decays exponentially and flickers, since many reflections meet in random phase."""
        random = self.random
        seconds, ratio_db = random.uniform(0.15, 0.9), random.uniform(-3, 12)
        decay = 10 ** (-6 / (seconds * 100))
        tail = scipy.signal.lfilter([0.0, 1 - decay], [1.0, -decay], power, axis=0)
        flicker = random.standard_gamma(_FREEDOM, power.shape, dtype=np.float32) / _FREEDOM
        return self.add(power, (tail * 10 ** (-ratio_db / 10)).astype(np.float32) * flicker)

    def apply(self, mel, times, strength, babble):
        """Augmented log-mel (before normalisation), the same before noise, room and channel, and phone times; babble() gives the power of another utterance."""
        random = self.random
        mel, times = self.warp(mel, times)
        lead, trail = (int(random.exponential(25)) if random.random() < 0.7 else 0 for _ in range(2))
        lead, trail = min(lead, 150), min(trail, 150)
        if lead or trail:
            quiet = np.minimum(mel[:8].min(0), mel[-8:].min(0)) if random.random() < 0.7 else np.full(mel.shape[1], np.log(frontend.LOG_OFFSET), np.float32)
            mel = np.concatenate([np.tile(quiet, (lead, 1)), mel, np.tile(quiet, (trail, 1))]).astype(np.float32)
            times = [(token, start + lead / 100, end + lead / 100) for token, start, end in times]
        clean = mel
        if random.random() < 0.12:
            return mel, clean, times
        mel = mel + random.uniform(-6, 1)
        if random.random() < 0.6:
            mel = mel + self.curve(random.uniform(0, 5), int(random.integers(4, 12)))
        power = np.exp(mel)
        if random.random() < 0.25 + 0.3 * strength:
            power = self.room(power)
        loud = power.mean(1)
        level = loud[loud > loud.max() * 1e-3].mean()
        if random.random() < 0.3 + 0.5 * strength:
            snr_db = random.uniform(-2, 12) if random.random() < 0.6 * strength else random.uniform(15 - 18 * strength, 35 - 13 * strength)
            kind = random.random()
            if kind < 0.6:
                noise = self.coloured(len(power))
            else:
                noise = np.zeros_like(power)
                for _ in range(int(random.integers(1, 7))):
                    other = babble()
                    noise += other[(np.arange(len(power)) + random.integers(0, len(other))) % len(other)]
                noise /= noise.mean() + 1e-12
                snr_db += 4
            power = self.add(power, (noise * (level * 10 ** (-snr_db / 10))).astype(np.float32))
        if random.random() < 0.2:
            low, high = random.uniform(100, 400), random.uniform(3000, 4200)
            gate = -np.minimum(9, np.maximum(0, np.log(low / _CENTRES)) * 6 + np.maximum(0, np.log(_CENTRES / high)) * 25)
            power = power * np.exp(gate).astype(np.float32)
        floor_db = random.uniform(25, 75)
        power = power + self.coloured(len(power)) * level * 10 ** (-floor_db / 10)
        return np.log(power + frontend.LOG_OFFSET).astype(np.float32), clean, times

    def mask(self, features, strength):
        """SpecAugment on normalised features, in place."""
        random, (frames, bands) = self.random, features.shape
        for _ in range(2):
            width = int(random.integers(0, 6 + int(14 * strength)))
            start = int(random.integers(0, bands - width))
            features[:, start:start + width] = 0
        for _ in range(1 + int(frames / 250 * strength)):
            width = int(random.integers(0, 8 + int(14 * strength)))
            start = int(random.integers(0, max(1, frames - width)))
            features[start:start + width] = 0
        return features
