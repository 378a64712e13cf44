"""Exports a ChunkFormer checkpoint to the ONNX graphs that MAIE Edge runs.

    python export_chunkformer.py CHECKPOINT OUT [--chunk 64 --left 128 --right 128] [--closed] [--int8]

CHECKPOINT is a folder as it is published for the package chunkformer: config.yaml, pytorch_model.bin (or .pt, .ckpt), vocab.txt. OUT receives

    stem.onnx          features -> frames: normalisation and three strided convolutions, no state
    encoder.onnx       frames of any number of chunks, and caches -> encoded frames, and caches; sizes of chunk and contexts are fixed
    encoder.int8.onnx  with --int8: products with weights in 8 bits, signed, a scale per column
    ctc.onnx           encoded frames -> log-probabilities, where the checkpoint has the head
    predictor.onnx     the last token and states -> a prediction and states, for transducers
    joiner.onnx        encoded frames and predictions -> log-probabilities, for transducers
    tokens.txt         a token a line
    chunkformer.json   the numbers that a reader needs
    README.md          the model card of the checkpoint, if it has one: licence and languages are read from it

--closed ends the convolution of each chunk at the chunk, as the package's encode() and training with dynamic_conv do; without it the convolution
hears the chunk that follows, as batch_decode() and endless_decode() do. Needs torch (1.13 or 2.5), onnx, onnxruntime, numpy and PyYAML, and not the
package. The architecture is that of K. Le et al., ChunkFormer: Masked Chunking Conformer for Long-Form Speech Transcription, 2025, as the package
1.2.2 computes it; names of weights are those of its checkpoints.
"""

import argparse
import inspect
import json
import math
import pathlib
import shutil

import numpy as np
import onnx
import torch
import torch.nn.functional as functional
import yaml
from torch import nn

WEIGHTS = ("pytorch_model.bin", "pytorch_model.pt", "pytorch_model.ckpt")
EXPECTED = {"input_layer": "dw_striding", "pos_enc_layer_type": "chunk_rel_pos", "normalize_before": True, "macaron_style": True, "use_cnn_module": True,
            "layer_norm_type": "layer_norm", "final_norm": True, "activation_type": "swish"}
ACTIVATIONS = {"tanh": nn.Tanh, "relu": nn.ReLU, "swish": nn.SiLU, "gelu": nn.GELU, "selu": nn.SELU, "hardtanh": nn.Hardtanh}
EPSILON = 1e-5
NEVER = -1e9  # added to the score of a frame that is not heard: its weight becomes exactly zero
SUBSAMPLING, EXTRA = 8, 7


class Weights:
    """The tensors of a checkpoint whose names begin alike."""

    def __init__(self, tensors):
        self.tensors = tensors

    def __getitem__(self, name):
        return self.tensors[name]

    def __contains__(self, name):
        return name in self.tensors

    def __bool__(self):
        return bool(self.tensors)

    def below(self, prefix):
        return Weights({name[len(prefix):]: tensor for name, tensor in self.tensors.items() if name.startswith(prefix)})

    def fill(self, module):
        """Every parameter of the module has to be there, and no other."""
        module.load_state_dict(self.tensors)
        return module

    def linear(self, name, bias=True):
        outputs, inputs = self[f"{name}.weight"].shape[:2]
        layer = nn.Linear(inputs, outputs, bias=bias)
        layer.weight.data = self[f"{name}.weight"].reshape(outputs, inputs)
        if bias:
            layer.bias.data = self[f"{name}.bias"]
        return layer

    def norm(self, name, epsilon=EPSILON):
        return self.below(f"{name}.").fill(nn.LayerNorm(len(self[f"{name}.weight"]), eps=epsilon))


