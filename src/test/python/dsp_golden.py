"""Freezes reference features for the tests of the package dsp: python3 src/test/python/dsp_golden.py

Written from the published definitions, apart from the Java code: torch.stft and librosa's Slaney filters for NeMo's
front end, Kaldi's feature-fbank and mel-computations for its filter banks (in float64 with a naive DFT), the feature
extractor of wav2vec 2.0 for the waveform. Made with Python 3, numpy 2.4, torch 2.13.
All files are little-endian; shapes are (frames, bands).
"""

import pathlib

import numpy as np
import torch

GOLDEN = pathlib.Path(__file__).parents[1] / "resources" / "golden" / "dsp"
RATE = 16000


def signal():
    """0.5 s: a chirp with vibrato, noise that comes and goes, a DC offset and 40 ms of digital silence."""
    rng = np.random.default_rng(20261123)
    t = np.arange(RATE // 2) / RATE
    x = 0.4 * np.sin(2 * np.pi * (150 * t + 3000 * t**2) + 3 * np.sin(2 * np.pi * 5 * t))
    x += 0.05 * rng.standard_normal(t.size) * np.abs(np.sin(2 * np.pi * 3 * t)) + 0.01
    x[3200:3840] = 0
    return np.round(np.clip(x, -1, 1) * 32767).astype("<i2")


def slaney_filters(bands, n_fft):
    def to_mel(f):
        f = np.asarray(f, float)
        return np.where(f >= 1000, 15 + 27 * np.log(np.maximum(f, 1) / 1000) / np.log(6.4), 3 * f / 200)

    def to_hz(m):
        return np.where(m >= 15, 1000 * np.exp(np.log(6.4) * (m - 15) / 27), 200 * m / 3)

    edges = to_hz(np.linspace(to_mel(0), to_mel(RATE / 2), bands + 2))
    freqs = np.fft.rfftfreq(n_fft, 1 / RATE)
    rows = []
    for low, mid, high in zip(edges, edges[1:], edges[2:]):
        up, down = (freqs - low) / (mid - low), (high - freqs) / (high - mid)
        rows.append(np.clip(np.minimum(up, down), 0, None) * 2 / (high - low))
    return np.array(rows)


def nemo(x, pad_mode):
    x = torch.from_numpy(x.astype(np.float64) / 32768)
    x = torch.cat((x[:1], x[1:] - 0.97 * x[:-1]))
    window = torch.hann_window(400, periodic=False, dtype=torch.float64)
    stft = torch.stft(x, 512, 160, 400, window, center=True, pad_mode=pad_mode, return_complex=True)
    mel = torch.from_numpy(slaney_filters(80, 512)) @ stft.abs() ** 2
    return torch.log(mel + 2.0**-24)


def per_feature(m):
    return (m - m.mean(1, keepdim=True)) / (m.std(1, keepdim=True) + 1e-5)


def kaldi(x, bands=80, low=20.0, high=0.0):
    x, nyquist = x.astype(np.float64), RATE / 2
    high = high if high > 0 else nyquist + high
    mel = lambda f: 1127 * np.log(1 + f / 700)
    edges = np.linspace(mel(low), mel(high), bands + 2)
    n = np.arange(400)
    window = (0.5 - 0.5 * np.cos(2 * np.pi * n / 399)) ** 0.85
    dft = np.exp(-2j * np.pi * np.outer(np.arange(256), np.arange(512)) / 512)
    bin_mel = mel(np.arange(256) * RATE / 512)
    rows = []
    for start in range(0, x.size - 400 + 1, 160):
        f = x[start : start + 400]
        f = f - f.mean()
        f = f - 0.97 * np.concatenate((f[:1], f[:-1]))
        power = np.abs(dft @ np.pad(f * window, (0, 112))) ** 2
        row = []
        for left, centre, right in zip(edges, edges[1:], edges[2:]):
            weight = np.where(
                (bin_mel > left) & (bin_mel < right),
                np.where(bin_mel <= centre, (bin_mel - left) / (centre - left), (right - bin_mel) / (right - centre)),
                0,
            )
            row.append(np.log(max(weight @ power, np.finfo(np.float32).eps)))
        rows.append(row)
    return np.array(rows)


def wav2vec2(x):
    x = x / 32768
    return (x - x.mean()) / np.sqrt(x.var() + 1e-7)


def save(name, values):
    np.asarray(values, "<f4").tofile(GOLDEN / f"{name}.f32le")


def main():
    x = signal()
    x.tofile(GOLDEN / "signal.s16le")
    save("nemo_log_mel", nemo(x, "constant").T.contiguous().numpy())
    save("nemo_log_mel_reflect", nemo(x, "reflect").T.contiguous().numpy())
    save("nemo_log_mel_per_feature", per_feature(nemo(x, "constant")).T.contiguous().numpy())
    save("kaldi_fbank", kaldi(x))
    save("kaldi_fbank_high_minus_400", kaldi(x, high=-400))
    save("wav2vec2_waveform", wav2vec2(x))


if __name__ == "__main__":
    main()
