"""The log-mel front end that the Java side computes: see `ctc.frontend` in the manifest for every constant."""

import numpy as np
import torch

SAMPLE_RATE, N_FFT, WINDOW, HOP, BANDS = 16000, 512, 400, 160, 80
PREEMPHASIS, LOG_OFFSET = 0.97, 2.0 ** -24


def _hz_to_mel(hz):
    hz = np.asarray(hz, dtype=np.float64)
    return np.where(hz < 1000.0, hz / (200.0 / 3), 15.0 + np.log(np.maximum(hz, 1e-9) / 1000.0) / (np.log(6.4) / 27.0))


def _mel_to_hz(mel):
    mel = np.asarray(mel, dtype=np.float64)
    return np.where(mel < 15.0, mel * (200.0 / 3), 1000.0 * np.exp((np.log(6.4) / 27.0) * (mel - 15.0)))


def band_edges():
    """Edges in hertz of the Slaney mel bands: band i lies between edge i and edge i + 2 and peaks at edge i + 1."""
    return _mel_to_hz(np.linspace(_hz_to_mel(0.0), _hz_to_mel(8000.0), BANDS + 2))


def mel_filters():
    """Slaney filters of unit area, shape (bands, bins), as librosa makes them."""
    bins, edges = np.linspace(0, SAMPLE_RATE / 2, N_FFT // 2 + 1), band_edges()
    ramps = edges[:, None] - bins[None, :]
    rise, fall = -ramps[:-2] / np.diff(edges)[:-1, None], ramps[2:] / np.diff(edges)[1:, None]
    return (np.maximum(0, np.minimum(rise, fall)) * (2.0 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


_FILTERS = torch.from_numpy(mel_filters())
_HANN = torch.hann_window(WINDOW, periodic=False)


def log_mel(samples):
    """Log-mel spectrogram (bands, frames) of 16 kHz mono samples, before normalisation; frames = samples // 160 + 1."""
    x = torch.as_tensor(samples, dtype=torch.float32)
    x = torch.cat([x[:1], x[1:] - PREEMPHASIS * x[:-1]])
    spectrum = torch.stft(x, N_FFT, HOP, WINDOW, _HANN, center=True, pad_mode="constant", return_complex=True)
    return torch.log(_FILTERS @ (spectrum.real ** 2 + spectrum.imag ** 2) + LOG_OFFSET)


def normalize(features):
    """Zero mean and unit deviation (unbiased) per band over the frames of one window."""
    return (features - features.mean(-1, keepdim=True)) / (features.std(-1, keepdim=True) + 1e-5)


def features(samples):
    """What the network is given for one window: float32 (bands, frames)."""
    return normalize(log_mel(samples))