def read(folder):
    """The configuration, the weights and the tokens of a checkpoint."""
    config = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))
    for key, value in EXPECTED.items():
        found = config["encoder_conf"].get(key, value)
        if found != value:
            raise SystemExit(f"encoder_conf.{key}: expected {value}, found {found}")
    files = [folder / name for name in WEIGHTS if (folder / name).exists()]
    if not files:
        raise SystemExit(f"expected one of {', '.join(WEIGHTS)} in {folder}, found none")
    only_weights = {"weights_only": True} if "weights_only" in inspect.signature(torch.load).parameters else {}
    state = torch.load(files[0], map_location="cpu", **only_weights)
    tokens = []
    for line in (folder / "vocab.txt").read_text(encoding="utf-8").splitlines():
        token, number = line.split()
        if int(number) != len(tokens):
            raise SystemExit(f"vocab.txt: expected number {len(tokens)}, found {number}")
        tokens.append(token)
    return config, Weights({name: tensor.float() for name, tensor in state.items()}), tokens


class Stem(nn.Module):
    """Features (8 k + 7, bands) to frames (k, size)."""

    def __init__(self, config, weights):
        super().__init__()
        size, bands = config["encoder_conf"]["output_size"], config["input_dim"]
        known = "global_cmvn.mean" in weights
        self.register_buffer("mean", weights["global_cmvn.mean"] if known else torch.zeros(bands))
        self.register_buffer("scale", weights["global_cmvn.istd"] if known else torch.ones(bands))
        deep = lambda: [nn.Conv2d(size, size, 3, 2, groups=size), nn.Conv2d(size, size, 1), nn.ReLU()]
        self.convolutions = weights.below("embed.conv.").fill(nn.Sequential(nn.Conv2d(1, size, 3, 2), nn.ReLU(), *deep(), *deep()))
        self.out = weights.linear("embed.out")
        self.gain = math.sqrt(size)

    def forward(self, features):
        planes = self.convolutions(((features - self.mean) * self.scale)[None, None])      # (1, size, k, bands left)
        return self.out(planes.transpose(1, 2).flatten(2)[0]) * self.gain


class Reach:
    """What one chunk hears: `left` frames before itself, itself, and `right` frames behind."""

    def __init__(self, chunk, left, right, kernel, closed):
        self.chunk, self.left, self.right = chunk, left, right
        self.side = kernel // 2
        self.open_side = 0 if closed else min(right, self.side)

    def distances(self, size):
        """Sines and cosines of the distances from a query to a key, from the farthest before to the farthest behind."""
        distance = torch.arange(self.chunk + self.left - 1, -(self.chunk + self.right), -1, dtype=torch.float32)
        rate = torch.exp(torch.arange(0, size, 2, dtype=torch.float32) * (-math.log(10000.0) / size))
        angle = distance[:, None] * rate
        return torch.stack((angle.sin(), angle.cos()), dim=-1).flatten(1)


class Attention(nn.Module):
    """Self-attention of chunks with relative positions (Z. Dai et al., Transformer-XL, 2019)."""

    def __init__(self, heads, weights, reach):
        super().__init__()
        size = weights["linear_q.weight"].shape[0]
        self.heads, self.width, self.reach = heads, size // heads, reach
        self.query, self.out = weights.linear("linear_q"), weights.linear("linear_out")
        self.both = nn.Linear(size, 2 * size)
        beside = lambda part, *rest: torch.cat([weights[f"linear_{x}.{part}"].view(heads, self.width, *rest) for x in "kv"], 1)
        self.both.weight.data = beside("weight", size).reshape(2 * size, size)                # key and value of a head beside each other
        self.both.bias.data = beside("bias").reshape(-1)
        self.register_buffer("content_bias", weights["pos_bias_u"])
        self.register_buffer("place_bias", weights["pos_bias_v"])
        places = reach.distances(size) @ weights["linear_pos.weight"].T
        self.register_buffer("places", places.view(-1, heads, self.width).permute(1, 2, 0).contiguous())

    def forward(self, x, cache, heard):
        """x (n chunk, size), cache (left, heads, 2 width) -> the same of this layer; the cache that follows."""
        chunk, width, span = self.reach.chunk, self.width, self.places.shape[2]
        now = self.both(x).view(-1, self.heads, 2 * width)
        everything = torch.cat([cache, now, x.new_zeros(self.reach.right, self.heads, 2 * width)])
        windows = everything[heard.keys].permute(0, 2, 1, 3)                                  # (n, heads, window, 2 width)
        query = self.query(x).view(-1, chunk, self.heads, width)
        content = (query + self.content_bias).transpose(1, 2) @ windows[..., :width].transpose(2, 3)
        place = (query + self.place_bias).transpose(1, 2) @ self.places                       # (n, heads, chunk, span)
        # query i wants columns chunk - 1 - i and on: laid out in one line, each row begins one column earlier than the row before
        line = place.reshape(-1, self.heads, chunk * span)[:, :, chunk - 1:chunk * span - 1]
        place = line.reshape(-1, self.heads, chunk, span - 1)[..., :span - chunk + 1]
        share = torch.softmax((content + place) * (1 / math.sqrt(width)) + heard.penalty, dim=-1)
        mixed = (share @ windows[..., width:]).transpose(1, 2).reshape(-1, self.heads * width)
        return self.out(mixed), everything[heard.keep:heard.keep + self.reach.left]


