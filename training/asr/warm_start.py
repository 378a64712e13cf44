"""A checkpoint from a shipped int8 graph, so that training can go on where the old checkpoints are gone.

    python -m asr.warm_start GRAPH DATA CHECKPOINT [--hours HOURS_SEEN]

Weights of 8 bits become (weight − zero point) · scale, everything else stands in the graph as it is. Two things are not in it:
  * batch norms, which the export folded into the depthwise convolutions: each begins as the identity in evaluation, with the mean and deviation that
    its input has on training batches, so that training batches are changed little either;
  * the auxiliary head, which is taught alone for some batches.
"""

import argparse
import pathlib
import re

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

from .data import Batches
from .export import largest_difference
from .network import AUXILIARY_BLOCK, Network
from .phones import TOKENS
from .train import save

STATISTICS_BATCHES, AUXILIARY_BATCHES, AUXILIARY_RATE = 60, 150, 5e-3


def weights_of(graph):
    """{name in the network: tensor} of an int8 or fp32 graph made by `export`; batch norms and the auxiliary head are missing."""
    constants = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in onnx.load(graph).graph.initializer}
    found = {name: value for name, value in constants.items() if "::" not in name and re.search(r"\.(weight|bias)$", name)}
    for node in onnx.load(graph).graph.node:
        place = node.name.strip("/").replace("/", ".")
        if node.op_type == "MatMulInteger":
            quantized, zero = constants[node.input[1]], constants[node.input[3]]
            scale = constants[node.input[1].removesuffix("_quantized") + "_scale"]
            found[place.removesuffix(".MatMul_quant") + ".weight"] = ((quantized.float() - zero.float()) * scale).T.contiguous()
        elif node.op_type == "MatMul" and node.input[1] in constants:
            found[place.removesuffix(".MatMul") + ".weight"] = constants[node.input[1]].T.contiguous()
        elif node.op_type == "Conv":
            found[place.removesuffix(".Conv") + ".weight"], found[place.removesuffix(".Conv") + ".bias"] = constants[node.input[1]], constants[node.input[2]]
    return found


def rebuilt(graph):
    """The network of a graph; its batch norms are the identity, its auxiliary head is random."""
    torch.manual_seed(0)
    network, state = Network(), weights_of(graph)
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any("batch_norm" not in name and not name.startswith("auxiliary") for name in missing):
        raise SystemExit(f"{graph} is no graph of this network: missing {missing}, unexpected {unexpected}")
    for block in network.blocks:
        norm = block.convolution.batch_norm
        torch.nn.init.constant_(norm.weight, (1 + norm.eps) ** 0.5)
    return network.eval()


@torch.no_grad()
def settle_batch_norms(network, batches):
    """Give every batch norm the mean and deviation of its input on training batches; in evaluation it stays the identity."""
    sums = [torch.zeros(3, network.first.out_channels, dtype=torch.float64) for _ in network.blocks]

    def listen(total):
        def hook(_, arguments):
            values = arguments[0].double().transpose(0, 1).flatten(1)
            total.add_(torch.stack([torch.full_like(total[0], values.shape[1]), values.sum(1), (values ** 2).sum(1)]))
        return hook

    hooks = [block.convolution.batch_norm.register_forward_pre_hook(listen(total)) for block, total in zip(network.blocks, sums)]
    for _ in range(STATISTICS_BATCHES):
        features, _, lengths, *_ = next(batches)
        network(features, lengths)
    for hook, block, (count, total, squares) in zip(hooks, network.blocks, sums):
        hook.remove()
        norm, mean = block.convolution.batch_norm, total / count
        variance = squares / count - mean ** 2
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.copy_((variance + norm.eps).sqrt())
        norm.bias.copy_(mean)


def teach_auxiliary(network, batches):
    """Train the auxiliary head alone; returns its last losses' mean."""
    optimizer, losses, heard = torch.optim.AdamW(network.auxiliary.parameters(), lr=AUXILIARY_RATE), [], []
    hook = network.blocks[AUXILIARY_BLOCK - 1].register_forward_hook(lambda _, __, output: heard.append(output))
    for _ in range(AUXILIARY_BATCHES):
        features, _, lengths, dense, *_ = next(batches)
        heard.clear()
        with torch.no_grad():
            network(features, lengths)
        loss = F.cross_entropy(network.auxiliary(heard[0]).reshape(-1, len(TOKENS)), dense.reshape(-1), ignore_index=-100)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    hook.remove()
    return sum(losses[-20:]) / 20


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph")
    parser.add_argument("data")
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("--hours", type=float, default=0.0, help="of speech that the graph's weights have seen")
    options = parser.parse_args()
    torch.set_num_threads(1)
    network = rebuilt(options.graph)
    print(f"largest difference of log-probabilities, graph and rebuilt network: {largest_difference(network, options.graph):.2e}", flush=True)
    batches = iter(Batches(options.data, 1, torch.tensor(0.5)))
    settle_batch_norms(network, batches)
    print(f"the same with settled batch norms: {largest_difference(network, options.graph):.2e}", flush=True)
    print(f"auxiliary head, cross-entropy per frame: {teach_auxiliary(network, batches):.2f}")
    state = network.state_dict()
    save(options.checkpoint, {"network": state, "average": state, "step": 0, "minutes": 0.0, "hours": options.hours})


if __name__ == "__main__":
    main()
