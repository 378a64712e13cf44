"""Makes a ChunkFormer checkpoint of random weights in the layout that the package chunkformer publishes.

    python src/test/python/make_chunkformer_model.py CHECKPOINT [small|large]
    python src/test/python/make_chunkformer_model.py fixture
    python src/test/python/make_chunkformer_model.py packaged

large has the sizes of the published models (17 layers of 512), for measurements; its blank is as frequent as that of a trained model. fixture writes src/test/resources/chunkformer: a small model
through export_chunkformer.py, and golden.json with what a plain loop over its graphs in onnxruntime finds in the signal of the CTC models.
packaged writes src/test/resources/chunkformer/package: the same graphs behind the names and shapes of the package's own exporter.
Needs what export_chunkformer.py needs.
"""

import json
import pathlib
import sys
import tempfile

import numpy as np
import torch
import yaml

import export_chunkformer

RESOURCES = pathlib.Path(__file__).parents[1] / "resources"
SYLLABLES = [a + b for a in ("", "b", "ch", "d", "kh", "l", "m", "ng", "nh", "t", "th", "tr") for b in ("a", "ai", "e", "i", "o", "u")]


def checkpoint(folder, size, heads, units, blocks, vocabulary, hidden, seed=3, blanks=(4.0, 5.0)):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    state = {}

    def dense(name, *shape, gain=1.6, bias=True):
        inputs = int(np.prod(shape[1:]))
        state[f"{name}.weight"] = gain * torch.randn(*shape) / inputs ** 0.5
        if bias:
            state[f"{name}.bias"] = 0.1 * torch.randn(shape[0])

    def norm(name):
        state[f"{name}.weight"], state[f"{name}.bias"] = 1 + 0.1 * torch.randn(size), 0.1 * torch.randn(size)

    state["encoder.global_cmvn.mean"], state["encoder.global_cmvn.istd"] = torch.full((80,), 11.0), torch.full((80,), 0.3)
    dense("encoder.embed.conv.0", size, 1, 3, 3)
    for i in (2, 5):
        dense(f"encoder.embed.conv.{i}", size, 1, 3, 3)
        dense(f"encoder.embed.conv.{i + 1}", size, size, 1, 1)
    dense("encoder.embed.out", size, 9 * size)
    for i in range(blocks):
        at = f"encoder.encoders.{i}."
        for name in ("norm_ff_macaron", "norm_mha", "norm_conv", "norm_ff", "norm_final"):
            norm(at + name)
        for name in ("feed_forward", "feed_forward_macaron"):
            dense(at + name + ".w_1", units, size)
            dense(at + name + ".w_2", size, units)
        for name in ("q", "k", "v", "out"):
            dense(f"{at}self_attn.linear_{name}", size, size)
        dense(at + "self_attn.linear_pos", size, size, bias=False)
        for name in ("u", "v"):
            state[f"{at}self_attn.pos_bias_{name}"] = 0.3 * torch.randn(heads, size // heads)
        dense(at + "conv_module.pointwise_conv1", 2 * size, size, 1)
        dense(at + "conv_module.depthwise_conv", size, 1, 15)
        norm(at + "conv_module.norm")
        dense(at + "conv_module.pointwise_conv2", size, size, 1)
    norm("encoder.after_norm")
    dense("ctc.ctc_lo", vocabulary, size, gain=4)
    state["ctc.ctc_lo.bias"][0] = blanks[0]
    state["predictor.embed.weight"] = torch.randn(vocabulary, size)
    for i in range(2):
        for name, inputs in (("ih", size if i == 0 else hidden), ("hh", hidden)):
            state[f"predictor.rnn.weight_{name}_l{i}"] = torch.randn(4 * hidden, inputs) / inputs ** 0.5
            state[f"predictor.rnn.bias_{name}_l{i}"] = 0.1 * torch.randn(4 * hidden)
    dense("predictor.projection", size, hidden)
    dense("joint.enc_ffn", size, size)
    dense("joint.pred_ffn", size, size)
    dense("joint.ffn_out", vocabulary, size, gain=5)
    state["joint.ffn_out.bias"][0] = blanks[1]
    torch.save(state, folder / "pytorch_model.pt")
    tokens = ["<blank>", "<unk>"] + (["\u2581" + s for s in SYLLABLES] + SYLLABLES + [f"\u2581{i}" for i in range(vocabulary)])[:vocabulary - 3] + ["<sos/eos>"]
    (folder / "vocab.txt").write_text("".join(f"{token} {i}\n" for i, token in enumerate(tokens)), encoding="utf-8")
    (folder / "README.md").write_text("---\nlicense: cc0-1.0\nlanguage:\n- vi\n---\nRandom weights.\n", encoding="utf-8")
    config = {"model": "transducer", "predictor": "rnn", "input_dim": 80, "output_dim": vocabulary,
              "encoder_conf": {"output_size": size, "attention_heads": heads, "linear_units": units, "num_blocks": blocks, "cnn_module_kernel": 15,
                               "cnn_module_norm": "layer_norm"},
              "predictor_conf": {"embed_size": size, "output_size": size, "hidden_size": hidden, "num_layers": 2, "rnn_type": "lstm"},
              "joint_conf": {"join_dim": size, "activation": "tanh"}}
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")


def features(samples):
    """Kaldi's filter bank by its definition, in 64-bit floats: natural logarithms of power, shape (frames, 80)."""
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64) * 32768, 400)[::160].copy()
    frames -= frames.mean(1, keepdims=True)
    frames -= 0.97 * np.concatenate([frames[:, :1], frames[:, :-1]], 1)
    frames *= (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 399)) ** 0.85
    mel = lambda hertz: 1127 * np.log(1 + hertz / 700)
    edges, bins = np.linspace(mel(20), mel(8000), 82), mel(np.arange(256) * 16000 / 512)
    rise, fall = (bins - edges[:-2, None]) / (edges[1] - edges[0]), (edges[2:, None] - bins) / (edges[1] - edges[0])
    power = np.abs(np.fft.rfft(frames, 512)[:, :256]) ** 2
    return np.log(np.maximum(power @ np.maximum(0, np.minimum(rise, fall)).T, np.finfo(np.float32).eps)).astype(np.float32)


