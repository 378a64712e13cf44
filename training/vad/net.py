"""The vad-starter network, one 32 ms step at a time, in the interface of Silero VAD v5.

Input per step: 64 samples of context and 512 new samples, (batch, 576), 16 kHz, range [-1, 1].
State, (2, batch, 128), zeros at the start of a stream:
  row 0  the hidden state of the recurrent layer;
  row 1  [0] steps seen, at most MEMORY_STEPS; [1:33] running mean and [33:65] running floor of the
         log-mel energies; [65:128] the embedding of the step before.
Level does not matter to it, by construction: everything it sees is a difference of log energies.
"""

import math

import torch
from torch import nn

CONTEXT, WINDOW, RATE = 64, 512, 16000
STEP_INPUT = CONTEXT + WINDOW
SHORT, HOP, FRAMES = 192, 128, 4  # 12 ms frames; (576 - 192) / 128 + 1 = 4, seamless between steps
MELS, FINE_BINS, FINE_FIRST = 32, 64, 2  # fine bins: 27.8 Hz apart from 55.6 Hz, for voice pitch
HIDDEN, EMBEDDING = 128, 63
FEATURES = FRAMES * MELS + MELS + FINE_BINS
POWER_FLOOR = 1e-8  # about 16-bit rounding noise
FEATURE_SCALE = 0.25
MEMORY_STEPS = 150.0  # 4.8 s
FLOOR_RISE = 0.01  # nepers of power a step: 1.4 dB/s
FIRST_STEP_FLOOR = 1000.0  # above any log energy, so that the first step sets the floor

assert (STEP_INPUT - SHORT) % HOP == 0 and (STEP_INPUT - SHORT) // HOP + 1 == FRAMES
assert 1 + 2 * MELS + EMBEDDING == HIDDEN


def _basis(length, bins):
    """Hann-windowed cosines, then sines, as columns: (length, 2 * len(bins))."""
    t = torch.arange(length, dtype=torch.float64)
    hann = 0.5 - 0.5 * torch.cos(2 * math.pi * (t + 0.5) / length)
    angle = 2 * math.pi * t[:, None] * bins[None, :].double() / length
    return (torch.cat([torch.cos(angle), torch.sin(angle)], 1) * hann[:, None]).float()


