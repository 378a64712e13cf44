"""What the trained micro-Whisper says, by transformers and by openai/whisper: its folder among the golden files.

    python -m whisper.micro evaluate                      (in the folder src/test/python)
    python -m whisper.micro golden OPENAI_WHISPER         the path of a checkout of openai/whisper
"""

import gzip
import json
import pathlib
import random
import sys
import warnings

import numpy as np
import torch

from whisper import golden, models, published, speech, train

FOLDER = published.TARGET / "micro"
MERGED = ("encoder_model", "decoder_model_merged")
HINT = " call one two three four."


def trained(folder, checkpoint=train.FOLDER / "checkpoint.pt"):
    """The trained weights, rounded to 16 bits; describes them in the folder."""
    model, tokenizer = train.new_model(folder)
    model.load_state_dict(torch.load(checkpoint)["average"])
    models.round_to_half(model)
    return model.eval(), tokenizer


def held_out(seed, count, language="en"):
    draw, clips = random.Random(seed), []
    while len(clips) < count:
        made = speech.clip(draw, held_out=language == "en", language=language)
        if made:
            clips.append(made)
    return clips


class Recording:
    """Clips one behind the other with silence between them."""

    def __init__(self):
        self.samples, self.words = [], []

    def seconds(self):
        return sum(len(s) for s in self.samples) / train.RATE

    def pause(self, seconds):
        self.samples.append(np.zeros(round(seconds * train.RATE), np.int16))

    def add(self, clip, loudness=0.7):
        at = self.seconds()
        self.words += [(word, round(at + start, 3), round(at + end, 3)) for word, start, end in clip.words]
        self.samples.append((clip.samples * loudness).astype(np.int16))

    def joined(self):
        return np.concatenate(self.samples).astype("<i2")


def plain(words):
    return [word.strip(".?") for word in words]


