"""Makes src/test/resources/golden/whisper: small models and what transformers says to them.

    python -m whisper.golden            (in the folder training)
"""

import json
import pathlib
import shutil
import warnings

import numpy as np
import onnxruntime
import torch
from transformers import LogitsProcessorList
from transformers.generation.utils import GenerationMixin

from whisper import models

TARGET = pathlib.Path(__file__).parents[2] / "src/test/resources/golden/whisper"
RATE = 16000
MERGED = ("encoder_model", "decoder_model_merged")
KINDS = {
    "multilingual": (dict(seed=1), None, ("", "_quantized", "_fp16")),
    "mel128": (dict(seed=2, mels=128), MERGED, ("_quantized",)),
    "english": (dict(seed=3, multilingual=False), MERGED, ("_quantized",)),
    "distil": (dict(seed=4, layers=3, decoder_layers=1), MERGED, ("",)),
}
TEXTS = ["Hello world", " Hello, world! It's 5 o'clock; they'll come.", "  two  blanks\n\ttab ", "Zoë naïve café — “quoted”",
         "日本語のテスト", "Привет, мир", "🙂👍🏽 emoji", "안녕하세요", "12345 67,89", "don't I'VE we'd", "", " "]


def sounds():
    """Two recordings that are no speech, but loud, quiet and changing; int16."""
    random = np.random.default_rng(5)
    made = []
    for seconds in (3.1, 4.0):
        t = np.arange(int(seconds * RATE)) / RATE
        chirp = np.sin(2 * np.pi * (200 + 300 * t * (1 + np.sin(3 * t))) * t)
        buzz = np.sign(np.sin(2 * np.pi * 110 * t)) * (np.sin(2 * np.pi * 1.7 * t) > 0)
        mixed = (0.4 * chirp + 0.2 * buzz + 0.05 * random.standard_normal(len(t))) * np.abs(np.sin(2.2 * t))
        made.append(np.round(mixed * 20000).clip(-32768, 32767).astype("<i2"))
    return made


def processors(model, timestamps, begin):
    config = model.generation_config
    made = model._retrieve_logit_processors(
        generation_config=_copy(config, timestamps), logits_processor=None, begin_index=begin, num_beams=1,
        device="cpu")
    return LogitsProcessorList(made or [])


def _copy(config, timestamps):
    import copy

    config = copy.deepcopy(config)
    config.return_timestamps = timestamps
    config.no_speech_threshold = None
    return config


def generate(model, features, prompt, timestamps, beams, attentions=False):
    import copy

    config = copy.deepcopy(model.generation_config)
    config.suppress_tokens = config.begin_suppress_tokens = None
    config.num_beams, config.do_sample = beams, False
    config.return_dict_in_generate = config.output_scores = config.output_logits = True
    config.output_attentions = attentions
    ids = torch.tensor([prompt])
    return GenerationMixin.generate(
        model, features, generation_config=config, decoder_input_ids=ids,
        logits_processor=processors(model, timestamps, len(prompt)))


def case(model, features, name, sound, prompt, timestamps, beams, start):
    out = generate(model, features[sound], prompt, timestamps, beams)
    tokens = out.sequences[0, len(prompt):].tolist()
    end = model.generation_config.eos_token_id
    if end in tokens:
        tokens = tokens[:tokens.index(end) + 1]
    made = dict(name=name, sound=sound, prompt=prompt, timestamps=timestamps, beams=beams, tokens=tokens)
    if beams == 1:
        made["log_probabilities"] = [
            float(torch.log_softmax(scores[0].float(), -1)[token]) for scores, token in zip(out.scores, tokens)]
        made["first_logits"] = [round(float(v), 5) for v in out.logits[0][0][:40]]
    else:
        made["score"] = float(out.sequences_scores[0])
    with torch.no_grad():
        logits = model(features[sound], decoder_input_ids=torch.tensor([prompt])).logits[0, start]
    ids = model.config.vocab_size
    silence = model.generation_config.no_timestamps_token_id - 1
    made["no_speech"] = float(torch.softmax(logits.float(), -1)[silence])
    made["start"] = start
    assert ids == logits.shape[-1]
    return made


def cases(model, ids, features, tokenizer):
    multilingual = model.generation_config.is_multilingual
    sot, no_stamps, previous = (ids[t] for t in ("<|startoftranscript|>", "<|notimestamps|>", "<|startofprev|>"))
    heads = {"en": [ids["<|en|>"], ids["<|transcribe|>"]], "de-translate": [ids["<|de|>"], ids["<|translate|>"]]} \
        if multilingual else {"en": []}
    hint = tokenizer(" the prisoner said", add_special_tokens=False).input_ids
    for sound in (0, 1):
        for name, head in heads.items():
            for beams in (1, 5):
                yield case(model, features, f"{name} stamps", sound, [sot, *head], True, beams, 0)
                yield case(model, features, f"{name} plain", sound, [sot, *head, no_stamps], False, beams, 0)
                prompt = [previous, *hint, sot, *head]
                yield case(model, features, f"{name} prompted", sound, prompt, True, beams, len(hint) + 1)


