"""Makes the small models in src/test/resources/onnx/attention: attentions as exporters write them, and some that are none.

usage: python src/test/python/make_attention_models.py

Needs: numpy, onnx (made with 1.23.1). x, shape (batch, length, 32), to y of the same shape, with random weights.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx" / "attention"
WIDTH, HEADS = 32, 4
SIZE = WIDTH // HEADS


class Model:
    def __init__(self, opset=17):
        self.opset, self.nodes, self.weights, self.outputs = opset, [], [], []
        self.random = np.random.default_rng(7)

    def op(self, kind, *inputs, **attributes):
        out = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=out, **attributes))
        return out

    def put(self, array):
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def number(self, value):
        return self.put(np.array(value, np.float32))

    def ints(self, *values):
        return self.put(np.array(values, np.int64))

    def linear(self, x="x", width=WIDTH):
        weight = self.random.normal(0, 0.5, (WIDTH, width)).astype(np.float32)
        return self.op("MatMul", x, self.put(weight))

    def split(self, x, heads=HEADS):
        return self.op("Transpose", self.op("Reshape", x, self.ints(0, 0, heads, WIDTH // heads)), perm=[0, 2, 1, 3])

    def dynamic_split(self, x):
        """With sizes of batch and length taken from the input, and the rest constant."""
        sizes = [self.op("Unsqueeze", self.op("Gather", self.op("Shape", x), self.put(np.array(axis, np.int64))),
                         self.ints(0)) for axis in (0, 1)]
        shape = self.op("Concat", *sizes, self.ints(HEADS), self.ints(SIZE), axis=0)
        return self.op("Transpose", self.op("Reshape", x, shape), perm=[0, 2, 1, 3])

    def split_by_size(self, x):
        return self.op("Transpose", self.op("Reshape", x, self.ints(0, 0, -1, SIZE)), perm=[0, 2, 1, 3])

    def turned(self, key):
        return self.op("Transpose", key, perm=[0, 1, 3, 2])

    def joined(self, mixed):
        return self.op("Reshape", self.op("Transpose", mixed, perm=[0, 2, 1, 3]), self.ints(0, 0, WIDTH))

    def save(self, name, y):
        self.nodes.append(helper.make_node("Identity", [y], ["y"]))
        kind = lambda tensor: helper.make_tensor_value_info(tensor, TensorProto.FLOAT, None)
        outputs = [kind("y"), *map(kind, self.outputs)]
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", "length", WIDTH])
        graph = helper.make_graph(self.nodes, name, [x], outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)], producer_name="maie-edge tests")
        model.ir_version = 8
        onnx.save(model, HOME / f"{name}.onnx")


def usual(name, scores=lambda m, s: s, weights=lambda m, w: w, opset=17, axis=-1, key_heads=HEADS, split=Model.split):
    """One attention; the functions change what is between its operators."""
    m = Model(opset)
    q = split(m, m.op("Mul", m.linear(), m.number(SIZE**-0.5)))
    k = m.turned(m.split(m.linear(), key_heads))
    v = m.split(m.linear())
    product = scores(m, m.op("MatMul", q, k))
    softmax = m.op("Softmax", product, **({} if axis is None else {"axis": axis}))
    m.save(name, m.joined(m.op("MatMul", weights(m, softmax), v)))


def seen(m, tensor):
    m.outputs.append(tensor)
    return tensor


def read_twice(m, tensor):
    m.outputs.append(m.op("ReduceMax", tensor))
    return tensor


def scaled_both():
    """Queries and keys times the root of a scale that is computed from the shape of the queries."""
    m = Model(14)
    q = m.split(m.linear())
    size = m.op("Slice", m.op("Shape", q), m.ints(-1), m.ints(2**62))
    root = m.op("Sqrt", m.op("Div", m.number(1.0), m.op("Sqrt", m.op("Cast", size, to=TensorProto.FLOAT))))
    k = m.op("Mul", m.turned(m.split(m.linear())), root)
    softmax = m.op("Softmax", m.op("MatMul", m.op("Mul", q, root), k), axis=-1)
    m.save("scaled_both", m.joined(m.op("MatMul", softmax, m.split(m.linear()))))


def merged_heads():
    """Heads as part of the batch, as before transformers had other ways."""
    m = Model(11)
    rows = [m.op("Reshape", m.split(m.linear()), m.ints(-1, 9, SIZE)) for _ in range(3)]
    product = m.op("MatMul", m.op("Mul", rows[0], m.number(SIZE**-0.5)), m.op("Transpose", rows[1], perm=[0, 2, 1]))
    mixed = m.op("MatMul", m.op("Softmax", product, axis=2), rows[2])
    m.save("merged_heads", m.joined(m.op("Reshape", mixed, m.ints(-1, HEADS, 9, SIZE))))


def turned_at_once():
    m = Model()
    key = m.op("Transpose", m.op("Reshape", m.linear(), m.ints(0, 0, HEADS, SIZE)), perm=[0, 2, 3, 1])
    softmax = m.op("Softmax", m.op("MatMul", m.split(m.linear()), key), axis=3)
    m.save("turned_at_once", m.joined(m.op("MatMul", softmax, m.split(m.linear()))))


def by_size(name, split):
    """Queries are divided by the size of heads, as transformers 5 does; keys and values by `split`."""
    m = Model()
    q = m.split_by_size(m.linear())
    softmax = m.op("Softmax", m.op("MatMul", q, m.turned(split(m))), axis=-1)
    m.save(name, m.joined(m.op("MatMul", softmax, split(m))))


def inside_choice():
    """Scores that a graph inside of the graph reads too."""
    m = Model()
    product = m.op("MatMul", m.split(m.linear()), m.turned(m.split(m.linear())))
    softmax = m.op("Softmax", product, axis=-1)
    mixed = m.joined(m.op("MatMul", softmax, m.split(m.linear())))
    out = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
    branch = lambda name: helper.make_graph([helper.make_node("ReduceMax", [softmax], [name])], name, [], [out(name)])
    true = m.put(np.array(True))
    m.outputs.append(m.op("If", true, then_branch=branch("yes"), else_branch=branch("no")))
    m.save("inside_choice", mixed)


if __name__ == "__main__":
    HOME.mkdir(parents=True, exist_ok=True)
    usual("scaled_before")
    usual("dynamic_shape", split=Model.dynamic_split)
    usual("scaled_after", scores=lambda m, s: m.op("Mul", s, m.number(0.3)))
    usual("divided_after", scores=lambda m, s: m.op("Div", s, m.number(3.0)), axis=None)
    scaled_both()
    merged_heads()
    turned_at_once()
    by_size("queries_by_size", lambda m: m.split(m.linear()))
    by_size("all_by_size", lambda m: m.split_by_size(m.linear()))
    by_size("one_key_head", lambda m: m.split_by_size(m.linear(width=SIZE)))
    by_size("one_named_key_head", lambda m: m.op("Transpose", m.op(
        "Reshape", m.linear(width=SIZE), m.ints(0, 0, 1, SIZE)), perm=[0, 2, 1, 3]))
    usual("masked", scores=lambda m, s: m.op("Add", s, m.number(0.5)))
    usual("seen_weights", weights=seen)
    usual("seen_scores", scores=seen)
    usual("read_twice", weights=read_twice)
    usual("capped", weights=lambda m, w: m.op("Clip", w, m.number(0.0), m.number(0.2)))
    usual("other_axis", axis=2)
    usual("old_axis", axis=None, opset=11)
    inside_choice()
