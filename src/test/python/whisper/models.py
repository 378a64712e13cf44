"""Small Whisper models with random weights, in the published layout."""

import json
import pathlib
import tempfile

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

from whisper import vocabulary
from whisper.graph import Exporter, compact


def configuration(ids, seconds, mels, width, layers, decoder_layers, heads, tokens, vocab_size, multilingual):
    return WhisperConfig(
        vocab_size=vocab_size, num_mel_bins=mels, encoder_layers=layers, decoder_layers=decoder_layers,
        encoder_attention_heads=heads, decoder_attention_heads=heads, encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width, d_model=width, max_source_positions=int(seconds * 50),
        max_target_positions=tokens, decoder_start_token_id=ids["<|startoftranscript|>"],
        bos_token_id=ids["<|endoftext|>"], eos_token_id=ids["<|endoftext|>"], pad_token_id=ids["<|endoftext|>"],
        suppress_tokens=None, begin_suppress_tokens=None, dropout=0.0, attn_implementation="eager")


def generation(ids, tokens, multilingual, suppress, begin_suppress, heads):
    values = dict(
        max_length=tokens, decoder_start_token_id=ids["<|startoftranscript|>"], eos_token_id=ids["<|endoftext|>"],
        bos_token_id=ids["<|endoftext|>"], pad_token_id=ids["<|endoftext|>"],
        no_timestamps_token_id=ids["<|notimestamps|>"], prev_sot_token_id=ids["<|startofprev|>"],
        is_multilingual=multilingual, max_initial_timestamp_index=50, suppress_tokens=suppress,
        begin_suppress_tokens=begin_suppress, alignment_heads=heads, return_timestamps=False)
    if multilingual:
        values["lang_to_id"] = {f"<|{code}|>": ids[f"<|{code}|>"] for code in vocabulary.LANGUAGES}
        values["task_to_id"] = {"transcribe": ids["<|transcribe|>"], "translate": ids["<|translate|>"]}
    return GenerationConfig(**values)


def tiny(folder, seed, seconds=4, mels=80, width=32, layers=2, decoder_layers=2, heads=2, tokens=48,
         multilingual=True):
    """A random model whose outputs vary; writes everything but the graphs."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = vocabulary.make(folder, seconds, multilingual)
    ids = tokenizer.get_vocab()
    torch.manual_seed(seed)
    config = configuration(ids, seconds, mels, width, layers, decoder_layers, heads, tokens, len(ids), multilingual)
    model = WhisperForConditionalGeneration(config).eval()
    randomize(model, ids)
    begin_suppress = [ids["Ġ"], ids["<|endoftext|>"]]
    suppress = sorted([1, 2, 7, 8, 9] + [ids[t] for t in (
        "<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>",
        "<|nospeech|>")])
    model.generation_config = generation(ids, tokens, multilingual, suppress, begin_suppress,
                                         [[decoder_layers - 1, 0], [decoder_layers - 1, 1]])
    describe(folder, model, seconds)
    return model, tokenizer


def randomize(model, ids):
    """Weights far from what training starts from, so that what is heard changes what is said."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "embed_positions" in name and "encoder" in name:
                continue
            if weight.dim() > 1:
                weight.normal_(0, 2.2 / weight.shape[-1] ** 0.5)
            elif "bias" in name:
                weight.normal_(0, 0.1)
        model.model.decoder.embed_tokens.weight.mul_(0.9)
        # ends now and then
        model.model.decoder.embed_tokens.weight[ids["<|endoftext|>"]] *= 1.7
        model.model.decoder.embed_positions.weight.normal_(0, 0.6)
    round_to_half(model)


def describe(folder, model, seconds):
    model.config.save_pretrained(folder)
    model.generation_config.save_pretrained(folder)
    extractor(model.config.num_mel_bins, seconds).save_pretrained(folder)


def extractor(bands, seconds):
    return WhisperFeatureExtractor(feature_size=bands, chunk_length=seconds)


def round_to_half(model):
    """Makes every weight a number that 16 bits hold, so that published files can be small and exact."""
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(weight.half().float())


def export(folder, model, names=None, attentions=False, suffixes=("",), half_io=True, tiles=None):
    """Writes the graphs; with `half_io` those of 16-bit floats also take and give such."""
    onnx_folder = pathlib.Path(folder) / "onnx"
    onnx_folder.mkdir(exist_ok=True)
    for name, graph in Exporter(model, attentions, tiles).all().items():
        if names and name not in names:
            continue
        for suffix in suffixes:
            onnx.save(compact(variant(graph, suffix, half_io)), onnx_folder / f"{name}{suffix}.onnx")


def variant(graph, suffix, half_io):
    if suffix == "_quantized":
        return eight_bits(graph)
    if suffix == "_q4":
        return four_bits(graph)
    return half(graph, half_io) if suffix == "_fp16" else graph


def eight_bits(graph):
    with tempfile.TemporaryDirectory() as scratch:
        plain, small = pathlib.Path(scratch) / "plain.onnx", pathlib.Path(scratch) / "small.onnx"
        onnx.save(graph, plain)
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"],
                         extra_options={"EnableSubgraph": True},
                         # seven bits: products of eight overflow the 16-bit sums of older x86 processors
                         reduce_range=True)
        return onnx.load(small)


def four_bits(graph):
    copy = onnx.ModelProto()
    copy.CopyFrom(graph)
    quantizer = MatMulNBitsQuantizer(copy, block_size=32, is_symmetric=True)
    quantizer.process()
    return quantizer.model.model


def half(graph, io=True):
    """Everything in 16-bit floats; without `io` inputs and outputs stay as they are, as both are published."""
    copy = onnx.ModelProto()
    copy.CopyFrom(graph)

    def convert(graph):
        for tensor in graph.initializer:
            halve(tensor, tensor.name)
        for value in list(graph.input) + list(graph.output):
            if value.type.tensor_type.elem_type == onnx.TensorProto.FLOAT:
                value.type.tensor_type.elem_type = onnx.TensorProto.FLOAT16
        for node in graph.node:
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.GRAPH:
                    convert(attribute.g)
                elif attribute.type == onnx.AttributeProto.TENSOR:
                    halve(attribute.t, attribute.t.name)

    convert(copy.graph)
    if not io:
        keep_io(copy.graph)
    return copy


def halve(tensor, name):
    if tensor.data_type == onnx.TensorProto.FLOAT:
        array = np.clip(onnx.numpy_helper.to_array(tensor), -65000, 65000).astype(np.float16)
        tensor.CopyFrom(onnx.numpy_helper.from_array(array, name))


def keep_io(graph):
    """Casts between 32-bit inputs and outputs and a graph of 16 bits."""
    before, after, inner = [], [], {}
    for values, made, to in ((graph.input, before, onnx.TensorProto.FLOAT16), (graph.output, after, onnx.TensorProto.FLOAT)):
        for value in values:
            if value.type.tensor_type.elem_type == onnx.TensorProto.FLOAT16:
                value.type.tensor_type.elem_type = onnx.TensorProto.FLOAT
                inner[value.name] = value.name + "/half"
                ends = (value.name, value.name + "/half")
                made.append(onnx.helper.make_node("Cast", [ends[0 if made is before else 1]],
                                                  [ends[1 if made is before else 0]], name=value.name + "/Cast", to=to))

    def rename(nodes):
        for node in nodes:
            for names in (node.input, node.output):
                for i, name in enumerate(names):
                    names[i] = inner.get(name, name)
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.GRAPH:
                    rename(attribute.g.node)

    nodes = list(graph.node)
    rename(nodes)
    del graph.node[:]
    graph.node.extend(before + nodes + after)