class Convolution(nn.Module):
    """Gated, depthwise, normalised, mixed."""

    def __init__(self, conf, weights, reach):
        super().__init__()
        size, kernel = conf["output_size"], conf["cnn_module_kernel"]
        self.reach = reach
        self.gate, self.mix = weights.linear("pointwise_conv1"), weights.linear("pointwise_conv2")
        self.depthwise = weights.below("depthwise_conv.").fill(nn.Conv1d(size, size, kernel, groups=size))
        if conf.get("cnn_module_norm", "batch_norm") == "layer_norm":
            self.norm = weights.norm("norm")
        else:                                                                                 # scale and offset, which go into the convolution
            batch = weights.below("norm.")
            scale = batch["weight"] / torch.sqrt(batch["running_var"] + EPSILON)
            self.depthwise.weight.data *= scale[:, None, None]
            self.depthwise.bias.data = (self.depthwise.bias.data - batch["running_mean"]) * scale + batch["bias"]
            self.norm = nn.Identity()

    def forward(self, x, cache, heard):
        """x (n chunk, size), cache (side, size) -> the same of this layer; the cache that follows."""
        side = self.reach.side
        gated = torch.cat([cache, functional.glu(self.gate(x), dim=-1), x.new_zeros(side, x.shape[-1])])
        cache = gated[heard.keep:heard.keep + side]
        gated = gated * heard.real
        if self.reach.open_side == side:
            y = self.depthwise(gated.T[None])[0].T
        else:
            windows = gated[heard.around] * heard.open_
            y = self.depthwise(windows.transpose(1, 2)).transpose(1, 2).reshape(-1, x.shape[-1])
        return self.mix(functional.silu(self.norm(y))), cache


class Layer(nn.Module):
    """Half of a feed-forward network, attention, convolution, the other half."""

    def __init__(self, conf, weights, reach):
        super().__init__()
        names = ("norm_ff_macaron", "norm_mha", "norm_conv", "norm_ff", "norm_final")
        self.norms = nn.ModuleDict({name: weights.norm(name) for name in names})
        forward = lambda name: nn.Sequential(weights.linear(f"{name}.w_1"), nn.SiLU(), weights.linear(f"{name}.w_2"))
        self.first, self.second = forward("feed_forward_macaron"), forward("feed_forward")
        self.attention = Attention(conf["attention_heads"], weights.below("self_attn."), reach)
        self.convolution = Convolution(conf, weights.below("conv_module."), reach)

    def forward(self, x, attention_cache, convolution_cache, heard):
        x = x + 0.5 * self.first(self.norms["norm_ff_macaron"](x))
        y, attention_cache = self.attention(self.norms["norm_mha"](x), attention_cache, heard)
        x = x + y
        y, convolution_cache = self.convolution(self.norms["norm_conv"](x), convolution_cache, heard)
        x = x + y
        x = x + 0.5 * self.second(self.norms["norm_ff"](x))
        return self.norms["norm_final"](x), attention_cache, convolution_cache


