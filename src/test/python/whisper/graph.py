"""Writes a transformers Whisper model as the ONNX graphs that Hugging Face's exporter publishes.

The graphs are built node by node from the state dict, under the published names and shapes:

    encoder_model            input_features -> last_hidden_state
    decoder_model            input_ids, encoder_hidden_states -> logits, present.*
    decoder_with_past_model  input_ids, past_key_values.* -> logits, present.*.decoder.*
    decoder_model_merged     both, chosen by use_cache_branch

With `attentions`, decoders also return cross_attentions.N, as "_timestamped" exports do.
compact() makes the files half as large without changing a value.
"""

from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
FLOAT, INT64, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL


@dataclass
class Weights:
    """Initializers, shared by all graphs that are built on them."""

    state: dict
    tensors: dict = field(default_factory=dict)

    def put(self, name, array):
        self.tensors.setdefault(name, np.ascontiguousarray(array))
        return name

    def raw(self, key):
        return self.put(key, self.state[key].float().numpy())

    def matrix(self, key):
        """A linear layer's weight as MatMul wants it."""
        return self.put(key + "_t", self.state[key].float().numpy().T)

    def ints(self, *values):
        return self.put("ints_" + "_".join(str(v).replace("-", "m") for v in values),
                        np.array(values, dtype=np.int64))

    def number(self, value):
        return self.put(f"number_{value:.8g}", np.array(value, dtype=np.float32))


class Graph:
    """Nodes in the making."""

    def __init__(self, weights, prefix):
        self.weights, self.prefix = weights, prefix
        self.nodes, self.count = [], 0

    def op(self, kind, *inputs, out=None, **attributes):
        self.count += 1
        name = f"{self.prefix}{kind}_{self.count}"
        out = out or name + "_out"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=name, **attributes))
        return out

    def linear(self, x, key):
        y = self.op("MatMul", x, self.weights.matrix(key + ".weight"))
        bias = key + ".bias"
        return self.op("Add", y, self.weights.raw(bias)) if bias in self.weights.state else y

    def norm(self, x, key, out=None):
        return self.op("LayerNormalization", x, self.weights.raw(key + ".weight"),
                       self.weights.raw(key + ".bias"), out=out, axis=-1, epsilon=1e-5)

    def gelu(self, x):
        erf = self.op("Erf", self.op("Div", x, self.weights.number(2**0.5)))
        return self.op("Mul", self.op("Mul", x, self.op("Add", erf, self.weights.number(1.0))),
                       self.weights.number(0.5))

    def heads(self, x, heads, size, out=None):
        split = self.op("Reshape", x, self.weights.ints(0, 0, heads, size))
        return self.op("Transpose", split, out=out, perm=[0, 2, 1, 3])

    def attend(self, query, key, value, width, mask=None, attention_out=None):
        scores = self.op("MatMul", query, self.op("Transpose", key, perm=[0, 1, 3, 2]))
        if mask:
            scores = self.op("Add", scores, mask)
        weights = self.op("Softmax", scores, out=attention_out, axis=-1)
        mixed = self.op("Transpose", self.op("MatMul", weights, value), perm=[0, 2, 1, 3])
        return self.op("Reshape", mixed, self.weights.ints(0, 0, width))