def hear(folder, samples, limit=10):
    """Sums of encoded frames; [token, frame] of the CTC head and of the transducer."""
    import onnxruntime
    run = lambda name, **inputs: onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), providers=["CPUExecutionProvider"]).run(None, inputs)
    numbers = json.loads((folder / "chunkformer.json").read_text(encoding="utf-8"))
    frames = run("stem", features=features(samples))[0]
    count = len(frames)
    padded = np.concatenate([frames, np.zeros((-count % numbers["chunk"], numbers["size"]), np.float32)])
    number = lambda n: np.array(n, np.int64)
    encoded = run("encoder", frames=padded, length=number(count), offset=number(0), keep=number(0),
                  att_cache=np.zeros(numbers["att_cache_shape"], np.float32), conv_cache=np.zeros(numbers["conv_cache_shape"], np.float32))[0][:count]
    best = run("ctc", encoded=encoded)[0].argmax(1)
    ctc = [[int(token), i] for i, token in enumerate(best) if token and (i == 0 or best[i - 1] != token)]
    state = [np.zeros(shape, np.float32) for shape in numbers["predictor"]["state"].values()]
    predict = lambda token: run("predictor", token=np.array([[token]], np.int64), h=state[0], c=state[1])
    prediction, *state = predict(0)
    said = []
    for i in range(count):
        for _ in range(limit):
            token = int(run("joiner", encoded=encoded[i:i + 1], prediction=prediction)[0][0].argmax())
            if token == 0:
                break
            said.append([token, i])
            prediction, *state = predict(token)
    return {"frame_sums": [round(float(x), 4) for x in encoded.sum(1)], "ctc": ctc, "transducer": said}


