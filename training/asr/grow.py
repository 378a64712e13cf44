"""A deeper network from a trained one: new blocks that add nothing yet, behind trained ones.

    python -m asr.grow CHECKPOINT GROWN --behind 2 5 7

The checkpoint has as many blocks less than `network.BLOCKS` as numbers are given, which count its blocks from 1.
What a new block adds to its input is zero at first; it only normalises once more, as the block before it did.
"""

import argparse
import pathlib

import torch

from .network import BLOCKS, Block, WIDTH
from .train import save

_LAST_LAYERS = tuple(f"{part}.{kind}" for part in ("first.down", "second.down", "attention.output", "convolution.output") for kind in ("weight", "bias"))


def grown(state, behind):
    """The weights with new blocks behind those of the numbers given."""
    old = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("blocks."))
    if old + len(behind) != BLOCKS:
        raise SystemExit(f"{old} blocks and {len(behind)} new ones are not {BLOCKS}")
    result, number = {name: value for name, value in state.items() if not name.startswith("blocks.")}, 0
    for block in range(old):
        kept = {name.split(".", 2)[2]: value for name, value in state.items() if name.startswith(f"blocks.{block}.")}
        result |= {f"blocks.{number}.{name}": value for name, value in kept.items()}
        number += 1
        if block + 1 in behind:
            for name, value in Block(WIDTH).state_dict().items():
                value = torch.zeros_like(value) if name in _LAST_LAYERS else value
                result[f"blocks.{number}.{name}"] = kept[name].clone() if name.startswith("norm.") else value
            number += 1
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("grown", type=pathlib.Path)
    parser.add_argument("--behind", type=int, nargs="+", required=True)
    options = parser.parse_args()
    torch.manual_seed(5)
    trained = torch.load(options.checkpoint)
    weights = grown(trained["average"], options.behind)
    save(options.grown, {"network": weights, "average": {name: value.clone() for name, value in weights.items()}, "step": 0, "minutes": 0.0, "hours": trained["hours"]})
