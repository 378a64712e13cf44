"""Makes tiny transducers with random weights in published layouts, and what other programs hear with them.

    python3 src/test/python/make_transducer_models.py
    python3 src/test/python/make_transducer_models.py hybrids            a second graph for two of them, by sherpa-onnx 2.0.1 and onnx-asr 0.12.0
    python3 src/test/python/make_transducer_models.py small|large FOLDER      for bench/run transducer: small ones, and sizes of published models

zipformer        encoder, decoder, joiner, tokens.txt and metadata, as icefall exports and sherpa-onnx reads them
parakeet-tdt     encoder-model, decoder_joint-model, vocab.txt and config.json, as onnx-asr reads models of NVIDIA NeMo
parakeet-rnnt    encoder, decoder, joiner, tokens.txt and metadata, as sherpa-onnx publishes models of NVIDIA NeMo
Names, shapes, element types and metadata are those of published files; the arithmetic of the encoders is not. golden.json holds tokens and
times by sherpa-onnx 2.0.1 (zipformer) and onnx-asr 0.12.0 (parakeet-tdt), and sums of encoded frames by onnxruntime 1.32 from features of
kaldi-native-fbank and onnx-asr. Tokens of parakeet-rnnt are by the loop below on features of onnx-asr: sherpa-onnx computes others than NeMo.
Made with onnx 1.23.
"""

import json
import pathlib
import shutil
import sys
import tempfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RESOURCES = pathlib.Path(__file__).parents[1] / "resources"
OUT = RESOURCES / "transducer"
RATE = 16000
PIECES = ["\u2581" + syllable for syllable in ("mot", "hai", "ba", "bon", "nam", "sau")] + ["\u2581", "a", "b", "i", "n", "o", "t", "u"]
FLOAT, INT32, INT64 = TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64
rng = np.random.default_rng(23)


def weights(*shape, scale=1.0):
    return (scale * rng.standard_normal(shape) / np.sqrt(max(1, np.prod(shape[1:])))).astype(np.float32)


