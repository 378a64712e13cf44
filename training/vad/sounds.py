"""Sounds made by code: noises, music, telephone signals, silence, rooms, channels.

Every generator takes a numpy Generator and a length in samples and returns a float32 waveform at
16 kHz, scaled to about -20 dBFS (silence excepted). Nothing here is recorded.
"""

import numpy as np
from scipy import signal

RATE = 16000
REFERENCE_RMS = 0.1


def normalised(x, rms=REFERENCE_RMS):
    """Scales a waveform to the given root mean square; silence stays silence."""
    level = np.sqrt(np.mean(np.square(x, dtype=np.float64)))
    return (x * (rms / level) if level > 1e-9 else x).astype(np.float32)


def envelope(rng, n, rate_hz, depth):
    """A slow random gain in [1 - depth, 1] that moves about rate_hz times a second."""
    points = max(4, int(n / RATE * rate_hz) + 3)
    curve = np.interp(np.linspace(0, points - 1, n), np.arange(points), rng.random(points))
    return 1 - depth * curve


# --- noises ------------------------------------------------------------------------------------


def coloured(rng, n):
    """Noise whose power falls or rises with frequency, with one or two random bumps."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    f = np.maximum(np.fft.rfftfreq(n, 1 / RATE), 20)
    slope = rng.uniform(-2.2, 0.5)
    gain = f ** (slope / 2)
    for _ in range(rng.integers(0, 3)):
        centre, width = np.exp(rng.uniform(np.log(80), np.log(6000))), rng.uniform(0.1, 0.7)
        gain = gain * (1 + rng.uniform(0, 4) * np.exp(-((np.log(f / centre) / width) ** 2)))
    x = np.fft.irfft(spectrum * gain, n)
    if rng.random() < 0.5:
        x = x * envelope(rng, n, np.exp(rng.uniform(np.log(0.2), np.log(6))), rng.uniform(0.2, 0.95))
    return normalised(x)


def hum(rng, n):
    """Mains hum, fans and engines: a low harmonic series, steady or wandering, over noise."""
    t = np.arange(n) / RATE
    f0 = rng.choice([50, 60, 100, 120, rng.uniform(25, 300)])
    wander = rng.choice([0, rng.uniform(0, 0.3)])
    phase = 2 * np.pi * np.cumsum(f0 * (1 + wander * (envelope(rng, n, 0.7, 1.0) - 0.5))) / RATE
    x = np.zeros(n)
    decay = rng.uniform(0.5, 2)
    for k in range(1, min(30, int(7000 / f0)) + 1):
        x += rng.uniform(0.2, 1) * k**-decay * np.sin(k * phase + rng.uniform(0, 6.28))
    x = normalised(x) + rng.uniform(0, 1) * coloured(rng, n)
    if rng.random() < 0.3:
        x = x * (1 + 0.6 * np.sin(2 * np.pi * rng.uniform(1, 20) * t))
    return normalised(x)


def struck(rng, n):
    """Knocks, keyboards, dishes, doors: decaying resonances at random or regular times."""
    x = np.zeros(n + RATE)
    rate = np.exp(rng.uniform(np.log(0.4), np.log(14)))
    at = 0.0
    regular = rng.random() < 0.3
    base = np.exp(rng.uniform(np.log(80), np.log(5000)))
    while True:
        at += (1 / rate if regular else rng.exponential(1 / rate)) * RATE
        if at >= n:
            break
        m = int(rng.uniform(0.01, 0.4) * RATE)
        t = np.arange(m) / RATE
        hit = rng.standard_normal(m) * np.exp(-t * rng.uniform(60, 400)) * rng.uniform(0.2, 1.5)
        for _ in range(rng.integers(1, 5)):
            f = base * rng.uniform(0.5, 2.5)
            hit += np.sin(2 * np.pi * f * t) * np.exp(-t * rng.uniform(10, 120)) * rng.uniform(0.1, 1)
        x[int(at) : int(at) + m] += hit * rng.uniform(0.2, 1)
    return normalised(x[:n] + 1e-3 * rng.standard_normal(n))


def rain(rng, n):
    """Rain, applause, frying: a dense shower of tiny clicks through a broad resonance."""
    x = (rng.random(n) < rng.uniform(0.001, 0.05)) * rng.standard_normal(n)
    b, a = signal.butter(1, [rng.uniform(200, 1500), rng.uniform(3000, 7500)], "band", fs=RATE)
    return normalised(signal.lfilter(b, a, x) * envelope(rng, n, rng.uniform(0.3, 4), rng.uniform(0, 0.8)))


def chirps(rng, n):
    """Birds, sirens, alarms, beeps: tones that glide, repeat and stop."""
    x = np.zeros(n)
    at = int(rng.uniform(0, 0.5) * RATE)
    low, high = np.sort(np.exp(rng.uniform(np.log(300), np.log(6500), 2)))
    length, gap = rng.uniform(0.05, 1.2), rng.uniform(0.02, 1.5)
    harmonics = rng.integers(1, 5)
    while at < n:
        m = min(int(length * rng.uniform(0.7, 1.3) * RATE) + 1, n - at)
        shape = rng.choice(["rise", "fall", "steady", "siren"])
        sweep = np.linspace(0, 1, m)
        curve = {"rise": sweep, "fall": 1 - sweep, "steady": 0 * sweep, "siren": 0.5 - 0.5 * np.cos(6.28 * 2 * sweep)}
        phase = 2 * np.pi * np.cumsum(low + (high - low) * curve[shape]) / RATE
        tone = sum(np.sin(k * phase) / k for k in range(1, harmonics + 1))
        x[at : at + m] += tone * np.minimum(1, np.minimum(np.arange(m), m - np.arange(m)) / 80)
        at += m + int(gap * rng.uniform(0.5, 1.5) * RATE)
    return normalised(x + rng.uniform(0, 0.02) * rng.standard_normal(n))


NOISES = [coloured, coloured, hum, struck, rain, chirps]


def noise(rng, n):
    """One noise, or two laid over each other."""
    x = NOISES[rng.integers(len(NOISES))](rng, n)
    if rng.random() < 0.4:
        x = x + rng.uniform(0.1, 1) * NOISES[rng.integers(len(NOISES))](rng, n)
    return normalised(x)


# --- music -------------------------------------------------------------------------------------


def _note(rng, timbre, f, seconds):
    n = int(seconds * RATE)
    t = np.arange(n) / RATE
    if timbre == "plucked":
        period = max(2, int(RATE / f))
        burst = np.zeros(n)
        burst[: min(period, n)] = rng.uniform(-1, 1, min(period, n))
        feedback = np.zeros(period + 2)
        feedback[0], feedback[period], feedback[period + 1] = 1, -0.4985, -0.4985
        return signal.lfilter([1], feedback, burst)
    vibrato = 1 + rng.uniform(0, 0.008) * np.sin(2 * np.pi * rng.uniform(4, 7) * t)
    phase = 2 * np.pi * np.cumsum(f * vibrato) / RATE
    harmonics = min(12, int(7500 / f)) + 1
    if timbre == "bell":
        x = np.sin(phase + rng.uniform(1, 4) * np.exp(-3 * t) * np.sin(phase * rng.choice([1.4, 2, 3.5])))
        return x * np.exp(-t * rng.uniform(1, 5))
    if timbre == "organ":
        x = sum(np.sin(k * phase) * w for k, w in zip((1, 2, 3, 4, 6, 8), rng.uniform(0, 1, 6)) if k < harmonics)
    elif timbre == "reed":
        x = sum(np.sin(k * phase) / k**0.8 for k in range(1, harmonics, 2))
    else:  # strings and brass
        x = sum(np.sin(k * phase + rng.uniform(0, 6.28)) / k for k in range(1, harmonics))
        x = x + sum(np.sin(1.003 * k * phase) / k for k in range(1, harmonics))
    attack = rng.uniform(0.005, 0.12) * RATE
    shape = np.minimum(1, np.arange(n) / attack) * np.minimum(1, (n - np.arange(n)) / (0.05 * RATE))
    return np.asarray(x) * shape


def _drums(rng, n, beat):
    x = np.zeros(n + RATE)
    pattern = rng.random((3, 8)) < np.array([[0.35], [0.25], [0.6]])
    m = int(0.25 * RATE)
    t = np.arange(m) / RATE
    kick = np.sin(2 * np.pi * 50 * t + 8 * (1 - np.exp(-30 * t))) * np.exp(-t * 14)
    snare = (rng.standard_normal(m) + np.sin(2 * np.pi * 190 * t)) * np.exp(-t * 22) * 0.5
    hat = np.diff(rng.standard_normal(m + 1)) * np.exp(-t * rng.uniform(40, 90)) * 0.25
    for step in range(int(n / (beat * RATE / 2)) + 1):
        at = int(step * beat * RATE / 2)
        for voice, sound in zip(pattern, (kick, snare, hat)):
            if voice[step % 8] and at < n:
                x[at : at + m] += sound * rng.uniform(0.6, 1)
    return x[:n]


def music(rng, n):
    """A chord sequence with a melody and perhaps drums, in one of many tempi, keys and timbres."""
    beat = rng.uniform(0.25, 0.9)
    key = rng.uniform(110, 220)
    scale = np.array([0, 2, 4, 5, 7, 9, 11] if rng.random() < 0.6 else [0, 2, 3, 5, 7, 8, 10])
    timbres = ["plucked", "bell", "organ", "reed", "strings"]
    chord_timbre, melody_timbre = rng.choice(timbres), rng.choice(timbres)
    roots = rng.integers(0, 7, 4)
    x = np.zeros(n + 6 * RATE)
    with_chords, with_melody, with_drums = rng.random(3) < [0.85, 0.75, 0.55]
    with_chords = with_chords or not (with_melody or with_drums)

    def pitch(degree):
        return key * 2 ** ((scale[degree % 7] + 12 * (degree // 7)) / 12)

    bars = int(n / (4 * beat * RATE)) + 1
    for bar in range(bars):
        root = roots[bar % 4]
        start = bar * 4 * beat
        if with_chords:
            arpeggio = rng.random() < 0.4
            for i, degree in enumerate((root, root + 2, root + 4, root + 7)):
                delay = i * beat if arpeggio else 0
                tone = _note(rng, chord_timbre, pitch(degree), (4 * beat - delay) * rng.uniform(0.6, 1))
                at = int((start + delay) * RATE)
                x[at : at + len(tone)] += 0.5 * tone[: len(x) - at]
        if with_melody:
            when = 0.0
            while when < 4:
                duration = rng.choice([0.5, 0.5, 1, 1, 2])
                if rng.random() < 0.8:
                    f = pitch(int(root + rng.choice([7, 9, 11, 12, 8, 10, 14])))
                    tone = _note(rng, melody_timbre, f, duration * beat)
                    at = int((start + when * beat) * RATE)
                    x[at : at + len(tone)] += 0.7 * tone[: len(x) - at]
                when += duration
    x = x[:n]
    if with_drums:
        x = normalised(x, 0.1) + rng.uniform(0.3, 2) * normalised(_drums(rng, n, beat), 0.1)
    if rng.random() < 0.3:
        x = x + 0.02 * rng.uniform(0, 1) * rng.standard_normal(n) * np.abs(x).max()
    return normalised(x)


# --- telephone ---------------------------------------------------------------------------------

DTMF_LOW, DTMF_HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)


def _tones(frequencies, n):
    t = np.arange(n) / RATE
    return sum(np.sin(2 * np.pi * f * t) for f in frequencies)


def telephone_signal(rng, n):
    """What a line carries when nobody talks: tones, dialling, modems, hiss, clicks, comfort noise."""
    x = np.zeros(n)
    kind = rng.choice(["cadence", "dial", "dtmf", "modem", "line"])
    if kind == "cadence":
        tone = _tones([(440, 480), (480, 620), (425,), (350, 440)][rng.integers(4)], n)
        on, off = [(2, 4), (0.5, 0.5), (1, 4), (0.25, 0.25), (0.4, 0.2)][rng.integers(5)]
        x = tone * ((np.arange(n) / RATE + rng.uniform(0, 6)) % (on + off) < on)
    elif kind == "dial":
        x = _tones([(350, 440), (425,), (440,)][rng.integers(3)], n)
    elif kind == "dtmf":
        on, off = rng.uniform(0.05, 0.3), rng.uniform(0.05, 0.5)
        step = int((on + off) * RATE)
        for at in range(0, n, step):
            m = min(int(on * RATE), n - at)
            if rng.random() < 0.85:
                x[at : at + m] = _tones((rng.choice(DTMF_LOW), rng.choice(DTMF_HIGH)), m)
    elif kind == "modem":
        symbol = int(RATE / rng.choice([75, 300, 600, 1200]))
        low, high = rng.choice([(1070, 1270), (1300, 2100), (2025, 2225), (1200, 2200)])
        bits = np.repeat(rng.random(n // symbol + 1) < 0.5, symbol)[:n]
        x = np.sin(2 * np.pi * np.cumsum(np.where(bits, low, high)) / RATE)
    x = x * rng.uniform(0.2, 1) + rng.uniform(0.001, 0.2) * rng.standard_normal(n)
    if kind == "line" or rng.random() < 0.3:
        x = normalised(x) + rng.uniform(0, 1) * (struck(rng, n) if rng.random() < 0.5 else hum(rng, n))
    return normalised(telephone_band(rng, normalised(x)))


def telephone_band(rng, x):
    """Narrow band (about 300-3400 Hz) and 8-bit mu-law, as a line or a recorder leaves it."""
    low, high = rng.uniform(150, 350), rng.uniform(3000, 3700)
    x = signal.sosfilt(signal.butter(4, [low, high], "band", fs=RATE, output="sos"), x)
    peak = np.abs(x).max() + 1e-9
    if rng.random() < 0.7:
        scale = rng.uniform(0.3, 1) / peak
        companded = np.sign(x) * np.log1p(255 * np.minimum(np.abs(x * scale), 1)) / np.log(256)
        companded = np.round(companded * 127) / 127
        x = np.sign(companded) * (256 ** np.abs(companded) - 1) / 255 / scale
        x = signal.sosfilt(signal.butter(6, 3900, fs=RATE, output="sos"), x)
    return x.astype(np.float32)


# --- silence -----------------------------------------------------------------------------------


def silence(rng, n):
    """Nothing, or nearly: zeros, dither, a faint hiss, a constant offset, a slow drift."""
    kind = rng.integers(5)
    if kind == 0:
        return np.zeros(n, np.float32)
    if kind == 1:
        return (np.round(rng.standard_normal(n) * rng.uniform(0.3, 1.5)) / 32768).astype(np.float32)
    if kind == 2:
        return coloured(rng, n) * np.float32(10 ** rng.uniform(-3, -1.7))
    if kind == 3:
        return np.full(n, rng.uniform(-0.05, 0.05), np.float32) + rng.standard_normal(n).astype(np.float32) * 1e-4
    drift = np.cumsum(rng.standard_normal(n)) * 1e-4
    return signal.sosfilt(signal.butter(2, [1, 40], "band", fs=RATE, output="sos"), drift).astype(np.float32)


# --- rooms and channels ------------------------------------------------------------------------


def room(rng, diffuse=False):
    """A room response: direct sound, some early reflections, a decaying tail.

    A diffuse response has no direct sound, as in the far end of a hall.
    """
    decay_seconds = rng.uniform(0.15, 1.0)
    n = int(min(decay_seconds * 1.1, 0.9) * RATE)
    t = np.arange(n) / RATE
    dull = signal.lfilter(*signal.butter(1, rng.uniform(1500, 6000), fs=RATE), rng.standard_normal(n))
    tail = (0.3 * rng.standard_normal(n) + dull) * 10 ** (-3 * t / decay_seconds)
    tail[: int(rng.uniform(0.002, 0.02) * RATE)] = 0
    early = np.zeros(n)
    for _ in range(rng.integers(3, 12)):
        early[rng.integers(10, min(n, 800))] += rng.uniform(-0.7, 0.7)
    response = tail / np.sqrt(np.sum(tail**2)) * 10 ** (-(-5 if diffuse else rng.uniform(-4, 15)) / 20)
    if not diffuse:
        response += early * rng.uniform(0, 0.6)
        response[0] = 1
    return (response / np.sqrt(np.sum(response**2))).astype(np.float32)


def equalised(rng, x, strength_db=12):
    """A random smooth frequency response."""
    n = len(x)
    octaves = np.linspace(np.log2(50), np.log2(8000), 8)
    gains = rng.uniform(-strength_db, strength_db, 8)
    f = np.log2(np.maximum(np.fft.rfftfreq(n, 1 / RATE), 20))
    return np.fft.irfft(np.fft.rfft(x) * 10 ** (np.interp(f, octaves, gains) / 20), n).astype(np.float32)