class Heard:
    """Which frames are real, and which of them each chunk hears."""

    def __init__(self, frames, length, offset, keep, reach):
        chunk, side = reach.chunk, reach.side
        chunks = frames.shape[0] // chunk
        start = torch.arange(chunks)[:, None] * chunk
        self.keep = keep
        self.keys = start + torch.arange(reach.left + chunk + reach.right)
        place = self.keys - reach.left
        self.penalty = ((place >= length) | (place < -offset)).float()[:, None, None] * NEVER
        place = torch.arange(chunks * chunk + 2 * side)[:, None] - side
        self.real = ((place < length) & (place >= -offset)).float()
        inside = torch.arange(chunk + 2 * side)
        self.around = start + inside
        self.open_ = (inside < chunk + side + reach.open_side).float()[None, :, None]


class Encoder(nn.Module):
    """One step. length: how many frames are speech, the rest fills the last chunk; offset: how many frames before are real, 0 in the first step;
    keep: how many frames this step settles, a multiple of the chunk, 0 in the last step."""

    def __init__(self, config, weights, reach):
        super().__init__()
        conf = config["encoder_conf"]
        self.reach = reach
        self.layers = nn.ModuleList([Layer(conf, weights.below(f"encoders.{i}."), reach) for i in range(conf["num_blocks"])])
        self.norm = weights.norm("after_norm", float(conf.get("norm_eps", EPSILON)))

    def forward(self, frames, length, offset, keep, att_cache, conv_cache):
        heard = Heard(frames, length, offset, keep, self.reach)
        attention, convolution = [], []
        for i, layer in enumerate(self.layers):
            frames, a, c = layer(frames, att_cache[i], conv_cache[i], heard)
            attention.append(a)
            convolution.append(c)
        return self.norm(frames), torch.stack(attention), torch.stack(convolution)


