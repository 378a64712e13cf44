"""Trains a micro-Whisper that really transcribes the sentences of whisper.speech.

    python -m whisper.train [--minutes 60]         (in the folder src/test/python; goes on from its checkpoint)

Clips are made first (or beside: parts are taken in as they appear) and put together, two or so to a chunk, with
pauses, noise and Whisper's tokens around their text. Besides the tokens the encoder learns the phone of every frame,
and some heads of the decoder are told where the next word lies: both only make learning fast and are thrown away.
"""

import argparse
import math
import pathlib
import pickle
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from transformers import WhisperForConditionalGeneration

from whisper import phones
from whisper import models, speech, vocabulary

FOLDER = pathlib.Path(__file__).parents[1] / ".data" / "whisper-micro"
RATE, SECONDS, TOKENS = 16000, 4, 96
WIDTH, LAYERS, DECODER_LAYERS, HEADS = 128, 3, 2, 4
FRAMES = SECONDS * 50
# Of the last decoder layer: these look where the next token is said.
GUIDED = (0, 1)
BATCH, PEAK_RATE, WARM_UP, AVERAGE = 16, 2.5e-3, 60, 0.99


def texts(count=6000):
    draw = random.Random(11)
    lines = [speech.sentence(draw) for _ in range(count)]
    return lines + [" ".join(draw.choice(speech.GERMAN) for _ in range(3)) + "." for _ in range(count // 12)]


def new_model(folder):
    """Random weights; the folder gets everything but graphs."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = vocabulary.make(folder, SECONDS, size=760, lines=texts())
    ids = tokenizer.get_vocab()
    torch.manual_seed(1)
    config = models.configuration(ids, SECONDS, 80, WIDTH, LAYERS, DECODER_LAYERS, HEADS, TOKENS, len(ids), True)
    model = WhisperForConditionalGeneration(config)
    special = ("<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>")
    model.generation_config = models.generation(
        ids, TOKENS, True, sorted(ids[t] for t in special), [ids["Ġ"], ids["<|endoftext|>"]],
        [[DECODER_LAYERS - 1, head] for head in GUIDED])
    models.describe(folder, model, SECONDS)
    return model, tokenizer


@dataclass
class Example:
    """A chunk: samples, its tokens, where each input token's successor lies, and the phone of every frame."""

    samples: np.ndarray
    prompt: list = field(default_factory=list)
    tokens: list = field(default_factory=list)
    places: list = field(default_factory=list)
    phones: np.ndarray = None


class Chunks:
    """Puts clips together."""

    def __init__(self, tokenizer, clips, seed):
        self.ids, self.clips = tokenizer.get_vocab(), clips
        self.draw, self.noise = random.Random(seed), np.random.default_rng(seed)
        self.tokenizer, self.cache = tokenizer, {}
        self.pools, self.pooled = {}, -1
        self.first = self.ids["<|0.00|>"]

    def pool(self, language):
        if self.pooled != len(self.clips):
            self.pooled, self.pools = len(self.clips), {}
            for clip in self.clips:
                self.pools.setdefault(clip.language, []).append(clip)
        return self.pools.get(language)

    def text_ids(self, text):
        if text not in self.cache:
            self.cache[text] = self.tokenizer(text, add_special_tokens=False).input_ids
        return self.cache[text]

    def stamp(self, seconds):
        return self.first + min(FRAMES, max(0, round(seconds * 50)))

    def said(self, clip, at, translate):
        """(token, second) of a clip's words."""
        made = []
        if translate:
            words = zip(clip.english.split(), (w[1:] for w in clip.words))
            words = [(word, *times) for word, times in words]
        else:
            words = clip.words
        for word, start, end in words:
            made += [(i, at + (start + end) / 2) for i in self.text_ids(" " + word)]
        return made

    def example(self):
        draw = self.draw
        audio = np.zeros(SECONDS * RATE, np.float32)
        labels = np.full(FRAMES, phones.SIL_ID)
        german = draw.random() < 0.1
        language, translate = ("de", draw.random() < 0.4) if german else ("en", False)
        stamps = draw.random() < 0.8
        pool = self.pool(language) or self.clips
        language = pool[0].language
        translate = translate and language == "de"
        at = 0.0 if draw.random() < 0.25 else draw.uniform(0, 0.9)
        tokens, quiet = [], draw.random() < 0.06
        while not quiet:
            clip = draw.choice(pool)
            speed = draw.choice((1.0, 1.0, draw.uniform(0.88, 1.14)))
            clip = faster(clip, speed) if speed != 1.0 else clip
            end = at + len(clip.samples) / RATE
            whole = end <= SECONDS - 0.02
            if not whole and not (stamps and at < SECONDS - 0.35 and draw.random() < 0.6):
                if tokens:
                    break
                at = draw.uniform(0, 0.3)
                continue
            self.place(clip, at, audio, labels)
            begin = (self.stamp(at), at)
            if not whole:
                # a segment that goes on behind the chunk only begins
                tokens.append(begin)
                break
            said = self.said(clip, at, translate)
            tokens += [begin, *said, (self.stamp(end), end)] if stamps else said
            at = end + draw.choice((0.1, 0.2, draw.uniform(0.1, 0.6), draw.uniform(0.3, 0.95)))
            if draw.random() < 0.15 or at > SECONDS - 0.3:
                break
        labels = labels if language == "en" else np.where(labels == phones.SIL_ID, labels, -100)
        made = Example(self.noisy(audio, quiet), phones=labels)
        self.finish(made, tokens, quiet, language, translate, stamps)
        return made

    def finish(self, made, tokens, quiet, language, translate, stamps):
        ids, draw = self.ids, self.draw
        if draw.random() < 0.25:
            made.prompt = [ids["<|startofprev|>"], *self.before(draw.randrange(1, 4), draw.random() < 0.7)]
        made.prompt.append(ids["<|startoftranscript|>"])
        if quiet:
            made.tokens, made.places = [ids["<|nospeech|>"], ids["<|endoftext|>"]], [-1, -1]
            return
        head = [ids[f"<|{language}|>"], ids["<|translate|>" if translate else "<|transcribe|>"]]
        head += [] if stamps else [ids["<|notimestamps|>"]]
        made.tokens = head + [t for t, _ in tokens] + [ids["<|endoftext|>"]]
        made.places = [-1] * len(head) + [p for _, p in tokens] + [-1]

    def before(self, count, stamps):
        """What may have been said before this chunk, at most half of the positions."""
        said = []
        for _ in range(count):
            clip, at = self.draw.choice(self.clips), self.draw.uniform(0, 2)
            text = self.text_ids(" " + clip.text)
            said += [self.stamp(at), *text, self.stamp(at + len(clip.samples) / RATE)] if stamps else text
        return said[-(TOKENS // 2 - 1):]

    def place(self, clip, at, audio, labels):
        start = int(at * RATE)
        part = clip.samples[:len(audio) - start].astype(np.float32) / 32768 * self.draw.uniform(0.25, 1.2)
        audio[start:start + len(part)] += part
        for phone, begin, end in clip.phones:
            labels[max(0, round((at + begin) * 50)):max(0, round((at + end) * 50))] = phone

    def noisy(self, audio, quiet):
        level = 10 ** self.draw.uniform(-4.5, -2.2)
        noise = self.noise.standard_normal(len(audio)).astype(np.float32)
        if self.draw.random() < 0.5:
            noise = np.convolve(noise, np.ones(8, np.float32) / 8 ** 0.5, "same")
        if quiet and self.draw.random() < 0.3:
            return audio
        audio = audio + level * (self.draw.choice((1, 3, 8)) if quiet else 1) * noise
        return np.round(audio * 32768).clip(-32768, 32767).astype(np.float32) / 32768


def faster(clip, speed):
    at = np.arange(int(len(clip.samples) / speed)) * speed
    samples = np.interp(at, np.arange(len(clip.samples)), clip.samples).astype(np.int16)
    moved = lambda items: tuple((name, a / speed, b / speed) for name, a, b in items)
    return speech.Clip(clip.text, clip.language, clip.english, clip.voice, samples, moved(clip.words), moved(clip.phones))


class Spectrogram:
    """As WhisperFeatureExtractor, for batches."""

    def __init__(self):
        self.filters = torch.tensor(models.extractor(80, SECONDS).mel_filters, dtype=torch.float32)
        self.window = torch.hann_window(400)

    def __call__(self, samples):
        power = torch.view_as_real(torch.stft(samples, 400, 160, window=self.window, return_complex=True)[..., :-1]).square().sum(-1)
        mel = (self.filters.T @ power).clamp(min=1e-10).log10()
        mel = torch.maximum(mel, mel.amax((1, 2), keepdim=True) - 8)
        return (mel + 4) / 4


def batch(chunks, spectrogram, size, end):
    examples = [chunks.example() for _ in range(size)]
    mel = spectrogram(torch.from_numpy(np.stack([e.samples for e in examples])))
    length = max(len(e.prompt) + len(e.tokens) for e in examples)
    ids, labels = torch.full((size, length - 1), end), torch.full((size, length - 1), -100)
    places = torch.full((size, length - 1), -1.0)
    for i, e in enumerate(examples):
        all_ids = torch.tensor(e.prompt + e.tokens)
        ids[i, :len(all_ids) - 1] = all_ids[:-1]
        begin = len(e.prompt) - 1
        labels[i, begin:len(all_ids) - 1] = all_ids[len(e.prompt):]
        places[i, begin:len(all_ids) - 1] = torch.tensor(e.places)
    return mel, ids, labels, places, torch.from_numpy(np.stack([e.phones for e in examples]))


def masked(mel, draw):
    """SpecAugment, lightly; one mask for the batch."""
    low, width = draw.randrange(70), draw.randrange(8)
    begin, frames = draw.randrange(380), draw.randrange(12)
    mel = mel.clone()
    mel[:, low:low + width] = mel.mean()
    mel[:, :, begin:begin + frames] = mel.mean()
    return mel


def guidance(attentions, places):
    """How little the guided heads look within 0.2 s of where they should."""
    at = (torch.arange(FRAMES) + 0.5) / 50
    near = ((at - places[..., None]).abs() < 0.2).float()
    seen = (attentions[-1][:, GUIDED].float() * near[:, None]).sum(-1)
    known = (places >= 0).float()[:, None].expand_as(seen)
    return -((seen + 1e-3).log() * known).sum() / known.sum().clamp(min=1)


def load_clips(folder, known):
    clips = []
    for path in sorted(folder.glob("part*.pickle")):
        if path.name not in known:
            known.add(path.name)
            clips += pickle.loads(path.read_bytes())
    return clips


class Trainer:
    def __init__(self, folder, minutes):
        self.folder, self.minutes = folder, minutes
        self.model, self.tokenizer = new_model(folder / "model")
        self.phones = torch.nn.Linear(WIDTH, len(phones.PHONES) + 1)
        self.parameters = [*self.model.parameters(), *self.phones.parameters()]
        self.parameters = [p for p in self.parameters if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=1e-3, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.step, self.trained, self.known = 0, 0.0, set()
        self.average = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.path = folder / "checkpoint.pt"
        if self.path.exists():
            state = torch.load(self.path)
            self.model.load_state_dict(state["model"])
            self.average = state.get("average", state["model"])
            self.phones.load_state_dict(state["phones"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.trained = state["step"], state["trained"]
        self.clips = load_clips(folder, self.known)

    def save(self, trained):
        state = dict(model=self.model.state_dict(), average=self.average, phones=self.phones.state_dict(),
                     optimizer=self.optimizer.state_dict(), step=self.step, trained=trained)
        torch.save(state, self.path.with_suffix(".tmp"))
        self.path.with_suffix(".tmp").replace(self.path)

    def losses(self, mel, ids, labels, places, frames, progress):
        hidden = self.model.model.encoder(mel).last_hidden_state
        decoded = self.model.model.decoder(input_ids=ids, encoder_hidden_states=hidden, output_attentions=True, use_cache=False)
        logits = self.model.proj_out(decoded.last_hidden_state)
        words = F.cross_entropy(logits.float().flatten(0, 1), labels.flatten(), ignore_index=-100)
        heard = F.cross_entropy(self.phones(hidden).float().flatten(0, 1), frames.flatten(), ignore_index=-100)
        guided = guidance(decoded.cross_attentions, places)
        return words + (1 - 0.8 * progress) * heard + 0.3 * guided, (words, heard, guided)

    def run(self):
        end = self.tokenizer.get_vocab()["<|endoftext|>"]
        spectrogram, draw = Spectrogram(), random.Random(self.step)
        chunks = Chunks(self.tokenizer, self.clips, 1000 + self.step)
        start = saved = told = time.time()
        sums = np.zeros(3)
        self.model.train()
        print(f"{sum(p.numel() for p in self.parameters) / 1e6:.2f} M parameters, {len(self.clips)} clips, step {self.step}", flush=True)
        while True:
            trained = self.trained + (time.time() - start) / 60
            progress = min(1.0, trained / self.minutes)
            if progress >= 1 or time.time() - saved > 90:
                self.save(trained)
                self.clips.extend(load_clips(self.folder, self.known))
                saved = time.time()
            if progress >= 1:
                return
            for group in self.optimizer.param_groups:
                group["lr"] = PEAK_RATE * min(1, (self.step + 1) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * progress) + 0.01)
            mel, ids, labels, places, frames = batch(chunks, spectrogram, BATCH, end)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, parts = self.losses(masked(mel, draw), ids, labels, places, frames, progress)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
            self.optimizer.step()
            self.step += 1
            with torch.no_grad():
                for name, value in self.model.state_dict().items():
                    self.average[name].lerp_(value, 1 - min(AVERAGE, self.step / (self.step + 20)))
            sums += [p.item() for p in parts]
            if self.step % 25 == 0:
                words, heard, guided = sums / 25
                print(f"{trained:6.1f} min  step {self.step}  tokens {words:.3f}  phones {heard:.3f}  guided {guided:.3f}  "
                      f"clips {len(self.clips)}  {(time.time() - told) / 25:.2f} s a step", flush=True)
                sums[:], told = 0, time.time()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--clips", type=int, default=2000)
    parser.add_argument("--folder", type=pathlib.Path, default=FOLDER)
    options = parser.parse_args()
    torch.set_num_threads(1)
    maker = subprocess.Popen([sys.executable, "-m", "whisper.speech", str(options.folder), str(options.clips)])
    while len(list(options.folder.glob("part*.pickle"))) < min(3, options.clips // 100):
        time.sleep(1)
    Trainer(options.folder, options.minutes).run()
    maker.terminate()


if __name__ == "__main__":
    main()