def tiled(fine, coarse, size):
    """The embedding that two tables stand for: row i is fine[i % len(fine)] + coarse[i // len(fine)]."""
    rows = np.arange(size)
    return fine[rows % len(fine)] + coarse[rows // len(fine)]


def tensor(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, list(shape))


class Exporter:
    """Of one model; with `tiles` (see tiled()) the embedding is put together from two small tables."""

    def __init__(self, model, attentions=False, tiles=None):
        self.tiles = tiles
        self.config = model.config
        self.weights = Weights(model.state_dict())
        self.attentions = attentions
        self.size = self.config.d_model // self.config.decoder_attention_heads

    # encoder

    def encoder(self):
        c, g = self.config, Graph(self.weights, "encoder/")
        w = self.weights
        x = g.gelu(g.op("Conv", "input_features", w.raw("model.encoder.conv1.weight"),
                        w.raw("model.encoder.conv1.bias"), kernel_shape=[3], pads=[1, 1]))
        x = g.gelu(g.op("Conv", x, w.raw("model.encoder.conv2.weight"),
                        w.raw("model.encoder.conv2.bias"), kernel_shape=[3], pads=[1, 1], strides=[2]))
        x = g.op("Add", g.op("Transpose", x, perm=[0, 2, 1]), w.raw("model.encoder.embed_positions.weight"))
        heads = c.encoder_attention_heads
        for layer in range(c.encoder_layers):
            key = f"model.encoder.layers.{layer}."
            y = g.norm(x, key + "self_attn_layer_norm")
            q, k, v = self.qkv(g, y, key + "self_attn.", heads)
            x = g.op("Add", x, g.linear(g.attend(q, k, v, c.d_model), key + "self_attn.out_proj"))
            x = self.feed_forward(g, x, key)
        g.norm(x, "model.encoder.layer_norm", out="last_hidden_state")
        frames = "encoder_sequence_length"
        return self.model(g.nodes, [tensor("input_features", FLOAT, "batch_size", c.num_mel_bins, "frames")],
                          [tensor("last_hidden_state", FLOAT, "batch_size", frames, c.d_model)])

    def qkv(self, g, x, key, heads, source=None):
        size = self.config.d_model // heads
        q = g.op("Mul", g.linear(x, key + "q_proj"), self.weights.number(size**-0.5))
        source = source or x
        return (g.heads(q, heads, size), g.heads(g.linear(source, key + "k_proj"), heads, size),
                g.heads(g.linear(source, key + "v_proj"), heads, size))

    def feed_forward(self, g, x, key):
        y = g.linear(g.norm(x, key + "final_layer_norm"), key + "fc1")
        return g.op("Add", x, g.linear(g.gelu(y), key + "fc2"))

    # decoder

    def decoder_nodes(self, past, prefix="decoder/", rename=lambda name: name):
        c, g, w = self.config, Graph(self.weights, prefix), self.weights
        heads = c.decoder_attention_heads
        length = g.op("Shape", "input_ids", start=1, end=2)
        before = w.ints(0)
        if past:
            before = g.op("Shape", "past_key_values.0.decoder.key", start=2, end=3)
        positions = g.op("Slice", w.raw("model.decoder.embed_positions.weight"), before,
                         g.op("Add", before, length), w.ints(0))
        x = g.op("Add", self.embedded(g), positions)
        mask = None
        if not past:
            steps = g.op("Range", w.put("zero", np.array(0, np.int64)), g.op("Squeeze", length),
                         w.put("one", np.array(1, np.int64)))
            later = g.op("Greater", steps, g.op("Unsqueeze", steps, w.ints(1)))
            mask = g.op("Where", later, w.number(-1e9), w.number(0.0))
        for layer in range(c.decoder_layers):
            key = f"model.decoder.layers.{layer}."
            names = [f"{{}}.{layer}.{kind}.{part}" for kind in ("decoder", "encoder") for part in ("key", "value")]
            y = g.norm(x, key + "self_attn_layer_norm")
            q, k, v = self.qkv(g, y, key + "self_attn.", heads)
            k_out, v_out, xk_out, xv_out = (rename(n.format("present")) for n in names)
            if past:
                k = g.op("Concat", names[0].format("past_key_values"), k, out=k_out, axis=2)
                v = g.op("Concat", names[1].format("past_key_values"), v, out=v_out, axis=2)
            else:
                k, v = g.op("Identity", k, out=k_out), g.op("Identity", v, out=v_out)
            x = g.op("Add", x, g.linear(g.attend(q, k, v, c.d_model, mask), key + "self_attn.out_proj"))
            y = g.norm(x, key + "encoder_attn_layer_norm")
            if past:
                q = g.heads(g.op("Mul", g.linear(y, key + "encoder_attn.q_proj"), w.number(self.size**-0.5)),
                            heads, self.size)
                k, v = names[2].format("past_key_values"), names[3].format("past_key_values")
            else:
                q, k, v = self.qkv(g, y, key + "encoder_attn.", heads, "encoder_hidden_states")
                k, v = g.op("Identity", k, out=xk_out), g.op("Identity", v, out=xv_out)
            seen = rename(f"cross_attentions.{layer}") if self.attentions else None
            x = g.op("Add", x, g.linear(g.attend(q, k, v, c.d_model, attention_out=seen),
                                        key + "encoder_attn.out_proj"))
            x = self.feed_forward(g, x, key)
        x = g.norm(x, "model.decoder.layer_norm")
        self.project(g, x, rename("logits"))
        return g.nodes

    def embedded(self, g):
        w = self.weights
        if self.tiles is None:
            return g.op("Gather", w.raw("model.decoder.embed_tokens.weight"), "input_ids")
        fine, coarse = self.tiles
        size = w.put("tile", np.array(len(fine), np.int64))
        return g.op("Add", g.op("Gather", w.put("tile_fine", fine), g.op("Mod", "input_ids", size)),
                    g.op("Gather", w.put("tile_coarse", coarse), g.op("Div", "input_ids", size)))

    def project(self, g, x, out):
        w = self.weights
        if self.tiles is None:
            g.op("MatMul", x, w.put("proj_out_t", w.state["proj_out.weight"].float().numpy().T), out=out)
            return
        fine, coarse = self.tiles
        of_fine = g.op("Unsqueeze", g.op("MatMul", x, w.put("tile_fine_t", fine.T)), w.ints(2))
        of_coarse = g.op("Unsqueeze", g.op("MatMul", x, w.put("tile_coarse_t", coarse.T)), w.ints(3))
        all_ids = g.op("Reshape", g.op("Add", of_fine, of_coarse), w.ints(0, 0, -1))
        g.op("Slice", all_ids, w.ints(0), w.ints(self.config.vocab_size), w.ints(2), out=out)

    def caches(self, word, kinds=("decoder", "encoder")):
        c = self.config
        lengths = {"decoder": f"{word}_decoder_sequence_length", "encoder": "encoder_sequence_length"}
        return [tensor(f"{word}.{layer}.{kind}.{part}", FLOAT, "batch_size", c.decoder_attention_heads,
                       lengths[kind], self.size)
                for layer in range(c.decoder_layers) for kind in kinds for part in ("key", "value")]

    def outputs(self, kinds=("decoder", "encoder")):
        c = self.config
        seen = [tensor(f"cross_attentions.{layer}", FLOAT, "batch_size", c.decoder_attention_heads,
                       "decoder_sequence_length", "encoder_sequence_length")
                for layer in range(c.decoder_layers)] if self.attentions else []
        return [tensor("logits", FLOAT, "batch_size", "decoder_sequence_length", c.vocab_size)] + \
            self.caches("present", kinds) + seen

    def ids(self):
        return tensor("input_ids", INT64, "batch_size", "decoder_sequence_length")

    def hidden(self):
        return tensor("encoder_hidden_states", FLOAT, "batch_size", "encoder_sequence_length", self.config.d_model)

    def decoder(self):
        return self.model(self.decoder_nodes(False), [self.ids(), self.hidden()], self.outputs())

    def decoder_with_past(self):
        return self.model(self.decoder_nodes(True), [self.ids()] + self.caches("past_key_values"),
                          self.outputs(("decoder",)))

    def decoder_merged(self):
        branches = {}
        for past, label in ((True, "then"), (False, "else")):
            rename = lambda name, label=label: f"{label}/{name}"
            nodes = self.decoder_nodes(past, label + "/", rename)
            outputs = []
            for output in self.outputs():
                copy = onnx.ValueInfoProto()
                copy.CopyFrom(output)
                copy.name = rename(output.name)
                if past and ".encoder." in output.name:
                    # as merged by optimum: the caller has them already and gets a tensor without elements
                    nothing = np.zeros((0, self.config.decoder_attention_heads, 1, self.size), np.float32)
                    nodes.append(helper.make_node(
                        "Constant", [], [copy.name], name=copy.name + "/Constant",
                        value=numpy_helper.from_array(nothing, copy.name + "/value")))
                outputs.append(copy)
            branches[label] = helper.make_graph(nodes, label, [], outputs)
        choice = helper.make_node("If", ["use_cache_branch"], [o.name for o in self.outputs()], name="optimum::if",
                                  then_branch=branches["then"], else_branch=branches["else"])
        inputs = [self.ids(), self.hidden()] + self.caches("past_key_values") + \
            [tensor("use_cache_branch", BOOL, 1)]
        return self.model([choice], inputs, self.outputs())

    def model(self, nodes, inputs, outputs):
        used = set()

        def walk(nodes):
            for node in nodes:
                used.update(node.input)
                for attribute in node.attribute:
                    if attribute.type == onnx.AttributeProto.GRAPH:
                        walk(attribute.g.node)

        walk(nodes)
        initializers = [numpy_helper.from_array(array, name)
                        for name, array in self.weights.tensors.items() if name in used]
        graph = helper.make_graph(nodes, "main", inputs, outputs, initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="maie-edge")
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model

    def all(self):
        return {"encoder_model": self.encoder(), "decoder_model": self.decoder(),
                "decoder_with_past_model": self.decoder_with_past(), "decoder_model_merged": self.decoder_merged()}


# Smaller tensors are not worth a node.
LEAST_HALVED = 16


def compact(model):
    """The same graph with weights that are 16-bit floats stored so; whoever loads it casts them once."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    graph, casts = copy.graph, []
    arrays = {t.name: numpy_helper.to_array(t) for t in graph.initializer if t.data_type == FLOAT}
    embedding, projection = "model.decoder.embed_tokens.weight", "proj_out_t"
    tied = embedding in arrays and projection in arrays and np.array_equal(arrays[embedding].T, arrays[projection])
    kept = []
    for tensor in graph.initializer:
        array = arrays.get(tensor.name)
        if tied and tensor.name == projection:
            continue
        if array is None or array.size < LEAST_HALVED or not np.array_equal(array.astype(np.float16), array):
            kept.append(tensor)
            continue
        kept.append(numpy_helper.from_array(array.astype(np.float16), tensor.name + "_half"))
        casts.append(helper.make_node("Cast", [tensor.name + "_half"], [tensor.name], name=tensor.name + "/Cast", to=FLOAT))
    if tied:
        casts.append(helper.make_node("Transpose", [embedding], [projection], name=projection + "/Transpose", perm=[1, 0]))
    nodes = casts + list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    return copy
