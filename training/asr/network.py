"""The acoustic network: a small Conformer with CTC over phones (Gulati et al. 2020; Graves et al. 2006)."""

import torch
import torch.nn.functional as F
from torch import nn

from .frontend import BANDS
from .phones import TOKENS

WIDTH, BLOCKS, HEADS, KERNEL, FEED_FORWARD = 144, 10, 4, 15, 3
AUXILIARY_BLOCK = 5  # after this block a second head names the phone of every frame, in training only


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm, self.up, self.down = nn.LayerNorm(width), nn.Linear(width, FEED_FORWARD * width), nn.Linear(FEED_FORWARD * width, width)

    def forward(self, x):
        return self.down(F.silu(self.up(self.norm(x))))


class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm, self.input, self.output = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.input.weight.matrices = 3  # of queries, keys and values

    def forward(self, x, visible):
        batch, time, width = x.shape
        q, k, v = self.input(self.norm(x)).reshape(batch, time, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        # written out: on a CPU in bfloat16 it trains faster than the fused form
        weights = (q @ k.transpose(2, 3)) * (width // HEADS) ** -0.5 + (~visible)[:, None, None, :].to(q.dtype) * -1e4
        mixed = weights.softmax(-1).to(v.dtype) @ v
        return self.output(mixed.transpose(1, 2).reshape(batch, time, width))


class Convolution(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm, self.input, self.output = nn.LayerNorm(width), nn.Linear(width, 2 * width), nn.Linear(width, width)
        self.depthwise = nn.Conv1d(width, width, KERNEL, padding=KERNEL // 2, groups=width)
        self.batch_norm = nn.BatchNorm1d(width)

    def forward(self, x, visible):
        x = F.glu(self.input(self.norm(x)), dim=-1) * visible[:, :, None].to(x.dtype)
        convolved = self.shifted(x) if self.training and torch.compiler.is_dynamo_compiling() else self.depthwise(x.transpose(1, 2)).transpose(1, 2)
        return self.output(F.silu(self.batch_norm(convolved.transpose(1, 2)).transpose(1, 2)))

    def shifted(self, x):
        """The depthwise convolution as a sum of shifted products, which a compiler fuses with what lies around it."""
        frames, padded, weight = x.shape[1], F.pad(x, (0, 0, KERNEL // 2, KERNEL // 2)), self.depthwise.weight[:, 0].to(x.dtype)
        total = self.depthwise.bias.to(x.dtype)
        for tap in range(KERNEL):
            total = total + padded[:, tap:tap + frames] * weight[:, tap]
        return total


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.attention, self.convolution, self.second, self.norm = FeedForward(width), Attention(width), Convolution(width), FeedForward(width), nn.LayerNorm(width)

    def forward(self, x, visible):
        x = x + 0.5 * self.first(x)
        x = x + self.attention(x, visible)
        x = x + self.convolution(x, visible)
        return self.norm(x + 0.5 * self.second(x))


def _visible(lengths, size):
    return torch.arange(size, device=lengths.device)[None, :] < lengths[:, None]


class Network(nn.Module):
    """features (batch, bands, frames) and their lengths → log-probabilities (batch, ceil(frames / 4), tokens)."""

    def __init__(self, width=WIDTH, blocks=BLOCKS):
        super().__init__()
        self.first = nn.Conv1d(BANDS, width, 5, stride=2, padding=2)
        self.second = nn.Conv1d(width, width, 5, stride=2, padding=2)
        self.blocks = nn.ModuleList(Block(width) for _ in range(blocks))
        self.head, self.auxiliary = nn.Linear(width, len(TOKENS)), nn.Linear(width, len(TOKENS))

    def encode(self, features, lengths):
        """Logits, auxiliary logits and output lengths; what lies behind a window's length is never seen."""
        x = features * _visible(lengths, features.shape[2])[:, None, :].to(features.dtype)
        lengths = (lengths + 1) // 2
        x = F.gelu(self.first(x))
        x = x * _visible(lengths, x.shape[2])[:, None, :].to(x.dtype)
        lengths = (lengths + 1) // 2
        x = F.gelu(self.second(x)).transpose(1, 2).contiguous()
        visible, auxiliary = _visible(lengths, x.shape[1]), None
        for index, block in enumerate(self.blocks):
            x = block(x, visible)
            if self.training and index + 1 == AUXILIARY_BLOCK:
                auxiliary = self.auxiliary(x)
        return self.head(x), auxiliary, lengths

    def forward(self, features, lengths):
        return self.encode(features, lengths)[0].log_softmax(-1)
