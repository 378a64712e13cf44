"""Models as PyTorch's own exporter writes them, to see that nothing depends on how graph.py does.

    python -m whisper.exported encoder FILE         (in the folder src/test/python)
    python -m whisper.exported golden GOLDEN

The first makes src/test/resources/onnx/exported/encoder_model.onnx, a very small random encoder. The second writes the
32-bit graphs of the kind "multilingual" into GOLDEN/multilingual/onnx, where GOLDEN is src/test/resources/golden/whisper of a
scratch copy of this repository. What transformers says to the model is the same, so there
`mvn test -Dtest='Whisper*Test,CrossAttentionSharingTest,DecoderRunTest,CacheMemoryTest'` has to pass.
"""

import pathlib
import sys
import tempfile
import warnings

import onnx
import torch
from onnx import TensorProto, helper
from transformers import WhisperConfig, WhisperForConditionalGeneration
from transformers.cache_utils import DynamicCache, DynamicLayer, EncoderDecoderCache

from whisper import models
from whisper.golden import KINDS

KIND = "multilingual"
FILES = ("encoder_model", "decoder_model", "decoder_with_past_model", "decoder_model_merged")
OPSET = 14
BATCH, READ = 2, 5


class Encoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder = model.model.encoder

    def forward(self, input_features):
        return self.encoder(input_features).last_hidden_state


class Decoder(torch.nn.Module):
    """Of a whole prompt, or with what was read before: keys and values of text and audio, layer by layer."""

    def __init__(self, model, with_past, attentions):
        super().__init__()
        self.decoder, self.project = model.model.decoder, model.proj_out
        self.with_past, self.attentions = with_past, attentions
        self.layers, self.width = model.config.decoder_layers, model.config.d_model

    def forward(self, input_ids, *read):
        text, audio = DynamicCache(), DynamicCache()
        if self.with_past:
            for layer in range(self.layers):
                text.layers.append(filled(*read[4 * layer:4 * layer + 2]))
                audio.layers.append(filled(*read[4 * layer + 2:4 * layer + 4]))
        cache = EncoderDecoderCache(text, audio)
        for layer in range(self.layers):
            cache.is_updated[layer] = self.with_past
        hidden = read[2].new_zeros((1, 1, self.width)) if self.with_past else read[0]
        said = self.decoder(input_ids=input_ids, encoder_hidden_states=hidden, past_key_values=cache, use_cache=True,
                            output_attentions=self.attentions)
        present = []
        for layer in range(self.layers):
            for kind in (text,) if self.with_past else (text, audio):
                present += [kind.layers[layer].keys, kind.layers[layer].values]
        return self.project(said.last_hidden_state), *present, *(said.cross_attentions or ())


def filled(keys, values):
    """Not by update(), which joins them to nothing and so copies them at every token."""
    layer = DynamicLayer()
    layer.lazy_initialization(keys, values)
    layer.keys, layer.values = keys, values
    return layer


def names(prefix, layers, *parts):
    return [f"{prefix}.{layer}.{part}.{kind}" for layer in range(layers) for part in parts for kind in ("key", "value")]


def export(module, inputs, file, read, said, axes):
    torch.onnx.export(module.eval(), inputs, str(file), input_names=read, output_names=said, opset_version=OPSET,
                      dynamo=False, dynamic_axes=axes)


def encoder(model, file):
    inputs = torch.randn(BATCH, model.config.num_mel_bins, 2 * model.config.max_source_positions)
    export(Encoder(model), (inputs,), file, ["input_features"], ["last_hidden_state"],
           {"input_features": {0: "batch"}, "last_hidden_state": {0: "batch"}})