def packaged():
    """The small model again, behind the names and shapes of the package's own exporter: an encoder of whole windows, batches of one."""
    import onnx
    from onnx import TensorProto, compose, helper, numpy_helper
    tiny, out = RESOURCES / "chunkformer" / "tiny", RESOURCES / "chunkformer" / "package"
    out.mkdir(parents=True, exist_ok=True)
    said = json.loads((tiny / "chunkformer.json").read_text(encoding="utf-8"))
    FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64

    def part(name):
        return compose.add_prefix(onnx.load(str(tiny / f"{name}.onnx")), f"{name}/")

    def write(name, parts, nodes, inputs, outputs, **fixed):
        value = lambda port: helper.make_tensor_value_info(*port)
        graphs = [p.graph for p in parts]
        graph = helper.make_graph(
            nodes(*[list(g.node) for g in graphs]), name, [value(i) for i in inputs], [value(o) for o in outputs],
            [t for g in graphs for t in g.initializer] + [numpy_helper.from_array(np.array(v), k) for k, v in fixed.items()])
        model = helper.make_model(graph, opset_imports=parts[0].opset_import, ir_version=parts[0].ir_version)
        onnx.checker.check_model(model)
        onnx.save(model, str(out / f"{name}.onnx"))

    node, size, tokens = helper.make_node, said["size"], said["vocabulary"]
    none, one = np.array([0], np.int64), np.array([1], np.int64)
    write("encoder_full", [part("stem"), part("encoder")], lambda stem, encoder: [node("Squeeze", ["feats", "none"], ["stem/features"])] + stem + [
        node("Shape", ["stem/frames"], ["enc_lens"], start=0, end=1), node("Squeeze", ["enc_lens", "none"], ["encoder/length"]),
        node("Neg", ["enc_lens"], ["less"]), node("Mod", ["less", "chunk"], ["fill"]), node("Concat", ["none", "none", "fill", "none"], ["pads"], axis=0),
        node("Pad", ["stem/frames", "pads"], ["encoder/frames"])] + encoder + [
        node("Slice", ["encoder/encoded", "none", "enc_lens", "none"], ["heard"]), node("Unsqueeze", ["heard", "none"], ["enc_out"])],
        [("feats", FLOAT, [1, "time", 80]), ("feat_lens", INT64, [1])], [("enc_out", FLOAT, [1, "out_time", size]), ("enc_lens", INT64, [1])],
        none=none, chunk=np.array([said["chunk"]], np.int64),
        **{"encoder/offset": np.int64(0), "encoder/keep": np.int64(0), "encoder/att_cache": np.zeros(said["att_cache_shape"], np.float32),
           "encoder/conv_cache": np.zeros(said["conv_cache_shape"], np.float32)})
    write("ctc", [part("ctc")], lambda head: [node("Squeeze", ["enc_out", "none"], ["ctc/encoded"])] + head + [
        node("Unsqueeze", ["ctc/log_probs", "none"], ["log_probs"])], [("enc_out", FLOAT, [1, "time", size])], [("log_probs", FLOAT, [1, "time", tokens])], none=none)
    write("joint", [part("joiner")], lambda joiner: [node("Squeeze", ["enc_t", "one"], ["joiner/encoded"]), node("Squeeze", ["pred", "one"], ["joiner/prediction"])]
          + joiner + [node("Unsqueeze", ["joiner/log_probs", "one"], ["logits"])],
          [("enc_t", FLOAT, ["batch", 1, size]), ("pred", FLOAT, ["batch", 1, size])], [("logits", FLOAT, ["batch", 1, tokens])], one=one)
    state = list(said["predictor"]["state"].values())[0]
    given, taken = ("token", "h", "c"), ("token", "state_m", "state_c")
    write("predictor", [part("predictor")], lambda predictor: [node("Identity", [t], [f"predictor/{g}"]) for g, t in zip(given, taken)] + predictor + [
        node("Unsqueeze", ["predictor/prediction", "one"], ["pred_out"]), node("Identity", ["predictor/next_h"], ["new_m"]),
        node("Identity", ["predictor/next_c"], ["new_c"])],
        [("token", INT64, ["batch", 1])] + [(name, FLOAT, [state[0], "batch", state[2]]) for name in taken[1:]],
        [("pred_out", FLOAT, ["batch", 1, size])] + [(name, FLOAT, [state[0], "batch", state[2]]) for name in ("new_m", "new_c")], one=one)
    names = (tiny / "tokens.txt").read_text(encoding="utf-8").splitlines()
    (out / "vocab.txt").write_text("".join(f"{token} {i}\n" for i, token in enumerate(names)), encoding="utf-8")
    numbers = {"model_type": "transducer", "feat_dim": 80, "encoder_output_size": size, "attention_heads": 4, "num_blocks": 2, "subsampling_rate": 8,
               "cnn_module_kernel": 15, "vocab_size": tokens, "blank_id": 0, "has_ctc": True, "is_transducer": True, "streaming": False, "opset": 17,
               "feature": {"sample_rate": 16000, "num_mel_bins": 80, "frame_length": 25, "frame_shift": 10}}
    (out / "onnx_config.json").write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


def fixture():
    out = RESOURCES / "chunkformer"
    with tempfile.TemporaryDirectory() as folder:
        checkpoint(pathlib.Path(folder), 32, 4, 64, 2, 90, 32)
        export_chunkformer.export(folder, out / "tiny", 4, 8, 8)
    one = np.fromfile(RESOURCES / "ctc" / "signal.s16le", "<i2").astype(np.float32) / 32768
    golden = hear(out / "tiny", np.concatenate([one, one[::-1]] * 3))
    (out / "golden.json").write_text(json.dumps(golden) + "\n", encoding="utf-8")
    print({key: len(value) for key, value in golden.items()}, golden["ctc"], golden["transducer"])


if __name__ == "__main__":
    if sys.argv[1] == "packaged":
        packaged()
    elif sys.argv[1] == "fixture":
        fixture()
    elif sys.argv[2:] == ["large"]:
        checkpoint(pathlib.Path(sys.argv[1]), 512, 8, 2048, 17, 6992, 512, blanks=(11.0, 15.2))
    else:
        checkpoint(pathlib.Path(sys.argv[1]), 64, 4, 128, 3, 200, 64)