def write(path, nodes, inputs, outputs, fixed, **metadata):
    value = lambda port: helper.make_tensor_value_info(port[0], port[1], port[2])
    graph = helper.make_graph(
        [helper.make_node(kind, i, o, **attributes) for kind, i, o, attributes in nodes], "tiny",
        [value(p) for p in inputs], [value(p) for p in outputs], [numpy_helper.from_array(v, k) for k, v in fixed.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    for key, text in metadata.items():
        model.metadata_props.add(key=key, value=str(text))
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def encoder(path, bands, size, strides, columns, names, dense=0, deaf=False, apart=False, **metadata):
    """Convolutions of stride 2 over features, then dense layers; columns = (N, bands, T) as NeMo has it; deaf = it hears the number of each frame alone;
    apart = no frame depends on what follows the last whole one, so that windows may be filled up."""
    x, lens, out, out_lens = names
    nodes, fixed, at = [], {}, x
    if not columns:
        nodes.append(("Transpose", [at], ["turned"], {"perm": [0, 2, 1]}))
        at = "turned"
    nodes += [("Constant", [], ["axes"], {"value_ints": [1, 2]}), ("ReduceMean", [at], ["mean"], {"axes": [1, 2]}),
              ("Sub", [at, "mean"], ["middle"], {})]
    at = "middle"
    if apart:
        fixed["level"] = np.float32(8)
        nodes[-2:] = [("Add", [nodes[-2][1][0], "level"], ["middle"], {})]
    nodes = [n for n in nodes if n[0] != "Constant"]
    if deaf:
        fixed |= {"none": np.float32(0), "each": np.float32(1), "time": np.array(2, np.int64), "pitch": weights(bands, 1)}
        nodes += [("Mul", [at, "none"], ["quiet"], {}), ("Add", ["quiet", "each"], ["ones"], {}), ("CumSum", ["ones", "time"], ["number"], {}),
                  ("Mul", ["number", "pitch"], ["phase"], {}), ("Sin", ["phase"], ["waves"], {})]
        at = "waves"
    for i in range(strides):
        fixed[f"w{i}"] = weights(size, bands if i == 0 else size, 3, scale=1.6)
        nodes += [("Conv", [at, f"w{i}"], [f"c{i}"], {"strides": [2], "pads": [0, 0] if apart else [1, 1], "kernel_shape": [3]}), ("Tanh", [f"c{i}"], [f"t{i}"], {})]
        at = f"t{i}"
    nodes.append(("Transpose", [at], ["r0"], {"perm": [0, 2, 1]}))
    for i in range(dense):
        fixed |= {f"up{i}": weights(size, 4 * size, scale=1 / size ** 0.5), f"down{i}": weights(4 * size, size, scale=1 / size ** 0.5)}
        nodes += [("MatMul", [f"r{i}", f"up{i}"], [f"u{i}"], {}), ("Relu", [f"u{i}"], [f"v{i}"], {}), ("MatMul", [f"v{i}", f"down{i}"], [f"d{i}"], {}),
                  ("Add", [f"r{i}", f"d{i}"], [f"r{i + 1}"], {})]
    nodes.append(("Transpose", [f"r{dense}"], [out], {"perm": [0, 2, 1]}) if columns else ("Identity", [f"r{dense}"], [out], {}))
    stride = 2 ** strides
    fixed["more"], fixed["stride"] = np.array([stride - 1], np.int64), np.array([stride], np.int64)
    nodes += [("Sub" if apart else "Add", [lens, "more"], ["filled"], {}), ("Div", ["filled", "stride"], [out_lens], {})]
    shape = lambda a, b: ["N", a, b] if columns else ["N", b, a]
    write(path, nodes, [(x, FLOAT, shape(bands, "T")), (lens, INT64, ["N"])], [(out, FLOAT, shape(size, "T2")), (out_lens, INT64, ["N"])], fixed, **metadata)


def table(path, tokens):
    path.write_text("".join(f"{t} {i}\n" for i, t in enumerate(tokens)), encoding="utf-8")


def zipformer(folder, size=24, context=2, dense=0, more=()):
    tokens = ["<blk>", "<sos/eos>", "<unk>"] + PIECES + list(more)
    encoder(folder / "encoder.onnx", 80, size, 2, False, ("x", "x_lens", "encoder_out", "encoder_out_lens"), dense, model_type="zipformer2", version=1)
    fixed = {"table": weights(len(tokens), size, scale=5), "mix": weights(context * size, size, scale=1.5), "nothing": np.array(0, np.int64),
             "flat": np.array([-1, context * size], np.int64), "last": np.array([2], np.int64)}
    write(folder / "decoder.onnx",
          [("Max", ["y", "nothing"], ["there"], {}), ("Gather", ["table", "there"], ["rows"], {}), ("GreaterOrEqual", ["y", "nothing"], ["real"], {}),
           ("Cast", ["real"], ["mask"], {"to": FLOAT}), ("Unsqueeze", ["mask", "last"], ["wide"], {}), ("Mul", ["rows", "wide"], ["kept"], {}),
           ("Reshape", ["kept", "flat"], ["line"], {}), ("MatMul", ["line", "mix"], ["mixed"], {}), ("Tanh", ["mixed"], ["decoder_out"], {})],
          [("y", INT64, ["N", context])], [("decoder_out", FLOAT, ["N", size])], fixed, context_size=context, vocab_size=len(tokens))
    bias = np.zeros(len(tokens), np.float32)
    bias[0], bias[1:3] = 2.5, -9
    write(folder / "joiner.onnx",
          [("Add", ["encoder_out", "decoder_out"], ["sum"], {}), ("Tanh", ["sum"], ["bent"], {}), ("Gemm", ["bent", "out", "bias"], ["logit"], {})],
          [("encoder_out", FLOAT, ["N", size]), ("decoder_out", FLOAT, ["N", size])], [("logit", FLOAT, ["N", len(tokens)])],
          {"out": weights(size, len(tokens), scale=6), "bias": bias}, joiner_dim=size)
    table(folder / "tokens.txt", tokens)


def predictor(tokens, hidden, layers):
    """Nodes from targets, state_h, state_c (layers, N, hidden) to predicted (U, N, hidden), next_h, next_c."""
    nodes, fixed, at = [("Gather", ["embed", "targets"], ["rows"], {}), ("Transpose", ["rows"], ["steps"], {"perm": [1, 0, 2]})], {}, "steps"
    fixed["embed"], fixed["one"] = weights(tokens, hidden, scale=6), np.array([1], np.int64)
    fixed["embed"][-1] = 0                                                    # blank is padding
    fixed["axis"] = np.array([0], np.int64)
    for i in range(layers):
        fixed |= {f"W{i}": weights(1, 4 * hidden, hidden, scale=5), f"R{i}": weights(1, 4 * hidden, hidden, scale=5), f"at{i}": np.array(i, np.int64)}
        nodes += [("Gather", ["state_h", f"at{i}"], [f"h{i}r"], {"axis": 0}), ("Unsqueeze", [f"h{i}r", "axis"], [f"h{i}"], {}),
                  ("Gather", ["state_c", f"at{i}"], [f"c{i}r"], {"axis": 0}), ("Unsqueeze", [f"c{i}r", "axis"], [f"c{i}"], {}),
                  ("LSTM", [at, f"W{i}", f"R{i}", "", "", f"h{i}", f"c{i}"], [f"y{i}", f"H{i}", f"C{i}"], {"hidden_size": hidden}),
                  ("Squeeze", [f"y{i}", "one"], [f"s{i}"], {})]
        at = f"s{i}"
    nodes += [("Concat", [f"H{i}" for i in range(layers)], ["next_h"], {"axis": 0}), ("Concat", [f"C{i}" for i in range(layers)], ["next_c"], {"axis": 0})]
    return nodes, fixed, at


def joint(size, hidden, outputs, blank, silence=2):
    """Nodes from encoder_outputs (N, size, T) and turned predictions (N, U, hidden) to logits (N, T, U, outputs)."""
    bias = np.zeros(outputs, np.float32)
    bias[blank], bias[0] = silence, -9
    fixed = {"enc": weights(size, hidden, scale=4), "pred": weights(hidden, hidden, scale=4), "out": weights(hidden, outputs, scale=6), "bias": bias,
             "two": np.array([2], np.int64), "first": np.array([1], np.int64)}
    return [("Transpose", ["encoder_outputs"], ["frames"], {"perm": [0, 2, 1]}), ("MatMul", ["frames", "enc"], ["e"], {}), ("Unsqueeze", ["e", "two"], ["ee"], {}),
            ("MatMul", ["predictions", "pred"], ["p"], {}), ("Unsqueeze", ["p", "first"], ["pp"], {}), ("Add", ["ee", "pp"], ["sum"], {}),
            ("Tanh", ["sum"], ["bent"], {}), ("MatMul", ["bent", "out"], ["raw"], {}), ("Add", ["raw", "bias"], ["logits"], {})], fixed


def parakeet_tdt(folder, size=24, hidden=16, layers=2, durations=5):
    tokens = ["<unk>"] + PIECES + ["<blk>"]
    encoder(folder / "encoder-model.onnx", 128, size, 3, True, ("audio_signal", "length", "outputs", "encoded_lengths"))
    nodes, fixed, at = predictor(len(tokens), hidden, layers)
    more, others = joint(size, hidden, len(tokens) + durations, len(tokens) - 1)
    rename = {"state_h": "input_states_1", "state_c": "input_states_2", "next_h": "output_states_1", "next_c": "output_states_2", "logits": "outputs"}
    all_ = nodes + [("Transpose", [at], ["predictions"], {"perm": [1, 0, 2]})] + more + [("Identity", ["target_length"], ["prednet_lengths"], {})]
    all_ = [(k, [rename.get(x, x) for x in i], [rename.get(x, x) for x in o], a) for k, i, o, a in all_]
    state = lambda name: (name, FLOAT, [layers, "N", hidden])
    write(folder / "decoder_joint-model.onnx", all_,
          [("encoder_outputs", FLOAT, ["N", size, "T"]), ("targets", INT32, ["N", "U"]), ("target_length", INT32, ["N"]), state("input_states_1"), state("input_states_2")],
          [("outputs", FLOAT, ["N", "T", "U", len(tokens) + durations]), ("prednet_lengths", INT32, ["N"]), state("output_states_1"), state("output_states_2")],
          fixed | others)
    table(folder / "vocab.txt", tokens)
    (folder / "config.json").write_text(json.dumps({"model_type": "nemo-conformer-tdt", "features_size": 128, "subsampling_factor": 8}) + "\n")


def parakeet_rnnt(folder, size=24, hidden=16, layers=1, dense=0, more_=(), deaf=False):
    tokens = ["<unk>"] + PIECES + list(more_) + ["<blk>"]
    encoder(folder / "encoder.onnx", 80, size, 3, True, ("audio_signal", "length", "outputs", "encoded_lengths"), dense, deaf, vocab_size=len(tokens) - 1,
            normalize_type="per_feature", pred_rnn_layers=layers, pred_hidden=hidden, subsampling_factor=8, model_type="EncDecRNNTBPEModel", version=1, feat_dim=80)
    nodes, fixed, at = predictor(len(tokens), hidden, layers)
    rename = {"state_h": "states.1", "state_c": "onnx::Slice_3", "next_h": "states", "next_c": "162"}
    all_ = nodes + [("Transpose", [at], ["outputs"], {"perm": [1, 2, 0]}), ("Identity", ["target_length"], ["prednet_lengths"], {})]
    all_ = [(k, [rename.get(x, x) for x in i], [rename.get(x, x) for x in o], a) for k, i, o, a in all_]
    state = lambda name: (name, FLOAT, [layers, "N", hidden])
    write(folder / "decoder.onnx", all_, [("targets", INT32, ["N", "U"]), ("target_length", INT32, ["N"]), state("states.1"), state("onnx::Slice_3")],
          [("outputs", FLOAT, ["N", hidden, "U"]), ("prednet_lengths", INT32, ["N"]), state("states"), state("162")], fixed)
    more, others = joint(size, hidden, len(tokens), len(tokens) - 1, silence=9)
    write(folder / "joiner.onnx", [("Transpose", ["decoder_outputs"], ["predictions"], {"perm": [0, 2, 1]})] + [
        (k, i, ["outputs" if x == "logits" else x for x in o], a) for k, i, o, a in more],
        [("encoder_outputs", FLOAT, ["N", size, "T"]), ("decoder_outputs", FLOAT, ["N", hidden, "U"])], [("outputs", FLOAT, ["N", "T", "U", len(tokens)])], others)
    table(folder / "tokens.txt", tokens)


def hybrid(path, encoder_path, vocabulary, out, **metadata):
    """The encoder with a CTC head, as onnx-asr and icefall publish the second graph of a hybrid."""
    model = onnx.load(str(encoder_path))
    graph, columns = model.graph, model.graph.input[0].name == "audio_signal"
    at, lens = graph.output[0].name, helper.make_tensor_value_info(graph.output[1].name, INT64, ["N"])
    bias = np.zeros(vocabulary, np.float32)
    bias[-1 if columns else 0] = 1
    size = graph.output[0].type.tensor_type.shape.dim[1 if columns else 2].dim_value
    graph.initializer.extend([numpy_helper.from_array(weights(size, vocabulary, scale=6), "head"), numpy_helper.from_array(bias, "head_bias")])
    if columns:
        graph.node.append(helper.make_node("Transpose", [at], ["rows"], perm=[0, 2, 1]))
        at = "rows"
    graph.node.extend([helper.make_node("MatMul", [at, "head"], ["scores"]), helper.make_node("Add", ["scores", "head_bias"], ["biased"]),
                       helper.make_node("LogSoftmax", ["biased"], [out], axis=-1)])
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(out, FLOAT, ["N", "T2", vocabulary]))
    if not columns:
        graph.output.append(lens)
    del model.metadata_props[:]
    for key, value in metadata.items():
        model.metadata_props.add(key=key, value=value)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def samples():
    """The signal of the CTC models, then the same backwards: 3 s."""
    one = np.fromfile(RESOURCES / "ctc" / "signal.s16le", "<i2").astype(np.float32) / 32768
    return np.concatenate([one, one[::-1]])


def sums(path, features, length):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [i.name for i in session.get_inputs()]
    encoded, lens = session.run(None, {names[0]: features, names[1]: np.array([length], np.int64)})
    frames = encoded[0, :lens[0]] if names[0] == "x" else encoded[0].T[:lens[0]]
    return [round(float(x), 4) for x in frames.sum(1)]


def kaldi(x):
    options = kaldi_native_fbank.FbankOptions()
    options.frame_opts.dither, options.frame_opts.snip_edges, options.mel_opts.num_bins, options.mel_opts.high_freq = 0, False, 80, -400
    bank = kaldi_native_fbank.OnlineFbank(options)
    bank.accept_waveform(RATE, x.tolist())
    bank.input_finished()
    return np.stack([bank.get_frame(i) for i in range(bank.num_frames_ready)])


def rnnt(folder, features, length, limit=10):
    """At most `limit` tokens a frame; the states of the predictor follow the tokens only."""
    encoder_, decoder, joiner = (onnxruntime.InferenceSession(str(folder / f"{n}.onnx"), providers=["CPUExecutionProvider"]) for n in ("encoder", "decoder", "joiner"))
    tokens = [line.rsplit(" ", 1)[0] for line in (folder / "tokens.txt").read_text(encoding="utf-8").splitlines()]
    encoded, lens = encoder_.run(None, {"audio_signal": features, "length": np.array([length], np.int64)})
    names, blank = [i.name for i in decoder.get_inputs()], len(tokens) - 1
    predict = lambda token, states: decoder.run(None, dict(zip(names, [np.array([[token]], np.int32), np.array([1], np.int32), *states])))
    shape = [d if isinstance(d, int) else 1 for d in decoder.get_inputs()[2].shape]
    predicted, _, *states = predict(blank, [np.zeros(shape, np.float32)] * 2)
    out = []
    for t in range(int(lens[0])):
        for _ in range(limit):
            token = int(joiner.run(None, {"encoder_outputs": encoded[:, :, t:t + 1], "decoder_outputs": predicted})[0].reshape(-1).argmax())
            if token == blank:
                break
            out.append([tokens[token], t])
            predicted, _, *states = predict(token, states)
    return out


def sherpa(folder, x, method, **more):
    recognizer = sherpa_onnx.OfflineRecognizer.from_transducer(
        encoder=str(folder / "encoder.onnx"), decoder=str(folder / "decoder.onnx"), joiner=str(folder / "joiner.onnx"),
        tokens=str(folder / "tokens.txt"), decoding_method=method, **more)
    stream = recognizer.create_stream()
    stream.accept_waveform(RATE, x)
    recognizer.decode_stream(stream)
    return stream.result.tokens, stream.result.timestamps


def said(tokens, times, frame):
    return [[token.replace(" ", "\u2581"), round(time / frame)] for token, time in zip(tokens, times)]


def main():
    for name, make in (("zipformer", zipformer), ("parakeet-tdt", parakeet_tdt), ("parakeet-rnnt", parakeet_rnnt)):
        make(OUT / name)
    x = samples()
    features = kaldi(x)
    nemo, count = NemoPreprocessorNumpy("nemo128")(x[None], np.array([len(x)]))
    nemo80, _ = NemoPreprocessorNumpy("nemo80")(x[None], np.array([len(x)]))
    theirs = onnx_asr.load_model("nemo-conformer-tdt", OUT / "parakeet-tdt").with_timestamps().recognize(x, sample_rate=RATE)
    golden = {
        "zipformer": {"frame_sums": sums(OUT / "zipformer" / "encoder.onnx", features[None], len(features)),
                      "greedy": said(*sherpa(OUT / "zipformer", x, "greedy_search"), 0.04),
                      "beam4": said(*sherpa(OUT / "zipformer", x, "modified_beam_search", max_active_paths=4), 0.04)},
        "parakeet-tdt": {"frame_sums": sums(OUT / "parakeet-tdt" / "encoder-model.onnx", nemo, int(count[0])),
                         "greedy": said(theirs.tokens, theirs.timestamps, 0.08)},
        "parakeet-rnnt": {"frame_sums": sums(OUT / "parakeet-rnnt" / "encoder.onnx", nemo80, int(count[0])),
                          "greedy": rnnt(OUT / "parakeet-rnnt", nemo80, int(count[0]))}}
    (OUT / "golden.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, values in golden.items():
        print(name, {k: len(v) for k, v in values.items()}, values["greedy"])


def hybrids():
    """Beside the models above, so that those stay as they are: CTC graphs of the same tokens, and an encoder that may be given several windows."""
    out, x = OUT / "hybrid", samples()
    hybrid(out / "zipformer.onnx", OUT / "zipformer" / "encoder.onnx", len(PIECES) + 3, "log_probs", model_type="zipformer2_ctc", version="1")
    hybrid(out / "parakeet-tdt.onnx", OUT / "parakeet-tdt" / "encoder-model.onnx", len(PIECES) + 2, "logprobs")
    encoder(out / "apart.onnx", 80, 24, 2, False, ("x", "x_lens", "encoder_out", "encoder_out_lens"), apart=True, model_type="zipformer2", version=1)
    theirs = sherpa_onnx.OfflineRecognizer.from_zipformer_ctc(model=str(out / "zipformer.onnx"), tokens=str(OUT / "zipformer" / "tokens.txt"))
    stream = theirs.create_stream()
    stream.accept_waveform(RATE, x)
    theirs.decode_stream(stream)
    with tempfile.TemporaryDirectory() as folder:
        for source, name in ((out / "parakeet-tdt.onnx", "model.onnx"), (OUT / "parakeet-tdt" / "vocab.txt", "vocab.txt")):
            shutil.copy(source, pathlib.Path(folder) / name)
        (pathlib.Path(folder) / "config.json").write_text(json.dumps({"model_type": "nemo-conformer-ctc", "features_size": 128, "subsampling_factor": 8}))
        nemo = onnx_asr.load_model("nemo-conformer-ctc", folder).with_timestamps().recognize(x, sample_rate=RATE)
    golden = {"zipformer": said(stream.result.tokens, stream.result.timestamps, 0.04), "parakeet-tdt": said(nemo.tokens, nemo.timestamps, 0.08)}
    (out / "golden.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
    print(golden)


def small(folder):
    zipformer(folder / "zipformer")
    parakeet_rnnt(folder / "parakeet-rnnt", deaf=True)


def large(folder):
    """sherpa-onnx computes other features than NeMo, so that a Parakeet that hears them says other tokens."""
    pieces = lambda count: [f"\u2581{i}" for i in range(count)]
    zipformer(folder / "zipformer", 512, 2, 24, pieces(480))
    parakeet_rnnt(folder / "parakeet-rnnt", 512, 640, 1, 32, pieces(1008), deaf=True)


if __name__ == "__main__":
    if sys.argv[1:2] in (["small"], ["large"]):
        {"small": small, "large": large}[sys.argv[1]](pathlib.Path(sys.argv[2]))
    else:
        import kaldi_native_fbank
        import onnx_asr
        import onnxruntime
        import sherpa_onnx
        from onnx_asr.preprocessors.numpy_preprocessor import NemoPreprocessorNumpy
        if sys.argv[1:] == ["hybrids"]:
            hybrids()
        else:
            main()
