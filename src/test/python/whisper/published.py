"""What onnxruntime's Python says to the published graphs; also on processors with other int8 kernels.

    python -m whisper.published            (in the folder src/test/python) compares with the committed values

An int8 graph gives other last digits on another processor: what it quantizes are activations, and one that lies
between two steps is rounded up here and down there. So tokens are only recorded as far as each leads clearly.
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime

TARGET = pathlib.Path(__file__).parents[4] / "src/test/resources/golden/whisper"
# Logits; see README.md for what the kernels of other processors change.
LEADS = {"": 1e-3, "_fp16": 0.02, "_quantized": 0.2, "_q4": 1e-3, "_bnb4": 1e-3, "_q4f16": 0.02}
LEAST_TOKENS = 5


class Rules:
    """What may follow, from a model's files alone: Whisper's grammar of timestamps (golden.py holds it against transformers)."""

    def __init__(self, folder):
        config = json.loads((folder / "generation_config.json").read_text())
        self.end, self.first = config["eos_token_id"], config["no_timestamps_token_id"] + 1
        self.never = [*(config["suppress_tokens"] or []), self.first - 1]
        self.never_first = config["begin_suppress_tokens"] or []
        self.latest_first = config["max_initial_timestamp_index"]
        self.longest = config["max_length"]

    def allowed(self, logits, said):
        """Logits without what is forbidden whatever they are."""
        kept = logits.astype(np.float32)
        kept[self.never] = -np.inf
        stamps = [token for token in said if token >= self.first]
        if not said:
            kept[self.never_first] = kept[:self.first] = kept[self.first + self.latest_first + 1:] = -np.inf
            return kept
        after_stamp, opened = said[-1] >= self.first, len(said) < 2 or said[-2] >= self.first
        if after_stamp and opened:
            kept[self.first:] = -np.inf
        elif after_stamp:
            kept[:self.end] = -np.inf
        if stamps:
            kept[self.first:stamps[-1] + (0 if after_stamp and not opened else 1)] = -np.inf
        return kept

    def choose(self, logits, said):
        """(token, how much the logits may change before it is another one)."""
        kept = self.allowed(logits, said)
        stamps, text = kept[self.first:], kept[:self.first]
        preference = np.logaddexp.reduce(stamps.astype(np.float64)) - text.max()
        if preference > 0:
            kept[:self.first] = -np.inf
        second, best = np.sort(kept)[-2:]
        return int(kept.argmax()), float(min(abs(preference), best - second))


class Graphs:
    def __init__(self, folder, suffix):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.encoder = onnxruntime.InferenceSession(folder / f"onnx/encoder_model{suffix}.onnx", options)
        self.decoder = onnxruntime.InferenceSession(folder / f"onnx/decoder_model_merged{suffix}.onnx", options)
        self.kind = np.float16 if "16" in self.encoder.get_inputs()[0].type else np.float32
        self.names = [o.name for o in self.decoder.get_outputs()]
        self.wanted = [name for name in self.names if not name.startswith("cross_attentions")]

    def encode(self, features):
        return self.encoder.run(None, {"input_features": features.astype(self.kind)})[0]

    def empty(self, folder):
        config = json.loads((folder / "config.json").read_text())
        heads, size = config["decoder_attention_heads"], config["d_model"] // config["decoder_attention_heads"]
        return {i.name: np.zeros((1, heads, 1, size), self.kind)
                for i in self.decoder.get_inputs() if "past" in i.name}

    def decode(self, tokens, hidden, past, again):
        out = dict(zip(self.wanted, self.decoder.run(self.wanted, {
            "input_ids": np.array([tokens]), "encoder_hidden_states": hidden,
            "use_cache_branch": np.array([again]), **past})))
        for name, value in out.items():
            # the branch with a cache gives nothing for the encoder's keys and values
            if name.startswith("present") and not (again and ".encoder." in name):
                past[name.replace("present", "past_key_values")] = value
        return out["logits"][0, -1].astype(np.float32)


class TwoFiles(Graphs):
    """A decoder in two files of 8 bits, behind an encoder of 32-bit floats."""

    def __init__(self, folder):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.encoder, self.prompting, self.continuing = (
            onnxruntime.InferenceSession(folder / f"onnx/{name}.onnx", options)
            for name in ("encoder_model", "decoder_model_quantized", "decoder_with_past_model_quantized"))
        self.kind = np.float32

    def empty(self, folder):
        return {}

    def decode(self, tokens, hidden, past, again):
        decoder = self.continuing if again else self.prompting
        offered = {"input_ids": np.array([tokens]), "encoder_hidden_states": hidden, **past}
        wanted = [o.name for o in decoder.get_outputs() if not o.name.startswith("cross_attentions")]
        out = dict(zip(wanted, decoder.run(wanted, {i.name: offered[i.name] for i in decoder.get_inputs()})))
        past.update({n.replace("present", "past_key_values"): value for n, value in out.items() if n.startswith("present")})
        return out["logits"][0, -1].astype(np.float32)


def greedy(folder, suffix, features, prompt, look=lambda logits, said, token: None, graphs=None):
    """Tokens as far as each leads; the logits behind the prompt and the beginning of the hidden state."""
    graphs, rules = graphs or Graphs(folder, suffix), Rules(folder)
    hidden, past = graphs.encode(features), graphs.empty(folder)
    said, feed, first, least = [], prompt, None, float("inf")
    while len(prompt) + len(said) < rules.longest:
        logits = graphs.decode(feed, hidden, past, bool(said))
        first = logits if first is None else first
        token, ahead = rules.choose(logits, said)
        look(logits, said, token)
        if ahead < LEADS[suffix]:
            break
        least = min(least, ahead)
        said, feed = said + [token], [token]
        if token == rules.end:
            break
    return dict(suffix=suffix, tokens=said, lead=round(least, 4),
                hidden=[float(v) for v in hidden[0, :4, :8].flatten()], first_logits=[float(v) for v in first[:40]])


def all_tokens(graphs, rules, folder, features, prompt):
    """To the end, whatever leads."""
    hidden, past, said = graphs.encode(features), graphs.empty(folder), []
    while len(prompt) + len(said) < rules.longest and (not said or said[-1] != rules.end):
        logits = graphs.decode([said[-1]] if said else prompt, hidden, past, bool(said))
        said.append(rules.choose(logits, said)[0])
    return said


def check(folder):
    golden = json.loads((folder / "golden.json").read_text())
    features = np.fromfile(TARGET / golden["onnxruntime_features"], "<f4").reshape(1, golden["onnxruntime_bands"], -1)
    same = True
    for expected in golden["onnxruntime"]:
        found = greedy(folder, expected["suffix"], features, golden["onnxruntime_prompt"])
        hidden, logits = (np.abs(np.subtract(found[k], expected[k])).max() for k in ("hidden", "first_logits"))
        equal = found["tokens"] == expected["tokens"]
        same = same and equal
        print(f"{folder.name:14} {expected['suffix'] or 'fp32':11} tokens {len(found['tokens']):2} {'equal' if equal else 'OTHER'}"
              f"  lead {found['lead']:.3f}  hidden ±{hidden:.2g}  logits ±{logits:.2g}", flush=True)
    return same


if __name__ == "__main__":
    results = [check(folder) for folder in sorted(TARGET.iterdir()) if (folder / "onnx").is_dir()]
    sys.exit(0 if all(results) else 1)
