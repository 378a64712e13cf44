"""Makes src/test/resources/golden/whisper: small models and what transformers and openai/whisper say to them.

    python -m whisper.golden OPENAI_WHISPER [KIND ...]     (in the folder src/test/python) with a checkout of openai/whisper
"""

import json
import pathlib
import shutil
import sys
import warnings

import numpy as np
import torch
from transformers import LogitsProcessorList
from transformers.generation.utils import GenerationMixin

from whisper import models, openai_reference, published
from whisper.published import TARGET

RATE = 16000
MERGED = ("encoder_model", "decoder_model_merged")
TWO_FILES = ("decoder_model", "decoder_with_past_model")
# Options, the precisions of the merged decoder, whether there are two files besides.
KINDS = {
    "multilingual": (dict(seed=1), ("", "_quantized", "_fp16"), True),
    "mel128": (dict(seed=2, mels=128), ("_quantized",), False),
    "english": (dict(seed=3, multilingual=False), ("_quantized", "_fp16"), False),
    "distil": (dict(seed=4, layers=3, decoder_layers=1), ("", "_q4"), False),
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
    import copy

    config = copy.deepcopy(model.generation_config)
    config.return_timestamps = timestamps
    config.no_speech_threshold = None
    made = model._retrieve_logit_processors(
        generation_config=config, logits_processor=None, begin_index=begin, num_beams=1, device="cpu")
    return LogitsProcessorList(made or [])


def as_transformers(model, prompt):
    """Whether published.Rules choose as transformers does."""
    rules = processors(model, True, len(prompt))

    def look(logits, said, token):
        ruled = rules(torch.tensor([prompt + said]), torch.tensor(logits[None]))
        assert int(ruled.argmax()) == token, f"the rules differ behind {said}"

    return look


def generate(model, features, prompt, timestamps, beams):
    import copy

    config = copy.deepcopy(model.generation_config)
    config.suppress_tokens = config.begin_suppress_tokens = None
    config.num_beams, config.do_sample = beams, False
    config.return_dict_in_generate = config.output_scores = config.output_logits = True
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


def heads(model, ids):
    """What prompts begin with when nothing was said before."""
    start = ids["<|startoftranscript|>"]
    if not model.generation_config.is_multilingual:
        return {"en": [start]}
    return {"en": [start, ids["<|en|>"], ids["<|transcribe|>"]],
            "de-translate": [start, ids["<|de|>"], ids["<|translate|>"]]}


def cases(model, ids, features, tokenizer, hint=" the prisoner said"):
    no_stamps, previous = (ids[t] for t in ("<|notimestamps|>", "<|startofprev|>"))
    hint = tokenizer(hint, add_special_tokens=False).input_ids
    for sound in range(len(features)):
        for name, head in heads(model, ids).items():
            for beams in (1, 5):
                yield case(model, features, f"{name} stamps", sound, head, True, beams, 0)
                yield case(model, features, f"{name} plain", sound, [*head, no_stamps], False, beams, 0)
                prompt = [previous, *hint, *head]
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


def build(folder, options, suffixes, two_files, feature):
    """The first model from the seed on whose tokens lead clearly on every published graph."""
    for seed in range(options["seed"], options["seed"] + 2000, 100):
        shutil.rmtree(folder, ignore_errors=True)
        model, tokenizer = models.tiny(folder, **options | dict(seed=seed))
        models.export(folder, model, names=MERGED, attentions=True, suffixes=suffixes,
                      half_io=folder.name != "english")
        if two_files:
            models.export(folder, model, names=TWO_FILES, attentions=True)
        prompt = heads(model, tokenizer.get_vocab())["en"]
        said = [published.greedy(folder, suffix, feature, prompt, as_transformers(model, prompt)) for suffix in suffixes]
        if all(len(s["tokens"]) >= published.LEAST_TOKENS for s in said):
            return model, tokenizer, dict(onnxruntime_prompt=prompt, onnxruntime=said)
    raise ValueError(f"no clear tokens: {folder.name}")


def make(name, openai):
    options, suffixes, two_files = KINDS[name]
    folder = TARGET / name
    bands = options.get("mels", 80)
    extractor = models.extractor(bands, 4)
    recordings = sounds()
    features = [extractor(r.astype(np.float32) / 32768, sampling_rate=RATE, return_tensors="pt").input_features
                for r in recordings]
    model, tokenizer, made = build(folder, options, suffixes, two_files, features[1].numpy())
    ids = tokenizer.get_vocab()
    made["onnxruntime_bands"] = bands
    made["onnxruntime_features"] = f"{'mel128' if bands == 128 else 'multilingual'}/log-mel-1.f32"
    for i in dict(multilingual=(0, 1), mel128=(1,)).get(name, ()):
        features[i][0].numpy().astype("<f4").tofile(folder / f"log-mel-{i}.f32")
    made["cases"] = list(cases(model, ids, features, tokenizer))
    made["languages"] = languages(model, features, ids)
    if "" in suffixes:
        seconds = [len(r) / RATE for r in recordings]
        made["alignments"] = openai_reference.alignments(openai, model, tokenizer, features, seconds, made["cases"])
    made["texts"] = [dict(text=text, ids=tokenizer(text, add_special_tokens=False).input_ids) for text in TEXTS]
    (folder / "golden.json").write_text(json.dumps(made, ensure_ascii=False, indent=None) + "\n")
    print(name, [len(c["tokens"]) for c in made["cases"]], made["languages"],
          [(said["suffix"], len(said["tokens"]), said["lead"]) for said in made["onnxruntime"]], flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    TARGET.mkdir(parents=True, exist_ok=True)
    for index, recording in enumerate(sounds()):
        recording.tofile(TARGET / f"sound-{index}.raw")
    for kind in sys.argv[2:] or KINDS:
        make(kind, pathlib.Path(sys.argv[1]))
