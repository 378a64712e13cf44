"""Make the training base: log-mel features (float16, frames × bands) and phone times, in numbered parts.

    python -m asr.make_data FOLDER FIRST_PART LAST_PART HOURS_PER_PART [SHARE_IN_ROOMS]

Training imitates rooms on spectrograms, which are a little easier than rooms of waveforms; hence parts that are in rooms already.
"""

import json
import pathlib
import random
import sys

import numpy as np
import torch

from . import distort, frontend, phones, text, voices


def _sentences(part):
    """Endless sentences of a part: read text mostly, Bible verses for rare names, random words against learning the language by heart."""
    draw = random.Random(1000 + part)
    read = [s for _, s in text.splits()["train"]]
    verses = [s for s in map(text.speakable, text.bible()[::5]) if s]
    words = [line.split()[0] for line in open("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict", encoding="utf-8")]
    words = [w for w in words if w.isalpha() and 2 < len(w) < 13]
    frequent = [w for s in read for w in text.normalize(s).split()]
    held = {text.normalize(s) for name in ("test", "dev") for _, s in text.splits()[name]}
    while True:
        kind = draw.random()
        if kind < 0.80:
            sentence = draw.choice(read)
        elif kind < 0.88:
            sentence = draw.choice(verses)
        else:
            sentence = " ".join(draw.choice(words) if draw.random() < 0.5 else draw.choice(frequent) for _ in range(draw.randint(3, 9)))
        if text.normalize(sentence) not in held:
            yield sentence


def make_part(folder, part, hours, in_rooms=0.0):
    draw, seconds = random.Random(part), 0.0
    features = open(folder / f"part{part:02d}.f16", "wb")
    index = open(folder / f"part{part:02d}.jsonl", "w", encoding="utf-8")
    offset = 0
    for sentence in _sentences(part):
        if seconds > hours * 3600:
            return
        voice = voices.draw_voice(draw)
        spoken = voices.speak(voice, sentence, draw)
        if not spoken:
            continue
        samples, segments = spoken
        # flite and festival end in long silence: keep at most 0.15 s at either end
        begin = max(0.0, next(s for t, s, _ in segments if t != phones.SIL) - 0.15)
        end = min(len(samples) / frontend.SAMPLE_RATE, max(e for t, _, e in segments if t != phones.SIL) + 0.15)
        samples = samples[int(begin * frontend.SAMPLE_RATE):int(end * frontend.SAMPLE_RATE)]
        if in_rooms and draw.random() < in_rooms:  # no draw for parts without rooms, which come out as they always did
            samples = distort.reverberate(samples, distort.room_response(draw, draw.uniform(0.15, 0.7), draw.uniform(-1, 12)))
        elif draw.random() < 0.15:
            samples = distort.spoil(samples, draw)
        mel = frontend.log_mel(samples).T.contiguous().numpy().astype(np.float16)
        timed = [(phones.ID[t], round(max(0.0, s - begin), 3), round(min(end, e) - begin, 3)) for t, s, e in segments if e > begin and s < end]
        features.write(mel.tobytes())
        features.flush()
        index.write(json.dumps({"offset": offset, "frames": len(mel), "voice": voice, "text": sentence, "phones": timed}) + "\n")
        index.flush()
        offset += len(mel)
        seconds += len(mel) / 100


if __name__ == "__main__":
    torch.set_num_threads(1)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for number in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
        make_part(target, number, float(sys.argv[4]), float(sys.argv[5]) if len(sys.argv) > 5 else 0.0)