def _mel_filters():
    """Triangles, (97, 32), evenly spaced on the HTK mel scale from 60 to 7600 Hz, unit sum each."""
    def mel(f):
        return 2595 * math.log10(1 + f / 700)

    edges = torch.linspace(mel(60), mel(7600), MELS + 2, dtype=torch.float64)
    edges = 700 * (10 ** (edges / 2595) - 1)
    width = RATE / SHORT
    f = torch.arange(SHORT // 2 + 1, dtype=torch.float64)[:, None] * width
    centre = edges[1:-1]
    # A triangle is never narrower than one bin, or the low ones would be empty.
    below = torch.minimum(edges[:-2], centre - width)
    above = torch.maximum(edges[2:], centre + width)
    rise, fall = (f - below) / (centre - below), (above - f) / (above - centre)
    triangles = torch.clamp(torch.minimum(rise, fall), min=0)
    return (triangles / triangles.sum(0)).float()


class Starter(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("short_basis", _basis(SHORT, torch.arange(SHORT // 2 + 1)), persistent=False)
        self.register_buffer("mel", _mel_filters(), persistent=False)
        fine = torch.arange(FINE_FIRST, FINE_FIRST + FINE_BINS)
        self.register_buffer("fine_basis", _basis(STEP_INPUT, fine), persistent=False)
        self.first = nn.Linear(FEATURES, 96)
        self.second = nn.Linear(96, EMBEDDING)
        self.gru = nn.GRU(2 * EMBEDDING, HIDDEN, batch_first=True)
        self.last = nn.Linear(HIDDEN, 1)

    def spectra(self, x):
        """(batch, 576) to log-mel (batch, 4, 32) and fine log spectrum (batch, 64)."""
        frames = torch.stack([x[:, i * HOP : i * HOP + SHORT] for i in range(FRAMES)], 1)
        s = torch.matmul(frames, self.short_basis)
        s = s * s
        k = SHORT // 2 + 1
        short = torch.log(torch.matmul(s[:, :, :k] + s[:, :, k:], self.mel) + POWER_FLOOR * SHORT)
        s = torch.matmul(x, self.fine_basis)
        s = s * s
        fine = torch.log(s[:, :FINE_BINS] + s[:, FINE_BINS:] + POWER_FLOOR * STEP_INPUT)
        return short, fine

    def track(self, short, fine, count, mean, floor):
        """Makes features (batch, 224) level-free and moves the running statistics one step."""
        energy = short.mean(1)
        floor = torch.minimum(energy, floor + FLOOR_RISE + FIRST_STEP_FLOOR * (1 - torch.clamp(count, max=1.0)))
        count = torch.clamp(count + 1, max=MEMORY_STEPS)
        mean = mean + (energy - mean) / count
        relative = (short - mean[:, None, :]).reshape(-1, FRAMES * MELS)
        shape = fine - fine.mean(1, keepdim=True)
        features = FEATURE_SCALE * torch.cat([relative, energy - floor, shape], 1)
        return features, count, mean, floor

    def embed(self, features):
        return torch.relu(self.second(torch.relu(self.first(features))))

    def forward(self, input, state, sr):
        """One step, as exported."""
        hidden, memory = state[0], state[1]
        short, fine = self.spectra(input)
        features, count, mean, floor = self.track(
            short, fine, memory[:, :1], memory[:, 1 : 1 + MELS], memory[:, 1 + MELS : 1 + 2 * MELS])
        embedding = self.embed(features)
        x = torch.cat([embedding, memory[:, 1 + 2 * MELS :]], 1)
        gates_x = torch.matmul(x, self.gru.weight_ih_l0.t()) + self.gru.bias_ih_l0
        gates_h = torch.matmul(hidden, self.gru.weight_hh_l0.t()) + self.gru.bias_hh_l0
        reset, update = torch.split(torch.sigmoid(gates_x[:, : 2 * HIDDEN] + gates_h[:, : 2 * HIDDEN]), HIDDEN, 1)
        candidate = torch.tanh(gates_x[:, 2 * HIDDEN :] + reset * gates_h[:, 2 * HIDDEN :])
        hidden = candidate + update * (hidden - candidate)
        probability = torch.sigmoid(self.last(hidden) + 0.0 * sr.float())
        memory = torch.cat([count, mean, floor, embedding], 1)
        return probability, torch.stack([hidden, memory], 0)

    def stream_features(self, x):
        """Whole waveforms (batch, n * 512) to features (batch, n, 224), as n steps would see them."""
        padded = nn.functional.pad(x, (CONTEXT, 0))
        windows = padded.unfold(1, STEP_INPUT, WINDOW)
        batch, n, _ = windows.shape
        short, fine = self.spectra(windows.reshape(-1, STEP_INPUT))
        short, fine = short.reshape(batch, n, FRAMES, MELS), fine.reshape(batch, n, FINE_BINS)
        count, mean, floor = torch.zeros(batch, 1), torch.zeros(batch, MELS), torch.zeros(batch, MELS)
        rows = []
        for i in range(n):
            features, count, mean, floor = self.track(short[:, i], fine[:, i], count, mean, floor)
            rows.append(features)
        return torch.stack(rows, 1)

    def logits(self, features):
        """Features (batch, n, 224) to logits (batch, n): training."""
        embedding = self.embed(features)
        before = nn.functional.pad(embedding, (0, 0, 1, 0))[:, :-1]
        hidden, _ = self.gru(torch.cat([embedding, before], 2))
        return self.last(hidden).squeeze(2)
