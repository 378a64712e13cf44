"""From a checkpoint to the model folder: ONNX graph, int8 weights, tokens, manifest.

    python -m asr.export CHECKPOINT LEXICON LANGUAGE_MODEL FOLDER
"""

import argparse
import hashlib
import json
import pathlib
import shutil

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from . import frontend, phones
from .network import Network

NAME, VERSION = "asr-starter-en", "0.5.0"
DECODER = {"blank_penalty": 1.5, "lm_weight": 1.0, "word_score": 0.5, "sil_score": 0.0, "beam_size": 400, "beam_threshold": 24.0, "token_beam": 20}


def load(checkpoints, weights):
    """The mean network of checkpoints: of their running averages ("average"), or of their last weights ("network"), better after few steps at a small rate."""
    states = [torch.load(path)[weights] for path in checkpoints]
    network = Network()
    network.load_state_dict({name: sum(s[name] for s in states) / len(states) if states[0][name].is_floating_point() else states[0][name] for name in states[0]})
    return network.eval()


def write_graph(network, path):
    """The fp32 graph with dynamic batch and time axes."""
    example = (torch.randn(2, frontend.BANDS, 203), torch.tensor([203, 150]))
    torch.onnx.export(network, example, path, input_names=["audio_signal", "length"], output_names=["logprobs"], opset_version=17, dynamo=False,
                      dynamic_axes={"audio_signal": {0: "batch", 2: "frames"}, "length": {0: "batch"}, "logprobs": {0: "batch", 1: "steps"}})
    model = onnx.load(path)
    onnx.checker.check_model(model)
    return model


def largest_difference(network, path):
    """Between PyTorch and onnxruntime on random windows, where both are meant to speak."""
    session, worst = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]), 0.0
    generator = torch.Generator().manual_seed(0)
    for lengths in ([37], [400, 251], [1500, 1499, 3]):
        features, length = torch.randn(len(lengths), frontend.BANDS, max(lengths), generator=generator), torch.tensor(lengths)
        with torch.no_grad():
            expected = network(features, length).numpy()
        got = session.run(None, {"audio_signal": features.numpy(), "length": length.numpy()})[0]
        for row, frames in enumerate(lengths):
            worst = max(worst, float(np.abs(expected[row, :(frames + 3) // 4] - got[row, :(frames + 3) // 4]).max()))
    return worst


def quantize(fp32, int8):
    """Unsigned weights of 8 bits, a scale and a zero point per column. Signed ones saturate: without VNNI, x86 adds pairs of products in 16 bits, and other processors hear other words."""
    quantize_dynamic(str(fp32), str(int8), op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QUInt8, extra_options={"MatMulConstBOnly": True})


def _entry(path):
    return {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def write_manifest(folder, decoder):
    names = ("model.int8.onnx", "tokens.txt", "lexicon.txt.gz", "lm.arpa.gz")
    manifest = {
        "schema_version": 1, "name": NAME, "version": VERSION, "task": "asr", "family": "ctc", "languages": ["en"], "starter": True, "license": "Apache-2.0",
        "description": "Small English recogniser trained on synthetic speech only, so that a device without network transcribes on its first run. A starter is no Whisper.",
        "sample_rate": frontend.SAMPLE_RATE,
        "files": {name: _entry(folder / name) for name in names},
        "ctc": {
            "model": names[0], "compute_type": "int8", "tokens": names[1], "blank": phones.BLANK, "frame_shift_ms": 40, "max_window_seconds": 20,
            "inputs": {"features": "audio_signal", "length": "length"}, "outputs": {"log_probs": "logprobs"}, "layout": "bands_frames",
            "frontend": {"type": "log_mel", "bands": frontend.BANDS, "n_fft": frontend.N_FFT, "window": frontend.WINDOW, "hop": frontend.HOP, "window_function": "hann_symmetric",
                         "preemphasis": frontend.PREEMPHASIS, "mel_scale": "slaney", "mel_norm": "slaney", "low_hz": 0, "high_hz": 8000, "log_offset": frontend.LOG_OFFSET, "center": True,
                         "pad": "constant", "normalize": "per_feature"},
            "decoder": {"type": "lexicon_beam", "unit": "phone", "blank_penalty": decoder["blank_penalty"], "lexicon": names[2], "language_model": names[3], "lm_weight": decoder["lm_weight"], "word_score": decoder["word_score"],
                        "sil": phones.SIL, "sil_score": decoder["sil_score"], "beam_size": decoder["beam_size"], "beam_threshold": decoder["beam_threshold"],
                        "token_beam": decoder["token_beam"], "smearing": "max"},
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", nargs="+")
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--language-model", required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--fp32", type=pathlib.Path, required=True, help="where the graph before quantization is kept")
    parser.add_argument("--weights", choices=["average", "network"], default="average")
    parser.add_argument("--decoder", default="{}", help="JSON that overrides decoder weights")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    network = load(options.checkpoint, options.weights)
    write_graph(network, str(options.fp32))
    print(f"largest difference of log-probabilities, fp32 graph and PyTorch: {largest_difference(network, str(options.fp32)):.2e}")
    quantize(options.fp32, options.folder / "model.int8.onnx")
    (options.folder / "tokens.txt").write_text("".join(f"{token} {index}\n" for index, token in enumerate(phones.TOKENS)), encoding="utf-8")
    for source, name in ((options.lexicon, "lexicon.txt.gz"), (options.language_model, "lm.arpa.gz")):
        if pathlib.Path(source).resolve() != (options.folder / name).resolve():
            shutil.copyfile(source, options.folder / name)
    write_manifest(options.folder, DECODER | json.loads(options.decoder))
    print({path.name: path.stat().st_size for path in sorted(options.folder.iterdir())})


if __name__ == "__main__":
    main()