def graphs(model, folder, with_attentions=False):
    c = model.config
    frames, layers, heads = c.max_source_positions, c.decoder_layers, c.decoder_attention_heads
    encoder(model, folder / "encoder_model.onnx")
    attentions = [f"cross_attentions.{layer}" for layer in range(layers) if with_attentions]
    tokens, hidden = torch.randint(0, 500, (BATCH, READ)), torch.randn(BATCH, frames, c.d_model)
    seen = {"input_ids": {0: "batch", 1: "length"}, "logits": {0: "batch", 1: "length"},
            **{name: {0: "batch", 2: "length"} for name in attentions}}
    present = names("present", layers, "decoder", "encoder")
    export(Decoder(model, False, with_attentions), (tokens, hidden), folder / "decoder_model.onnx", ["input_ids", "encoder_hidden_states"],
           ["logits", *present, *attentions],
           {**seen, "encoder_hidden_states": {0: "batch"}, **{name: {0: "batch", 2: "read"} for name in present}})
    size = c.d_model // heads
    past = [torch.randn(BATCH, heads, positions, size) for _ in range(layers) for positions in (READ, READ, frames, frames)]
    known, present = names("past_key_values", layers, "decoder", "encoder"), names("present", layers, "decoder")
    export(Decoder(model, True, with_attentions), (tokens[:, :1], *past), folder / "decoder_with_past_model.onnx", ["input_ids", *known],
           ["logits", *present, *attentions],
           {**seen, **{name: {0: "batch", 2: "heard" if "encoder" in name else "read"} for name in known},
            **{name: {0: "batch", 2: "reading"} for name in present}})
    merge(onnx.load(folder / "decoder_model.onnx"), onnx.load(folder / "decoder_with_past_model.onnx"),
          folder / "decoder_model_merged.onnx")


def branch(graph, prefix, outputs):
    """The nodes of a graph under names of their own; what it does not compute is empty, as Hugging Face's merge has it."""
    own = {name: prefix + name for node in graph.node for name in node.output}
    own.update({tensor.name: prefix + tensor.name for tensor in graph.initializer})
    for node in graph.node:
        node.name = prefix + node.name
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                names[i] = own.get(name, name)
    for tensor in graph.initializer:
        tensor.name = own[tensor.name]
    nodes, said = list(graph.node), []
    for output in outputs:
        value = onnx.ValueInfoProto()
        value.CopyFrom(output)
        value.name = prefix + output.name
        if output.name not in own:
            axes = value.type.tensor_type.shape.dim
            empty = helper.make_tensor(value.name, TensorProto.FLOAT, [0, axes[1].dim_value, 1, axes[3].dim_value], [])
            nodes.append(helper.make_node("Constant", [], [value.name], value=empty))
        said.append(value)
    return helper.make_graph(nodes, prefix, [], said), list(graph.initializer)


def shared(weights, branches):
    """Each weight once, as published: the branches have the same."""
    kept, names = {}, {}
    for tensor in weights:
        content = (tensor.data_type, tuple(tensor.dims), tensor.raw_data)
        names[tensor.name] = kept.setdefault(content, tensor).name
    for node in (node for graph in branches for node in graph.node):
        for i, name in enumerate(node.input):
            node.input[i] = names.get(name, name)
    return list(kept.values())


def merge(prompt, past, file):
    outputs = list(prompt.graph.output)
    inputs = {value.name: value for value in [*past.graph.input, *prompt.graph.input]}
    otherwise, weights = branch(prompt.graph, "else/", outputs)
    then, more = branch(past.graph, "then/", outputs)
    weights = shared(weights + more, (otherwise, then))
    choice = helper.make_node("If", ["use_cache_branch"], [output.name for output in outputs], then_branch=then,
                              else_branch=otherwise)
    asked = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    graph = helper.make_graph([choice], "merged", [*inputs.values(), asked], outputs, weights)
    onnx.save(helper.make_model(graph, opset_imports=prompt.opset_import, ir_version=8), file)


def small():
    torch.manual_seed(1)
    return WhisperForConditionalGeneration(WhisperConfig(
        vocab_size=20, num_mel_bins=8, encoder_layers=2, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32, d_model=16, max_source_positions=25,
        decoder_start_token_id=1, bos_token_id=1, eos_token_id=1, pad_token_id=1, suppress_tokens=None,
        begin_suppress_tokens=None))


def main(kind, target):
    warnings.filterwarnings("ignore")
    with tempfile.TemporaryDirectory() as scratch, torch.no_grad():
        if kind == "encoder":
            encoder(small(), target)
            return
        model, _ = models.tiny(scratch, **KINDS[KIND][0])
        graphs(model, pathlib.Path(target) / KIND / "onnx", with_attentions=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
