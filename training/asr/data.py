"""Batches for training from the parts that `make_data` wrote; parts may still grow while training reads them."""

import json
import pathlib

import numpy as np
import torch

from . import augment
from .phones import BLANK_ID, SIL_ID

BATCH_FRAMES = 4000
FORMANT_SKIPPED = 0.4  # of espeak-ng's sentences: formant synthesis is understood in noise long before the other voices are
_OUTPUT_SECONDS = 0.04


def frame_targets(times, outputs):
    """Dense phone per output frame, the same with blank around one frame per phone, and the CTC target."""
    times = [t for t in times if t[0] != SIL_ID or t[2] - t[1] >= 0.12]
    dense, peaks = np.full(outputs, SIL_ID), np.full(outputs, BLANK_ID)
    target, previous, previous_token = [], -1, -1
    for token, start, end in times:
        dense[max(0, int(np.ceil(start / _OUTPUT_SECONDS))):int(np.ceil(end / _OUTPUT_SECONDS))] = token
        at = max(int(round((start + end) / 2 / _OUTPUT_SECONDS)), previous + (2 if token == previous_token else 1))
        if at >= outputs:
            return None
        peaks[at] = token
        target.append(token)
        previous, previous_token = at, token
    return dense, peaks, target


class Base:
    """All finished utterances of a folder."""

    def __init__(self, folder, skip=lambda voice: False):
        self.folder, self.skip, self.items, self.maps, self.read = pathlib.Path(folder), skip, [], {}, {}
        self.refresh()

    def refresh(self):
        for path in sorted(self.folder.glob("*.jsonl")):
            with open(path, encoding="utf-8") as lines:
                lines.seek(self.read.get(path.stem, 0))
                for line in iter(lines.readline, ""):
                    if not line.endswith("\n"):
                        break
                    self.read[path.stem] = lines.tell()
                    entry = json.loads(line)
                    if not self.skip(entry["voice"]):
                        self.items.append((path.stem, entry["offset"], entry["frames"], [tuple(p) for p in entry["phones"]], entry["voice"]))
            frames = path.with_suffix(".f16").stat().st_size // 160
            if frames:
                self.maps[path.stem] = np.memmap(path.with_suffix(".f16"), dtype=np.float16, mode="r", shape=(frames, 80))

    def mel(self, item):
        part, offset, frames, *_ = item
        return np.asarray(self.maps[part][offset:offset + frames], dtype=np.float32)

    def hours(self):
        return sum(item[2] for item in self.items) / 360000


class Batches(torch.utils.data.IterableDataset):
    """Endless augmented batches; `strength` is shared memory that the trainer sets."""

    def __init__(self, folder, seed, strength, frames=BATCH_FRAMES):
        self.folder, self.seed, self.strength, self.frames = folder, seed, strength, frames

    def draw(self, base, random, item):
        """One utterance, or sometimes several in a row, as a list."""
        items = [item]
        while random.random() < 0.15 and sum(i[2] for i in items) < 900:
            items.append(base.items[random.integers(len(base.items))])
        return items if sum(i[2] for i in items) <= 1500 else items[:1]

    def example(self, base, items, augmenter, random, strength):
        mel, times = base.mel(items[0]), items[0][3]
        for item in items[1:]:
            gap = np.tile(np.minimum(mel[-4:].min(0), 0), (int(random.integers(5, 60)), 1)).astype(np.float32)
            shift = (len(mel) + len(gap)) / 100
            times = times + [(SIL_ID, len(mel) / 100, shift)] + [(t, s + shift, e + shift) for t, s, e in item[3]]
            mel = np.concatenate([mel, gap, base.mel(item) + random.uniform(-2, 2)])
        mel, clean, times = augmenter.apply(mel, times, strength, lambda: np.exp(base.mel(base.items[random.integers(len(base.items))])))
        targets = frame_targets(times, (len(mel) + 3) // 4)
        return targets and (augmenter.mask(normalized(mel), strength), normalized(clean), *targets)

    def __iter__(self):
        torch.set_num_threads(1)
        random, augmenter, base = np.random.default_rng(self.seed), augment.Augmenter(self.seed + 1), Base(self.folder)
        while True:
            base.refresh()
            chosen = [base.items[i] for i in random.permutation(len(base.items))[:1000]]
            pool = [self.draw(base, random, item) for item in chosen if random.random() > FORMANT_SKIPPED or not item[4].startswith("espeak")]
            strength, groups, group, total = float(self.strength), [], [], 0
            for items in sorted(pool, key=lambda items: sum(i[2] for i in items)):
                group.append(items)
                total += sum(i[2] for i in items)
                if total > self.frames:
                    groups.append(group)
                    group, total = [], 0
            for index in random.permutation(len(groups)):
                made = [self.example(base, items, augmenter, random, strength) for items in groups[index]]
                yield collate([e for e in made if e])


def normalized(mel):
    """As `frontend.normalize`, frames × bands."""
    return (mel - mel.mean(0)) / (mel.std(0, ddof=1) + 1e-5)


def collate(examples):
    """Features, the same without noise, room and masks (both batch × bands × frames), frames, dense and peak targets, CTC targets and their lengths."""
    frames = [len(e[0]) for e in examples]
    features, clean = (torch.zeros(len(examples), 80, max(frames)) for _ in range(2))
    outputs = (max(frames) + 3) // 4
    dense, peaks = (torch.full((len(examples), outputs), -100) for _ in range(2))
    for row, (mel, quiet, every, peak, _) in enumerate(examples):
        features[row, :, :len(mel)] = torch.from_numpy(mel.T.copy())
        clean[row, :, :len(mel)] = torch.from_numpy(quiet.T.copy())
        dense[row, :len(every)] = torch.from_numpy(every)
        peaks[row, :len(peak)] = torch.from_numpy(peak)
    targets = torch.tensor([t for e in examples for t in e[4]])
    return features, clean, torch.tensor(frames), dense, peaks, targets, torch.tensor([len(e[4]) for e in examples])
