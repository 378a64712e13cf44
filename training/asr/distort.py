"""What happens to a waveform before it becomes features: clipping, codecs, rooms, noise. Used for a share of the training speech and by the evaluation."""

import subprocess

import numpy as np
import scipy.signal

from .frontend import SAMPLE_RATE

_CODECS = (["-c:a", "libopus", "-b:a", "8k", "-f", "ogg"], ["-c:a", "libopus", "-b:a", "16k", "-f", "ogg"], ["-ar", "8000", "-c:a", "libgsm", "-f", "gsm"],
           ["-ar", "8000", "-c:a", "pcm_mulaw", "-f", "wav"], ["-ar", "8000", "-c:a", "adpcm_ima_wav", "-f", "wav"])


def codec(samples, draw):
    """A round trip through a telephone or voice codec by ffmpeg; the input where the codec is missing."""
    arguments = draw.choice(_CODECS)
    raw = ["-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "1"]
    quiet = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1"]
    encoded = subprocess.run(quiet + raw + ["-i", "-", *arguments, "-"], input=(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes(), capture_output=True).stdout
    container = ["-f", "gsm"] if "gsm" in arguments else []
    decoded = subprocess.run(quiet + container + ["-i", "-", *raw, "-"], input=encoded, capture_output=True).stdout
    result = np.frombuffer(decoded, dtype="<i2").astype(np.float32) / 32768
    if len(result) < 0.9 * len(samples):
        return samples
    return np.pad(result, (0, max(0, len(samples) - len(result))))[:len(samples)]


def room_response(draw, reverberation_seconds, direct_to_reverberant_db):
    """A small room: the direct sound, a few early reflections, and a tail that decays exponentially, darker as it decays."""
    generator = np.random.default_rng(draw.getrandbits(32))
    length = int(SAMPLE_RATE * reverberation_seconds)
    time = np.arange(length) / SAMPLE_RATE
    tail = generator.standard_normal(length) * np.exp(-6.9 * time / reverberation_seconds)
    dark = scipy.signal.lfilter([0.4], [1, -0.6], tail)
    tail = tail * np.exp(-time / 0.1) + dark * (1 - np.exp(-time / 0.1))
    tail[:int(0.004 * SAMPLE_RATE)] = 0
    for _ in range(6):
        tail[draw.randint(int(0.002 * SAMPLE_RATE), int(0.03 * SAMPLE_RATE))] += draw.uniform(-1, 1) * np.abs(tail).max() * 3
    tail *= 10 ** (-direct_to_reverberant_db / 20) / np.sqrt((tail ** 2).sum())
    tail[0] = 1.0
    return tail.astype(np.float32)


def reverberate(samples, response):
    """The samples in the room, of the same length and level."""
    wet = scipy.signal.fftconvolve(samples, response)[:len(samples)].astype(np.float32)
    return wet * (np.sqrt((samples ** 2).mean()) / (np.sqrt((wet ** 2).mean()) + 1e-9))


def coloured_noise(count, draw, exponent):
    """Noise whose power falls with frequency to the given exponent (0 white, 1 pink, 2 brown)."""
    generator = np.random.default_rng(draw.getrandbits(32))
    spectrum = np.fft.rfft(generator.standard_normal(count))
    spectrum /= np.maximum(np.arange(len(spectrum)), 20 * count / SAMPLE_RATE) ** (exponent / 2)
    noise = np.fft.irfft(spectrum, count)
    return (noise / (noise.std() + 1e-9)).astype(np.float32)


def add_noise(samples, noise, snr_db):
    """Noise added at a ratio to the power of the speech that is louder than 30 dB below its peak (pauses do not count)."""
    loud = samples[np.abs(samples) > 0.03 * np.abs(samples).max()]
    gain = np.sqrt((loud ** 2).mean()) * 10 ** (-snr_db / 20) / (np.sqrt((noise ** 2).mean()) + 1e-9)
    return samples + gain * noise


def spoil(samples, draw):
    """One of: clipping, soft saturation, a codec, a real room; for the training base."""
    kind = draw.random()
    if kind < 0.2:
        return np.clip(samples, -1, 1) if draw.random() < 0.1 else np.clip(samples, -(limit := np.abs(samples).max() * draw.uniform(0.15, 0.6)), limit)
    if kind < 0.3:
        return np.tanh(samples / np.abs(samples).max() * draw.uniform(1, 5)).astype(np.float32)
    if kind < 0.65:
        return codec(samples, draw)
    return reverberate(samples, room_response(draw, draw.uniform(0.15, 0.7), draw.uniform(-2, 12)))
