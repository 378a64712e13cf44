"""Writes a trained vad-starter as ONNX with its manifest, and proves the graph equal to PyTorch.

usage: export.py CHECKPOINT MODEL_FOLDER
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from net import RATE, STEP_INPUT, Starter

TOLERANCE = 1e-4  # single precision over 200 recurrent steps


def write_graph(net, path):
    example = (torch.zeros(1, STEP_INPUT), torch.zeros(2, 1, 128), torch.tensor(RATE))
    torch.onnx.export(
        net, example, str(path), dynamo=False, opset_version=17, do_constant_folding=True,
        input_names=["input", "state", "sr"], output_names=["output", "stateN"],
        dynamic_axes={"input": {0: "batch"}, "state": {1: "batch"}, "output": {0: "batch"}, "stateN": {1: "batch"}})
    graph = onnx.load(path)
    graph.producer_name, graph.producer_version = "maie-edge training/vad", "1"
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(graph)
    assert not {"Loop", "If", "Scan"} & {n.op_type for n in graph.graph.node}
    onnx.save(graph, path)


def prove_equal(net, path):
    """Runs both on the same three noisy streams; returns the largest difference of probabilities."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(3, 64 + 200 * 512, generator=generator) * torch.tensor([[0.3], [0.01], [0.0]])
    ours, theirs = torch.zeros(2, 3, 128), np.zeros((2, 3, 128), np.float32)
    worst = 0.0
    with torch.no_grad():
        for i in range(200):
            window = x[:, i * 512 : i * 512 + STEP_INPUT]
            p, ours = net(window, ours, torch.tensor(RATE))
            inputs = {"input": window.numpy(), "state": theirs, "sr": np.array(RATE, np.int64)}
            q, theirs = session.run(["output", "stateN"], inputs)
            worst = max(worst, float(np.abs(p.numpy() - q).max()))
    assert worst < TOLERANCE, f"the graph differs from PyTorch by {worst}"
    return worst


def main():
    torch.set_num_threads(1)
    checkpoint, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    net = Starter().eval()
    net.load_state_dict(torch.load(checkpoint))
    path = folder / "model.onnx"
    write_graph(net, path)
    worst = prove_equal(net, path)
    content = path.read_bytes()
    manifest = {
        "schema_version": 1, "name": "vad-starter", "version": "0.1.0", "task": "vad", "family": "silero",
        "starter": True, "license": "Apache-2.0",
        "description": "Small speech activity model trained by this project; see REPORT.md for its limits",
        "sample_rate": RATE,
        "files": {"model.onnx": {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}},
        "silero": {"model": "model.onnx", "interface": "v5", "window_samples": 512, "context_samples": 64,
                   "threshold": 0.5, "negative_threshold": 0.35}}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{path}: {len(content)} bytes, differs from PyTorch by at most {worst:.1e}")


if __name__ == "__main__":
    main()