def languages(model, features, ids):
    if not model.generation_config.is_multilingual:
        return []
    made = []
    for sound in features:
        with torch.no_grad():
            logits = model(sound, decoder_input_ids=torch.tensor([[ids["<|startoftranscript|>"]]])).logits[0, -1]
        codes = list(model.generation_config.lang_to_id.values())
        names = list(model.generation_config.lang_to_id)
        share = torch.softmax(logits[codes].float(), -1)
        found = int(model.detect_language(sound)[0])
        assert codes[int(share.argmax())] == found
        made.append(dict(code=names[int(share.argmax())].strip("<|>"), probability=float(share.max())))
    return made


def token_times(model, features, prompt, seconds):
    """As generate(return_token_timestamps=True) finds them, for greedy decoding."""
    out = generate(model, features, prompt, True, 1, attentions=True)
    times = model._extract_token_timestamps(
        out, model.generation_config.alignment_heads, num_frames=int(seconds * 100),
        num_input_ids=len(prompt))
    return dict(prompt=prompt, tokens=out.sequences[0].tolist(), frames=int(seconds * 100),
                seconds=[round(float(t), 4) for t in times[0]])


def through_onnxruntime(folder, suffix, features, model, prompt):
    """Greedy decoding with timestamps by onnxruntime's Python on the published graphs."""
    half = suffix == "_fp16"
    kind = np.float16 if half else np.float32
    encoder = onnxruntime.InferenceSession(folder / f"onnx/encoder_model{suffix}.onnx")
    decoder = onnxruntime.InferenceSession(folder / f"onnx/decoder_model_merged{suffix}.onnx")
    hidden = encoder.run(None, {"input_features": features.numpy().astype(kind)})[0]
    names = [o.name for o in decoder.get_outputs()]
    heads, size = model.config.decoder_attention_heads, model.config.d_model // model.config.decoder_attention_heads
    past = {i.name: np.zeros((1, heads, 1, size), kind) for i in decoder.get_inputs() if "past" in i.name}
    rules, said, feed, first = processors(model, True, len(prompt)), [], prompt, None
    while len(prompt) + len(said) < model.generation_config.max_length:
        out = dict(zip(names, decoder.run(None, {
            "input_ids": np.array([feed]), "encoder_hidden_states": hidden,
            "use_cache_branch": np.array([bool(said)]), **past})))
        logits = out["logits"][:, -1].astype(np.float32)
        first = logits[0].tolist() if first is None else first
        token = int(rules(torch.tensor([prompt + said]), torch.tensor(logits)).argmax())
        for name, value in out.items():
            if name.startswith("present") and not (said and ".encoder." in name):
                past[name.replace("present", "past_key_values")] = value
        said, feed = said + [token], [token]
        if token == model.generation_config.eos_token_id:
            break
    return dict(suffix=suffix, tokens=said, hidden=[float(v) for v in hidden[0, :4, :8].flatten()],
                first_logits=first[:40])


def make(name):
    options, graphs, suffixes = KINDS[name]
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    model, tokenizer = models.tiny(folder, **options)
    models.export(folder, model, names=graphs, attentions=True, suffixes=suffixes)
    ids = tokenizer.get_vocab()
    extractor = models.extractor(model, 4)
    recordings = sounds()
    features = [extractor(r.astype(np.float32) / 32768, sampling_rate=RATE, return_tensors="pt").input_features
                for r in recordings]
    made = dict(cases=list(cases(model, ids, features, tokenizer)), languages=languages(model, features, ids))
    prompt = made["cases"][0]["prompt"]
    made["token_times"] = [token_times(model, f, prompt, len(r) / RATE) for f, r in zip(features, recordings)]
    made["onnxruntime"] = [through_onnxruntime(folder, suffix, features[1], model, prompt) for suffix in suffixes]
    made["onnxruntime_prompt"] = prompt
    if name in ("multilingual", "mel128"):
        for i, feature in enumerate(features):
            feature[0].numpy().astype("<f4").tofile(folder / f"log-mel-{i}.f32")
    made["texts"] = [dict(text=text, ids=tokenizer(text, add_special_tokens=False).input_ids) for text in TEXTS]
    (folder / "golden.json").write_text(json.dumps(made, ensure_ascii=False, indent=None) + "\n")
    print(name, [len(c["tokens"]) for c in made["cases"]], made["languages"])


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    TARGET.mkdir(parents=True, exist_ok=True)
    for index, recording in enumerate(sounds()):
        recording.tofile(TARGET / f"sound-{index}.raw")
    for kind in KINDS:
        make(kind)