class Ctc(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.head = weights.linear("ctc_lo")

    def forward(self, encoded):
        return torch.log_softmax(self.head(encoded), dim=-1)


class RecurrentPredictor(nn.Module):
    """token (B, 1), h and c (layers, B, hidden) -> prediction (B, P), h, c."""

    names, batch_axis = ("h", "c"), 1

    def __init__(self, conf, weights):
        super().__init__()
        if conf.get("rnn_type", "lstm") != "lstm":
            raise SystemExit("predictor_conf.rnn_type: expected lstm, found " + conf["rnn_type"])
        self.layers, self.hidden = conf["num_layers"], conf["hidden_size"]
        self.embed = weights.below("embed.").fill(nn.Embedding(*weights["embed.weight"].shape))
        self.rnn = weights.below("rnn.").fill(nn.LSTM(conf["embed_size"], self.hidden, self.layers, bias=conf.get("bias", True), batch_first=True))
        self.projection = weights.linear("projection")

    def start(self, batch):
        return [torch.zeros(self.layers, batch, self.hidden)] * 2

    def forward(self, token, h, c):
        said, (h, c) = self.rnn(self.embed(token), (h, c))
        return self.projection(said)[:, 0], h, c


class HistoryPredictor(nn.Module):
    """The kinds that see the last tokens only: token (B, 1), history (B, n, E) of embeddings -> prediction (B, E), history."""

    names, batch_axis = ("history",), 0

    def __init__(self, kind, conf, weights):
        super().__init__()
        size, self.length = conf["embed_size"], conf.get("history_size", 2)
        self.embed = weights.below("embed.").fill(nn.Embedding(*weights["embed.weight"].shape))
        self.norm = weights.norm("norm", float(conf.get("layer_norm_epsilon", EPSILON)))
        self.activation = ACTIVATIONS[conf.get("activation", "relu" if kind == "conv" else "swish")]()
        self.is_convolution = kind == "conv"
        if self.is_convolution:
            self.conv = weights.below("conv.").fill(nn.Conv1d(size, size, self.length + 1, groups=size, bias=conf.get("bias", False)))
        else:
            self.heads = conf["n_head"]
            self.register_buffer("places", weights["pos_embed.weight"].view(self.heads, size, self.length + 1).permute(0, 2, 1))
            self.ffn = weights.linear("ffn")

    def start(self, batch):
        return [torch.zeros(batch, self.length, self.embed.embedding_dim)]

    def forward(self, token, history):
        x = torch.cat([history, self.embed(token)], 1)                                        # (B, n + 1, E)
        if self.is_convolution:
            y = self.conv(x.transpose(1, 2))[:, :, 0]
        else:
            share = (x[:, None] * self.places).sum(-1, keepdim=True)                          # (B, heads, n + 1, 1)
            y = self.ffn((share * x[:, None]).sum((1, 2)) / (self.heads * (self.length + 1)))
        return self.activation(self.norm(y)), x[:, 1:]


class Joiner(nn.Module):
    """encoded (B, D), prediction (B, P) -> log-probabilities (B, V)."""

    def __init__(self, conf, weights):
        super().__init__()
        if conf.get("hat_joint", False):
            raise SystemExit("joint_conf.hat_joint: expected false, found true")
        before, after = conf.get("prejoin_linear", True), conf.get("postjoin_linear", False)
        self.encoded = weights.linear("enc_ffn") if before else nn.Identity()
        self.predicted = weights.linear("pred_ffn") if before else nn.Identity()
        self.joined = weights.linear("post_ffn") if after else nn.Identity()
        self.activation = ACTIVATIONS[conf.get("activation", "tanh")]()
        self.out = weights.linear("ffn_out")

    def forward(self, encoded, prediction):
        joined = self.joined(self.encoded(encoded) + self.predicted(prediction))
        return torch.log_softmax(self.out(self.activation(joined)), dim=-1)


def write(module, example, path, inputs, outputs, axes):
    old = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(module.eval(), example, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes, opset_version=17, **old)
    model = onnx.load(str(path))
    model.producer_name, model.producer_version = "", ""
    onnx.save(model, str(path))


def write_encoder(encoder, conf, out):
    chunk, size, heads, blocks = encoder.reach.chunk, conf["output_size"], conf["attention_heads"], conf["num_blocks"]
    attention, convolution = [blocks, encoder.reach.left, heads, 2 * size // heads], [blocks, encoder.reach.side, size]
    number = lambda n: torch.tensor(n, dtype=torch.int64)
    example = (torch.randn(3 * chunk, size), number(2 * chunk + 5), number(0), number(chunk), torch.zeros(attention), torch.zeros(convolution))
    write(encoder, example, out / "encoder.onnx", ["frames", "length", "offset", "keep", "att_cache", "conv_cache"],
          ["encoded", "next_att_cache", "next_conv_cache"], {"frames": {0: "frames"}, "encoded": {0: "frames"}})
    return attention, convolution


def write_transducer(config, weights, size, out):
    kind, conf, own = config.get("predictor", "rnn"), config["predictor_conf"], weights.below("predictor.")
    predictor = (RecurrentPredictor(conf, own) if kind == "rnn" else HistoryPredictor(kind, conf, own)).eval()
    states, axis = predictor.start(2), predictor.batch_axis
    token = torch.zeros(2, 1, dtype=torch.int64)
    axes = {prefix + name: {axis: "batch"} for name in predictor.names for prefix in ("", "next_")}
    write(predictor, (token, *states), out / "predictor.onnx", ["token", *predictor.names], ["prediction", *("next_" + n for n in predictor.names)],
          {"token": {0: "batch"}, "prediction": {0: "batch"}, **axes})
    joiner = Joiner(config["joint_conf"], weights.below("joint.")).eval()
    write(joiner, (torch.randn(2, size), predictor(token, *states)[0]), out / "joiner.onnx", ["encoded", "prediction"], ["log_probs"],
          {name: {0: "batch"} for name in ("encoded", "prediction", "log_probs")})
    one = predictor.start(1)
    return {"kind": kind, "state": {name: list(state.shape) for name, state in zip(predictor.names, one)}, "start_token": 0}


def quantise(source, target):
    """Dense layers in 8 bits. The exporter writes those of two axes as Gemm, which onnxruntime leaves in floats: they become MatMul and Add first."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    model = onnx.load(str(source))
    fixed = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes, products = [], []
    for node in model.graph.node:
        if node.op_type != "Gemm" or node.input[1] not in fixed:
            nodes.append(node)
            continue
        turned = node.input[1] + "_turned"
        if turned not in fixed:
            fixed[turned] = onnx.numpy_helper.from_array(np.ascontiguousarray(onnx.numpy_helper.to_array(fixed[node.input[1]]).T), turned)
            model.graph.initializer.append(fixed[turned])
        product = node.output[0] + "_product"
        products.append(node.name + "_product")
        nodes.append(onnx.helper.make_node("MatMul", [node.input[0], turned], [product], name=products[-1]))
        nodes.append(onnx.helper.make_node("Add", [product, node.input[2]], list(node.output), name=node.name + "_offset"))
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(kept)
    plain = target.with_suffix(".plain.onnx")
    onnx.save(model, str(plain))
    quantize_dynamic(str(plain), str(target), op_types_to_quantize=["MatMul"], nodes_to_quantize=products, per_channel=True,
                     weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True})
    plain.unlink()


@torch.no_grad()
def export(checkpoint, out, chunk=64, left=128, right=128, closed=False, int8=False):
    checkpoint, out = pathlib.Path(checkpoint), pathlib.Path(out)
    config, weights, tokens = read(checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    conf = config["encoder_conf"]
    size, reach = conf["output_size"], Reach(chunk, left, right, conf["cnn_module_kernel"], closed)
    encoder = Encoder(config, weights.below("encoder."), reach).eval()
    write(Stem(config, weights.below("encoder.")).eval(), (torch.randn(SUBSAMPLING * chunk + EXTRA, config["input_dim"]),), out / "stem.onnx",
          ["features"], ["frames"], {"features": {0: "feature_frames"}, "frames": {0: "frames"}})
    attention, convolution = write_encoder(encoder, conf, out)
    numbers = {"format": "chunkformer-onnx-1", "heads": [], "feature": {"type": "kaldi_fbank", "bands": config["input_dim"], "scale": 32768},
               "chunk": chunk, "left": left, "right": right, "convolution": "closed" if closed else "open", "size": size, "blank": 0,
               "vocabulary": len(tokens), "att_cache_shape": attention, "conv_cache_shape": convolution}
    if weights.below("ctc."):
        write(Ctc(weights.below("ctc.")), (torch.randn(5, size),), out / "ctc.onnx", ["encoded"], ["log_probs"],
              {"encoded": {0: "frames"}, "log_probs": {0: "frames"}})
        numbers["heads"].append("ctc")
    if config.get("model") == "transducer":
        numbers["predictor"] = write_transducer(config, weights, size, out)
        numbers["heads"].append("transducer")
    (out / "tokens.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    (out / "chunkformer.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    if (checkpoint / "README.md").exists():
        shutil.copyfile(checkpoint / "README.md", out / "README.md")
    if int8:
        quantise(out / "encoder.onnx", out / "encoder.int8.onnx")
    return numbers


def main():
    parser = argparse.ArgumentParser(description="Exports a ChunkFormer checkpoint to the ONNX graphs that MAIE Edge runs.")
    parser.add_argument("checkpoint")
    parser.add_argument("out")
    for name, value in (("chunk", 64), ("left", 128), ("right", 128)):
        parser.add_argument("--" + name, type=int, default=value, help=f"frames of 80 ms, {value} if not given")
    parser.add_argument("--closed", action="store_true", help="the convolution of a chunk ends at the chunk")
    parser.add_argument("--int8", action="store_true", help="write an encoder in 8 bits too")
    asked = parser.parse_args()
    print(json.dumps(export(asked.checkpoint, asked.out, asked.chunk, asked.left, asked.right, asked.closed, asked.int8)))


if __name__ == "__main__":
    main()
