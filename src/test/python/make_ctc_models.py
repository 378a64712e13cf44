"""Makes tiny CTC models with random weights, in the shapes that published ones have, and what onnxruntime says of them.

    python3 src/test/python/make_ctc_models.py

Front ends come from dsp_golden.py, which is written from the published definitions. Made with torch 2.13, onnx 1.23,
onnxruntime 1.30. Per model: model.onnx, tokens.txt, posteriors.f32le (frames, tokens) and greedy.txt (token numbers).
"""

import pathlib

import numpy as np
import onnxruntime
import torch
from torch import nn

import dsp_golden

RESOURCES = pathlib.Path(__file__).parents[1] / "resources" / "ctc"
RATE = 16000
LETTERS = list("abcdefghijklmnopqrstuvwxyz'")


def signal():
    """1.5 s of syllables: harmonics of a gliding pitch, opened and closed, over a little noise."""
    rng = np.random.default_rng(7)
    t = np.arange(RATE * 3 // 2) / RATE
    phase = 2 * np.pi * np.cumsum(120 + 60 * np.sin(2 * np.pi * 0.9 * t)) / RATE
    x = sum(np.sin(k * phase) / k * (1 + np.sin(2 * np.pi * (2 + 0.7 * k) * t + k)) for k in range(1, 25))
    x = 0.1 * x * (0.55 - 0.45 * np.cos(2 * np.pi * 4 * t)) + 0.003 * rng.standard_normal(t.size)
    return np.round(np.clip(x, -1, 1) * 32767).astype("<i2")


class Subsampled(nn.Module):
    """Features (batch, bands, frames) to logits, a quarter of the frames; the length silences what lies beyond it."""

    def __init__(self, tokens):
        super().__init__()
        self.first, self.second = nn.Conv1d(80, 12, 3, 2, 1), nn.Conv1d(12, 12, 3, 2, 1)
        self.head = nn.Linear(12, tokens)

    def forward(self, features, length):
        inside = torch.arange(features.shape[2])[None, None, :] < length[:, None, None]
        hidden = torch.tanh(self.first(features * inside))
        hidden = torch.tanh(self.second(hidden)).transpose(1, 2)
        return 6 * self.head(hidden)


class Nemo(nn.Module):
    def __init__(self, tokens):
        super().__init__()
        self.body = Subsampled(tokens)

    def forward(self, audio_signal, length):
        return torch.log_softmax(self.body(audio_signal, length), -1)


class Wenet(nn.Module):
    def __init__(self, tokens):
        super().__init__()
        self.body = Subsampled(tokens)

    def forward(self, x, x_lens):
        return torch.log_softmax(self.body(x.transpose(1, 2) / 4, x_lens), -1), (x_lens + 3) // 4


class Wav2vec(nn.Module):
    def __init__(self, tokens):
        super().__init__()
        self.first, self.head = nn.Conv1d(1, 16, 400, 320), nn.Linear(16, tokens)

    def forward(self, input_values):
        return 8 * self.head(torch.tanh(4 * self.first(input_values[:, None])).transpose(1, 2))


def nemo_features(x):
    return dsp_golden.per_feature(dsp_golden.nemo(x, "constant")).numpy()[None].astype(np.float32)


def write(name, network, example, names, features, tokens, blank, lengths=True):
    torch.manual_seed(sum(map(ord, name)))
    for parameter in network.parameters():
        nn.init.normal_(parameter, std=0.4 if parameter.dim() > 1 and parameter.shape[-1] < 400 else 0.1)
    folder = RESOURCES / name
    folder.mkdir(parents=True, exist_ok=True)
    inputs, outputs, axes = names
    torch.onnx.export(network.eval(), example, str(folder / "model.onnx"), input_names=inputs, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False)
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    feed = {inputs[0]: features}
    if len(inputs) > 1:
        feed[inputs[1]] = np.array([features.shape[2] if "audio" in inputs[0] else features.shape[1]])
    values = session.run(None, feed)[0][0].astype(np.float64)
    values = values - np.log(np.exp(values - values.max(1, keepdims=True)).sum(1, keepdims=True)) - values.max(1, keepdims=True)
    values.astype("<f4").tofile(folder / "posteriors.f32le")
    path = values.argmax(1)
    greedy = [t for i, t in enumerate(path) if t != blank and (i == 0 or path[i - 1] != t)]
    (folder / "greedy.txt").write_text(" ".join(map(str, greedy)) + "\n", encoding="utf-8")
    (folder / "tokens.txt").write_text("".join(tokens), encoding="utf-8")
    print(name, values.shape, "greedy", greedy)


def main():
    RESOURCES.mkdir(parents=True, exist_ok=True)
    x = signal()
    x.tofile(RESOURCES / "signal.s16le")
    ids = lambda names: [f"{token} {i}\n" for i, token in enumerate(names)]

    tokens = ["<unk>"] + ["\u2581" + c for c in LETTERS[:14]] + LETTERS + ["<blk>"]
    write("nemo", Nemo(len(tokens)), (torch.randn(1, 80, 50), torch.tensor([50])),
          (["audio_signal", "length"], ["logprobs"], {"audio_signal": {0: "b", 2: "t"}, "length": {0: "b"}, "logprobs": {0: "b", 1: "s"}}),
          nemo_features(x), ids(tokens), len(tokens) - 1)

    tokens = ["<blank>", "<unk>"] + ["\u2581" + c for c in LETTERS[:10]] + LETTERS
    write("wenet", Wenet(len(tokens)), (torch.randn(1, 50, 80), torch.tensor([50])),
          (["x", "x_lens"], ["log_probs", "log_probs_len"], {"x": {0: "b", 1: "t"}, "x_lens": {0: "b"}, "log_probs": {0: "b", 1: "s"}, "log_probs_len": {0: "b"}}),
          dsp_golden.kaldi(x).astype(np.float32)[None], ids(tokens), 0)

    tokens = ["<pad>", "<s>", "</s>", "<unk>", "|"] + [c.upper() for c in LETTERS]
    write("wav2vec2", Wav2vec(len(tokens)), (torch.randn(1, 16000),),
          (["input_values"], ["logits"], {"input_values": {0: "b", 1: "t"}, "logits": {0: "b", 1: "s"}}),
          dsp_golden.wav2vec2(x).astype(np.float32)[None], [t + "\n" for t in tokens], 0)


if __name__ == "__main__":
    main()
