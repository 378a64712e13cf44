"""Makes small random language models for the tests of the package text.onnx, and what transformers makes of them:
python3 src/test/python/make_language_models.py

One folder for each family in src/test/resources/text/models, laid out as published models are. The graphs are built
here, operator by operator, from the weights of the models of transformers, with the inputs and outputs that exporters
give them; a model whose graph does not say what transformers says is not written. Made with Python 3.11,
transformers 5.24, torch 2.13, tokenizers 0.23, onnx 1.23, onnxruntime 1.32.
"""

import datetime
import json
import pathlib
import shutil

import numpy as np
import onnx
import onnxruntime
import tokenizers
import torch
import transformers
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, decoders, models, normalizers, pre_tokenizers, trainers

TARGET = pathlib.Path(__file__).parents[1] / "resources" / "text" / "models"
TEMPLATES = pathlib.Path(__file__).parent / "templates"
LAYERS, HIDDEN, WIDE, HEADS, KEY_HEADS, HEAD = 2, 32, 48, 4, 2, 8
WIDE_HEAD = 16
PIECES = 320
ANSWER = 24

DAY = datetime.datetime(2026, 1, 1)  # what the program tells models

CORPUS = [
    "The committee meets on Thursday, and An sends the budget of 12,500 euros to Linh before noon.",
    "What was decided? We'll open the new branch in March; nobody objected.",
    "Cuộc họp bắt đầu lúc chín giờ sáng, và chị Hoa gửi báo cáo vào thứ Sáu tuần sau.",
    "{\"title\": \"Weekly meeting\", \"decisions\": [], \"tasks\": [{\"who\": \"An\", \"when\": null}]}",
    "She said that the tram was late, that it rained, and that they'd go home at 5 p.m.",
]
CONVERSATIONS = [
    [{"role": "system", "content": "Write notes."}, {"role": "user", "content": "An sends the budget on Thursday."}],
    [{"role": "system", "content": " Viết tóm tắt. "}, {"role": "user", "content": "Chị Hoa gửi báo cáo, 12.500 đồng.\n\nHết 🙂"}],
]

SPLIT_QWEN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
              r"|\s*[\r\n]+|\s+(?!\S)|\s+")
SPLIT_LLAMA = SPLIT_QWEN.replace(r"\p{N}|", r"\p{N}{1,3}|")