def distance(said, meant):
    """Words to change."""
    row = list(range(len(meant) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(meant, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def chunk_of(clips, draw):
    """Two clips at most, and where their words are."""
    recording = Recording()
    recording.pause(draw.uniform(0.05, 0.5))
    for clip in clips:
        if recording.samples[1:] and recording.seconds() + len(clip.samples) / train.RATE > train.SECONDS - 0.1:
            break
        recording.add(clip)
        recording.pause(draw.uniform(0.3, 0.7))
    return recording


def evaluate(count=40):
    """Word errors of held-out sentences, how far timestamps and word times are off."""
    folder = train.FOLDER / "evaluated"
    model, tokenizer = trained(folder)
    models.export(folder, model, names=MERGED, suffixes=("", "_quantized"))
    ids, draw = tokenizer.get_vocab(), random.Random(5)
    prompt = [ids["<|startoftranscript|>"], ids["<|en|>"], ids["<|transcribe|>"]]
    clips = held_out(77, 2 * count)
    extractor = models.extractor(80, train.SECONDS)
    chunks = [chunk_of(clips[i:i + 2], draw) for i in range(0, len(clips), 2)]
    features = [extractor(c.joined()[:train.SECONDS * train.RATE].astype(np.float32) / 32768,
                          sampling_rate=train.RATE, return_tensors="pt").input_features for c in chunks]
    for suffix in ("", "_quantized"):
        graphs, rules = published.Graphs(folder, suffix), published.Rules(folder)
        wrong = words = 0
        for chunk, feature in zip(chunks, features):
            said = published.all_tokens(graphs, rules, folder, feature.numpy(), prompt)
            text = plain(tokenizer.decode([t for t in said if t < rules.end]).split())
            meant = plain(word for word, _, _ in chunk.words)
            wrong, words = wrong + distance(text, meant), words + len(meant)
            if suffix == "" and text != meant:
                print("  ", " ".join(meant), "->", " ".join(text))
        print(f"{suffix or 'fp32'}: {100 * wrong / words:.1f} % of {words} words wrong", flush=True)
    for name, shift in (("behind (transformers)", 0), ("before (openai/whisper)", 1)):
        print(f"words begin, row of the token {name}:", word_errors(model, tokenizer, chunks, features, prompt, shift))


def word_errors(model, tokenizer, chunks, features, prompt, shift):
    """Median and 95th percentile of how far words begin from where they were synthesized, in seconds."""
    errors = []
    for chunk, feature in zip(chunks, features):
        frames = min(train.FRAMES, int(chunk.seconds() * 50))
        text, first = [], []
        for word, start, _ in chunk.words:
            first.append(len(text))
            text += tokenizer(" " + word, add_special_tokens=False).input_ids
        stamp = [tokenizer.get_vocab()["<|0.00|>"]]
        with torch.no_grad():
            out = model(feature, decoder_input_ids=torch.tensor([prompt + stamp + text]), output_attentions=True)
        heads = model.generation_config.alignment_heads
        weights = torch.stack([out.cross_attentions[layer][0, head, :, :frames] for layer, head in heads])
        begin = len(prompt) + 1 - shift
        steps = align(weights[:, begin:begin + len(text)])
        errors += [abs(steps[i] * 0.02 - start) for i, (_, start, _) in zip(first, chunk.words)]
    return " ".join(f"{np.percentile(errors, p):.2f} s ({p} %)" for p in (50, 90, 98))


def align(weights):
    """Where each row begins, as transformers finds it."""
    from transformers.models.whisper.generation_whisper import _dynamic_time_warping, _median_filter

    std, mean = weights.std(-2, keepdim=True, unbiased=False), weights.mean(-2, keepdim=True)
    matrix = _median_filter(((weights - mean) / std)[None], 7)[0].mean(0)
    text, time = _dynamic_time_warping(-matrix.double().numpy())
    return time[np.pad(np.diff(text), (1, 0), constant_values=1).astype(bool)]


def recording():
    """English to go through from timestamp to timestamp, then German and noise; (recording, sounds, English seconds)."""
    made, draw = Recording(), random.Random(9)
    clips = held_out(1234, 14)
    pauses = [0.5, 0.4, 0.9, 0.35, 1.4, 0.6, 0.3, 5.2, 0.7, 0.45, 1.0, 0.5, 0.4, 0.8]
    made.pause(0.3)
    starts = []
    for clip, pause in zip(clips, pauses):
        starts.append(made.seconds())
        made.add(clip, draw.uniform(0.4, 1.0))
        made.pause(pause)
    english = made.seconds()
    begin = made.seconds()
    for clip in held_out(4, 2, "de"):
        made.pause(0.3)
        made.add(clip)
    made.pause(0.2)
    sounds = [(starts[i] - 0.1, starts[i] - 0.1 + seconds) for i, seconds in ((0, 4.0), (4, 3.3), (9, 4.0))]
    sounds.append((begin, min(made.seconds(), begin + 4)))
    noise = np.random.default_rng(1).standard_normal(2 * train.RATE) * 60
    begin = made.seconds()
    made.samples.append(np.round(noise).astype(np.int16))
    sounds.append((begin, made.seconds()))
    return made, [tuple(round(t * train.RATE) for t in sound) for sound in sounds], english


def make(openai):
    from whisper import openai_reference

    FOLDER.mkdir(parents=True, exist_ok=True)
    model, tokenizer = trained(FOLDER)
    ids = tokenizer.get_vocab()
    models.export(FOLDER, model, names=MERGED, attentions=True, suffixes=("", "_quantized"))
    spoken, sounds, english = recording()
    samples = spoken.joined()
    with open(FOLDER / "recording.raw.gz", "wb") as file:
        file.write(gzip.compress(samples.tobytes(), 9, mtime=0))
    extractor = models.extractor(80, train.SECONDS)
    heard = [samples[a:b].astype(np.float32) / 32768 for a, b in sounds]
    features = [extractor(h, sampling_rate=train.RATE, return_tensors="pt").input_features for h in heard]
    features[1][0].numpy().astype("<f4").tofile(FOLDER / "log-mel-1.f32")
    prompt = golden.heads(model, ids)["en"]
    made = dict(sounds=sounds, words=spoken.words, english_samples=round(english * train.RATE))
    made |= dict(onnxruntime_prompt=prompt, onnxruntime_bands=80, onnxruntime_features="micro/log-mel-1.f32")
    made["onnxruntime"] = [
        published.greedy(FOLDER, suffix, features[1].numpy(), prompt, golden.as_transformers(model, prompt))
        for suffix in ("", "_quantized")]
    made["cases"] = list(golden.cases(model, ids, features, tokenizer, HINT))
    made["languages"] = golden.languages(model, features, ids)
    seconds = [len(h) / train.RATE for h in heard]
    made["alignments"] = openai_reference.alignments(openai, model, tokenizer, features, seconds, made["cases"])
    made["texts"] = [dict(text=text, ids=tokenizer(text, add_special_tokens=False).input_ids) for text in golden.TEXTS]
    english = samples[:made["english_samples"]].astype(np.float32) / 32768
    prepared = openai_reference.prepare(openai, tokenizer, english)
    made["long_form"] = openai_reference.long_form(prepared, model, english)
    made["searched"] = []
    for sound in (0, 1, 4):
        found, rows = openai_reference.searched(prepared, model, features[sound][0])
        (FOLDER / f"logits-{sound}.f16.gz").write_bytes(gzip.compress(rows.astype("<f2").tobytes(), 9, mtime=0))
        made["searched"].append(dict(sound=sound) | found)
    made["decisions"] = openai_reference.decisions(prepared)
    (FOLDER / "golden.json").write_text(json.dumps(made, ensure_ascii=False) + "\n")
    for said in made["cases"]:
        print(said["name"], said["sound"], said["beams"], repr(tokenizer.decode(said["tokens"])))
    for run in made["long_form"]:
        print(run["options"], [(s["start"], s["end"], s["text"]) for s in run["segments"]])
    print(made["languages"], [(said["suffix"], len(said["tokens"]), said["lead"]) for said in made["onnxruntime"]])


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    if sys.argv[1] == "evaluate":
        evaluate()
    else:
        make(pathlib.Path(sys.argv[2]))