def byte_level(split, special):
    tokenizer = tokenizers.Tokenizer(models.BPE(byte_fallback=False))
    steps = [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    if split is None:  # GPT-2's, with every digit apart
        steps = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    else:
        steps.insert(0, pre_tokenizers.Split(Regex(split), behavior="isolated"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    tokenizer.decoder = decoders.ByteLevel()
    train(tokenizer, special, pre_tokenizers.ByteLevel.alphabet())
    return tokenizer


def sentence_pieces(special):
    tokenizer = tokenizers.Tokenizer(models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Replace(" ", "\u2581")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", behavior="merged_with_previous")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse()])
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=420, special_tokens=special + bytes_, show_progress=False)
    tokenizer.train_from_iterator([line.replace(" ", "\u2581") for line in CORPUS[:2] + CORPUS[3:]], trainer)
    # the pieces of bytes are pieces as others, not marks
    described = json.loads(tokenizer.to_str())
    described["added_tokens"] = [t for t in described["added_tokens"] if t["content"] not in bytes_]
    return tokenizers.Tokenizer.from_str(json.dumps(described))


def train(tokenizer, special, alphabet):
    trainer = trainers.BpeTrainer(
        vocab_size=PIECES, special_tokens=special, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)


def begins_with(tokenizer, mark):
    """The text is preceded by a mark wherever special tokens are asked for."""
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single=f"{mark} $A", pair=f"{mark} $A {mark}:1 $B:1", special_tokens=[(mark, tokenizer.token_to_id(mark))])


def shape(vocabulary, **more):
    return dict(
        vocab_size=vocabulary, hidden_size=HIDDEN, intermediate_size=WIDE, num_hidden_layers=LAYERS,
        num_attention_heads=HEADS, num_key_value_heads=KEY_HEADS, head_dim=HEAD, max_position_embeddings=512,
        rms_norm_eps=1e-6, tie_word_embeddings=True, initializer_range=0.35, **more)


class Graph:
    """Builds a graph, one operator after the other."""

    def __init__(self):
        self.nodes, self.weights, self.count = [], {}, 0

    def __call__(self, operator, *inputs, outputs=1, name=None, domain="", **attributes):
        self.count += 1
        names = outputs if isinstance(outputs, list) else [name] if name else [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(
            operator, [self.value(i) for i in inputs], names, domain=domain, **attributes))
        return names[0] if len(names) == 1 else names

    def value(self, value):
        if isinstance(value, str):
            return value
        array = np.asarray(value)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        for name, known in self.weights.items():
            if known.shape == array.shape and known.dtype == array.dtype and np.array_equal(known, array):
                return name
        name = f"w{len(self.weights)}"
        self.weights[name] = array
        return name


class Decoder:
    """The graph of a model of transformers: of Llama, and with the additions of Qwen2, Qwen3 or Gemma 3."""

    def __init__(self, model, grouped=False):
        """grouped: as ONNX Runtime's model builder exports it, with GroupQueryAttention and num_logits_to_keep, without position_ids."""
        self.model, self.config, self.g, self.grouped = model, model.config, Graph(), grouped
        self.gemma = model.config.model_type.startswith("gemma3")
        self.weights = {k: v.detach().numpy() for k, v in model.state_dict().items()}

    def build(self):
        g = self.g
        ids, mask, positions = "input_ids", "attention_mask", "position_ids"
        table = self.weights["model.embed_tokens.weight"]
        x = g("Gather", table, ids)
        if self.gemma:
            x = g("Mul", x, np.float32(HIDDEN**0.5))
        inputs = [tensor(ids, ["batch", "length"]), tensor(mask, ["batch", "all"])]
        if self.grouped:
            inputs.append(tensor("num_logits_to_keep", []))
            masks, turns = dict.fromkeys(self.kinds(), self.lengths(mask)), dict.fromkeys(self.kinds(), self.caches())
        else:
            inputs.append(tensor(positions, ["batch", "length"]))
            masks = self.masks(mask, positions)
            turns = {kind: self.turns(positions, kind) for kind in self.kinds()}
        head = WIDE_HEAD if self.grouped else HEAD
        outputs = [tensor("logits", ["batch", "length", table.shape[0]], TensorProto.FLOAT)]
        for layer in range(LAYERS):
            kind = self.kind(layer)
            x = self.layer(layer, x, masks[kind], turns[kind])
            for part in ("key", "value"):
                inputs.append(tensor(f"past_key_values.{layer}.{part}", ["batch", KEY_HEADS, "past", head], TensorProto.FLOAT))
                outputs.append(tensor(f"present.{layer}.{part}", ["batch", KEY_HEADS, "all", head], TensorProto.FLOAT))
        x = self.norm("model.norm.weight", x)
        if self.grouped:
            first = g("Unsqueeze", g("Neg", "num_logits_to_keep"), np.int64([0]))
            x = g("Slice", x, first, np.int64([2**62]), np.int64([1]))
        words = self.weights.get("lm_head.weight", table)
        g("MatMul", x, g("Transpose", words, perm=[1, 0]), name="logits")
        graph = helper.make_graph(
            g.nodes, self.config.model_type, inputs, outputs,
            [numpy_helper.from_array(array, name) for name, array in g.weights.items()])
        opset = [helper.make_opsetid("", 17)] + [helper.make_opsetid("com.microsoft", 1)] * self.grouped
        made = helper.make_model(graph, opset_imports=opset, ir_version=8)
        onnx.checker.check_model(made)
        return made

    def kinds(self):
        return sorted({self.kind(layer) for layer in range(LAYERS)})

    def kind(self, layer):
        return self.config.layer_types[layer] if self.gemma else "full_attention"

    def masks(self, mask, positions):
        """What is added to scores, of shape (1, 1, length, all): 0, or far below where nobody may look."""
        g = self.g
        all_ = g("Shape", mask, start=1, end=2)
        keys = g("Unsqueeze", g("Range", np.int64(0), g("Squeeze", all_), np.int64(1)), np.int64([0]))
        queries = g("Unsqueeze", positions, np.int64([2]))
        back = g("Sub", queries, keys)
        far = {"full_attention": None, "sliding_attention": getattr(self.config, "sliding_window", None)}
        masks = {}
        for kind in self.kinds():
            hidden = g("Less", back, np.int64(0))
            if far[kind]:
                hidden = g("Or", hidden, g("GreaterOrEqual", back, np.int64(far[kind])))
            hidden = g("Or", hidden, g("Unsqueeze", g("Equal", mask, np.int64(0)), np.int64([1])))
            added = g("Where", hidden, np.float32(-1e9), np.float32(0))
            masks[kind] = g("Unsqueeze", added, np.int64([1]))
        return masks

    def turns(self, positions, kind):
        """Cosines and sines of the rotary embedding, of shape (batch, 1, length, head)."""
        g = self.g
        parameters = self.config.rope_parameters
        parameters = parameters.get(kind, parameters)
        rotary = self.model.model.rotary_emb
        frequencies = getattr(rotary, f"{kind}_inv_freq", None)
        if frequencies is None:
            frequencies = rotary.inv_freq
        frequencies = frequencies.detach().numpy().astype(np.float32)
        angles = g("Mul", g("Unsqueeze", g("Cast", positions, to=TensorProto.FLOAT), np.int64([2])), frequencies)
        angles = g("Unsqueeze", g("Concat", angles, angles, axis=-1), np.int64([1]))
        return g("Cos", angles), g("Sin", angles)

    def lengths(self, mask):
        """What GroupQueryAttention asks for instead of a mask: the place of the last token, and the number of tokens."""
        g = self.g
        last = g("Cast", g("Sub", g("ReduceSum", mask, np.int64([1]), keepdims=1), np.int64(1)), to=TensorProto.INT32)
        return last, g("Cast", g("Squeeze", g("Shape", mask, start=1, end=2)), to=TensorProto.INT32)

    def caches(self):
        """Cosines and sines of all positions, of shape (positions, half of a head)."""
        frequencies = self.model.model.rotary_emb.inv_freq.detach().numpy().astype(np.float32)
        angles = np.arange(self.config.max_position_embeddings, dtype=np.float32)[:, None] * frequencies
        angles = np.pad(angles, [(0, 0), (0, (WIDE_HEAD - HEAD) // 2)])
        return self.g.value(np.cos(angles)), self.g.value(np.sin(angles))

    def grouped_attention(self, at, i, x, lengths, caches):
        """ONNX Runtime wants heads of a multiple of 16, so that half of each is zero; a rotary embedding turns the two halves of a head."""
        g, heads = self.g, []
        for part in "qkv":
            y = g("MatMul", x, spread(self.weights[f"{at}{part}_proj.weight"].T))
            bias = self.weights.get(f"{at}{part}_proj.bias")
            heads.append(y if bias is None else g("Add", y, spread(bias)))
        mixed, *_ = g(
            "GroupQueryAttention", *heads, f"past_key_values.{i}.key", f"past_key_values.{i}.value", *lengths, *caches,
            outputs=[f"mixed.{i}", f"present.{i}.key", f"present.{i}.value"], domain="com.microsoft", num_heads=HEADS,
            kv_num_heads=KEY_HEADS, do_rotary=1, scale=HEAD**-0.5)
        return g("MatMul", mixed, spread(self.weights[at + "o_proj.weight"]).T.copy())

    def layer(self, i, x, mask, turns):
        g, at = self.g, f"model.layers.{i}."
        attention = self.grouped_attention if self.grouped else self.attention
        y = attention(at + "self_attn.", i, self.norm(at + "input_layernorm.weight", x), mask, turns)
        if self.gemma:
            y = self.norm(at + "post_attention_layernorm.weight", y)
        x = g("Add", x, y)
        before = "pre_feedforward_layernorm" if self.gemma else "post_attention_layernorm"
        y = self.norm(at + before + ".weight", x)
        gate = self.linear(at + "mlp.gate_proj", y)
        gate = self.gelu(gate) if self.gemma else g("Mul", gate, g("Sigmoid", gate))
        y = self.linear(at + "mlp.down_proj", g("Mul", gate, self.linear(at + "mlp.up_proj", y)))
        if self.gemma:
            y = self.norm(at + "post_feedforward_layernorm.weight", y)
        return g("Add", x, y)

    def attention(self, at, i, x, mask, turns):
        g = self.g
        query = self.heads(at + "q_proj", x, HEADS)
        key = self.heads(at + "k_proj", x, KEY_HEADS)
        value = self.heads(at + "v_proj", x, KEY_HEADS)
        if at + "q_norm.weight" in self.weights:
            query = self.norm(at + "q_norm.weight", query)
            key = self.norm(at + "k_norm.weight", key)
        query, key = self.turned(query, turns), self.turned(key, turns)
        key = g("Concat", f"past_key_values.{i}.key", key, axis=2, name=f"present.{i}.key")
        value = g("Concat", f"past_key_values.{i}.value", value, axis=2, name=f"present.{i}.value")
        key, value = self.repeated(key), self.repeated(value)
        scale = getattr(self.config, "query_pre_attn_scalar", HEAD) ** -0.5 if self.gemma else HEAD**-0.5
        scores = g("MatMul", g("Mul", query, np.float32(scale)), g("Transpose", key, perm=[0, 1, 3, 2]))
        mixed = g("MatMul", g("Softmax", g("Add", scores, mask), axis=-1), value)
        mixed = g("Reshape", g("Transpose", mixed, perm=[0, 2, 1, 3]), np.int64([0, 0, HEADS * HEAD]))
        return self.linear(at + "o_proj", mixed)

    def heads(self, name, x, count):
        g = self.g
        y = g("Reshape", self.linear(name, x), np.int64([0, 0, count, HEAD]))
        return g("Transpose", y, perm=[0, 2, 1, 3])

    def repeated(self, x):
        g, times = self.g, HEADS // KEY_HEADS
        x = g("Concat", *[g("Unsqueeze", x, np.int64([2]))] * times, axis=2)
        return g("Reshape", x, np.int64([0, HEADS, -1, HEAD]))

    def turned(self, x, turns):
        g = self.g
        low, high = g("Split", x, np.int64([HEAD // 2, HEAD // 2]), axis=-1, outputs=2)
        return g("Add", g("Mul", x, turns[0]), g("Mul", g("Concat", g("Neg", high), low, axis=-1), turns[1]))

    def linear(self, name, x):
        g = self.g
        y = g("MatMul", x, self.weights[name + ".weight"].T.copy())
        bias = self.weights.get(name + ".bias")
        return y if bias is None else g("Add", y, bias)

    def norm(self, name, x):
        g, weight = self.g, self.weights[name]
        mean = g("ReduceMean", g("Mul", x, x), axes=[-1], keepdims=1)
        x = g("Div", x, g("Sqrt", g("Add", mean, np.float32(1e-6))))
        return g("Mul", x, weight + 1 if self.gemma else weight)

    def gelu(self, x):
        g = self.g
        inner = g("Mul", np.float32((2 / np.pi) ** 0.5),
                  g("Add", x, g("Mul", np.float32(0.044715), g("Mul", x, g("Mul", x, x)))))
        return g("Mul", g("Mul", x, np.float32(0.5)), g("Add", g("Tanh", inner), np.float32(1)))


def tensor(name, sizes, kind=TensorProto.INT64):
    return helper.make_tensor_value_info(name, kind, sizes)


def spread(weights):
    """The two halves of each head at the beginnings of the two halves of a wider one."""
    halves = weights.reshape(*weights.shape[:-1], -1, 2, HEAD // 2)
    wide = np.pad(halves, [(0, 0)] * (halves.ndim - 1) + [(0, (WIDE_HEAD - HEAD) // 2)])
    return wide.reshape(*weights.shape[:-1], -1).copy()


def says(session, ids, count, ends):
    """The ids that a graph chooses, fed one by one with what it returned."""
    past = {i.name: np.zeros((1, KEY_HEADS, 0, i.shape[3]), np.float32)
            for i in session.get_inputs() if i.name.startswith("past_key_values.")}
    chosen, fed, done = [], list(ids), 0
    asked = {i.name for i in session.get_inputs()}
    first = None
    for _ in range(count):
        inputs = {"input_ids": np.int64([fed]), "attention_mask": np.ones((1, done + len(fed)), np.int64),
                  "position_ids": np.arange(done, done + len(fed), dtype=np.int64)[None], "num_logits_to_keep": np.array(1), **past}
        logits, *present = session.run(None, {name: value for name, value in inputs.items() if name in asked})
        if first is None:
            first = logits[0, -1]
        past = dict(zip(past, present))
        done += len(fed)
        chosen.append(int(np.argmax(logits[0, -1])))
        fed = chosen[-1:]
        if chosen[-1] in ends:
            break
    return chosen, first


def four_bits(made):
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
    quantizer = MatMulNBitsQuantizer(made, block_size=32, is_symmetric=True, accuracy_level=1)  # in floats, alike everywhere
    quantizer.process()
    return quantizer.model.model


def write(name, kind, config, tokenizer, marks, ends, four=False):
    torch.manual_seed(20261128)
    model = kind(config).eval()
    with torch.no_grad():
        for parameter, values in model.named_parameters():
            if "norm" in parameter:  # those of a fresh model do nothing
                values.add_(torch.randn_like(values) * 0.3)
            if "post_" in parameter and name == "gemma3":  # or the embedding drowns what is computed
                values.add_(9)
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    made = Decoder(model).build()
    onnx.save(made, folder / "onnx" / "model.onnx")
    config.architectures = [kind.__name__]
    (folder / "config.json").write_text(json.dumps(config.to_diff_dict(), indent=1, sort_keys=True) + "\n")
    generation = {"bos_token_id": marks.get("bos"), "do_sample": False, "eos_token_id": ends if len(ends) > 1 else ends[0]}
    generation = {key: value for key, value in generation.items() if value is not None}
    (folder / "generation_config.json").write_text(json.dumps(generation, indent=1) + "\n")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    texts = {f"{key}_token": tokenizer.id_to_token(value) for key, value in marks.items()}
    template = (TEMPLATES / f"{name}.jinja").read_text()
    inside = {"chat_template": template} if name == "smollm2" else {}
    if not inside:
        (folder / "chat_template.jinja").write_text(template)
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, **texts, **inside}, indent=1) + "\n")
    golden(folder, model, ends)
    if four:
        grouped(model, folder, ends)
        onnx.save(four_bits(made), folder / "onnx" / "model_q4.onnx")
        cases = json.loads((folder / "golden.json").read_text())
        quantized = onnxruntime.InferenceSession(str(folder / "onnx" / "model_q4.onnx"))
        for case in cases:
            chosen = says(quantized, case["prompt_ids"], ANSWER, ends)[0]
            case["answer_ids_q4"] = [i for i in chosen if i not in ends]
        (folder / "golden.json").write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")


def grouped(model, folder, ends):
    """The same model with the operators of other exporters, which has to say the same."""
    path = folder / "onnx" / "model_grouped.onnx"
    onnx.save(Decoder(model, grouped=True).build(), path)
    session = onnxruntime.InferenceSession(str(path))
    embeds, mask = tensor("inputs_embeds", ["batch", "length", HIDDEN], TensorProto.FLOAT), tensor("attention_mask", ["batch", "all"])
    logits = tensor("logits", ["batch", "length", HIDDEN], TensorProto.FLOAT)
    graph = helper.make_graph([helper.make_node("Identity", ["inputs_embeds"], ["logits"])], "split", [embeds, mask], [logits])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / "onnx" / "model_embeds.onnx")
    for case in json.loads((folder / "golden.json").read_text()):
        assert says(session, case["prompt_ids"], ANSWER, ends)[0] == case["answer_ids"], folder.name


def golden(folder, model, ends):
    transformers_tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    session = onnxruntime.InferenceSession(str(folder / "onnx" / "model.onnx"))
    cases = []
    for messages in CONVERSATIONS:
        prompt = transformers_tokenizer.apply_chat_template(
            messages, tokenize=False, add_generation_prompt=True, enable_thinking=False)
        ids = transformers_tokenizer(prompt, add_special_tokens=False)["input_ids"]
        with torch.no_grad():
            answer = model.generate(torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long),
                                    do_sample=False, max_new_tokens=ANSWER, eos_token_id=ends, pad_token_id=0)
            logits = model(torch.tensor([ids])).logits[0, -1].numpy()
        answer = answer[0, len(ids):].tolist()
        own, own_logits = says(session, ids, ANSWER, ends)
        assert own == answer, (folder.name, own, answer)
        assert np.abs(own_logits - logits).max() < 1e-3, (folder.name, np.abs(own_logits - logits).max())
        assert len(set(answer)) > 5, (folder.name, answer)
        kept = [i for i in answer if i not in ends]
        cases.append({"messages": messages, "prompt": prompt, "prompt_ids": ids, "answer_ids": answer,
                      "answer": transformers_tokenizer.decode(kept, skip_special_tokens=True),
                      "logits": [round(float(v), 4) for v in logits[:8]]})
    print(folder.name, [len(c["prompt_ids"]) for c in cases], [len(c["answer_ids"]) for c in cases])
    (folder / "golden.json").write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")


def qwen2():
    tokenizer = byte_level(SPLIT_QWEN, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    tokenizer.normalizer = normalizers.NFC()
    config = transformers.Qwen2Config(**shape(tokenizer.get_vocab_size(), rope_theta=1e6, use_sliding_window=False))
    write("qwen2", transformers.Qwen2ForCausalLM, config, tokenizer, {"eos": 2, "pad": 0}, [2, 0], four=True)


def qwen3():
    tokenizer = byte_level(SPLIT_QWEN, ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>"])
    tokenizer.normalizer = normalizers.NFC()
    config = transformers.Qwen3Config(**shape(tokenizer.get_vocab_size(), rope_theta=1e6, use_sliding_window=False))
    write("qwen3", transformers.Qwen3ForCausalLM, config, tokenizer, {"eos": 2, "pad": 0}, [2, 0])


def llama3():
    special = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>"]
    tokenizer = byte_level(SPLIT_LLAMA, special)
    begins_with(tokenizer, "<|begin_of_text|>")
    scaling = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 32.0, "low_freq_factor": 1.0,
               "high_freq_factor": 4.0, "original_max_position_embeddings": 64}
    config = transformers.LlamaConfig(**shape(tokenizer.get_vocab_size(), rope_parameters=scaling))
    write("llama3", transformers.LlamaForCausalLM, config, tokenizer, {"bos": 0, "eos": 5}, [1, 4, 5])


def smollm2():
    tokenizer = byte_level(None, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    config = transformers.LlamaConfig(**shape(tokenizer.get_vocab_size(), rope_theta=130000.0))
    write("smollm2", transformers.LlamaForCausalLM, config, tokenizer, {"bos": 1, "eos": 2, "pad": 2}, [2])


def gemma3():
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>"]
    tokenizer = sentence_pieces(special)
    begins_with(tokenizer, "<bos>")
    config = transformers.Gemma3TextConfig(**shape(
        tokenizer.get_vocab_size(), sliding_window=16, query_pre_attn_scalar=8,
        layer_types=["sliding_attention", "full_attention"]))
    write("gemma3", transformers.Gemma3ForCausalLM, config, tokenizer, {"bos": 2, "eos": 1, "pad": 0, "unk": 3}, [1, 5])


class Today:
    """The day that templates are told is always the same."""

    @staticmethod
    def now():
        return DAY


if __name__ == "__main__":
    transformers.utils.chat_template_utils.datetime = Today
    for family in (qwen2, qwen3, llama3, smollm2, gemma3):
        family()
