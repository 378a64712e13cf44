"""Short spoken sentences for a micro-Whisper: a small grammar, the synthesizers of asr.voices, and where each word lies.

    python -m whisper.speech FOLDER CLIPS        (in the folder src/test/python)
"""

import functools
import pathlib
import pickle
import random
import re
import sys
from dataclasses import dataclass

import numpy as np

from whisper import phones, voices

RATE = 16000
DIGITS = "zero one two three four five six seven eight nine".split()
GERMAN = "null eins zwei drei vier fünf sechs sieben acht neun".split()
SLOTS = {
    "digit": DIGITS,
    "number": "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split(),
    "switch": "turn on,turn off,open,close,lock,check".split(","),
    "place": "kitchen bedroom garden office garage".split(),
    "thing": "light door window heater camera radio".split(),
    "unit": "seconds minutes hours".split(),
    "part": "morning afternoon evening".split(),
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "month": "January February March April May June July August September October November December".split(),
    "ordinal": "first second third fourth fifth sixth seventh eighth ninth tenth twentieth".split(),
    "name": "Anna Peter Robert Susan Michael Laura".split(),
    "when": "today,tomorrow,tonight,next week".split(","),
    "music": "music jazz rock news".split(),
    "deed": "call visit pay help".split(),
}
TEMPLATES = """{switch} the {place} {thing}.
{switch} the {place} {thing} {when}.
set a timer for {number} {unit}.
it is {number} in the {part}.
wake me at {number} in the {part}.
the meeting is on {day}.
{day} the {ordinal} of {month}.
{digit} {digit} {digit} {digit}.
call {digit} {digit} {digit} {digit}.
what is the weather {when}?
play some {music} in the {place}.
send a message to {name}.
remind me to {deed} {name} {when}.
good {part} {name}.
where is {name}?
yes please.
no thank you.""".split("\n")
VOICES = ("flite:slt flite:slt flite:rms flite:rms flite:awb flite:kal16 espeak:en-us espeak:en-us espeak:en "
          "espeak:en-us+female2 espeak:en-us+Michael espeak:en-gb-scotland festival:kal_diphone").split()
# Sentences of this share of a hash are never trained on.
HELD_OUT = 0.06


@dataclass(frozen=True)
class Clip:
    """A sentence as it was spoken: int16 samples without pauses at the ends; seconds from its beginning."""

    text: str
    language: str
    english: str
    voice: str
    samples: np.ndarray
    words: tuple
    phones: tuple


def sentence(draw):
    return re.sub(r"\{(\w+)\}", lambda slot: draw.choice(SLOTS[slot[1]]), draw.choice(TEMPLATES))


def is_held_out(text):
    return random.Random("held " + text).random() < HELD_OUT


@functools.lru_cache(None)
def _count(word):
    return max(1, len(voices.canonical_phones(word)))


def words_of(text, segments, count=_count):
    """(word, start, end) from timed phones: by the phones of each word, in proportion where they do not add up."""
    spoken = [s for s in segments if s[0] != phones.SIL]
    words = text.split()
    counts = [count(word.strip(".?")) for word in words]
    ends = np.round(np.cumsum(counts) * len(spoken) / sum(counts)).astype(int)
    starts = np.concatenate([[0], ends[:-1]])
    return [(word, spoken[min(a, len(spoken) - 1)][1], spoken[max(a, b - 1)][2])
            for word, a, b in zip(words, starts, ends)]


def german(draw):
    """Digits in German by espeak-ng, whose phones are not named."""
    said = [draw.randrange(10) for _ in range(draw.randint(2, 4))]
    text, english = (" ".join(names[i] for i in said) + "." for names in (GERMAN, DIGITS))
    voices._ESPEAK = voices._ESPEAK or voices._Espeak()
    samples, segments = voices._ESPEAK.speak("de", text, draw.randint(135, 190), draw.randint(30, 70),
                                             draw.randint(20, 80))
    return text, "de", english, "espeak:de", samples, segments


def clip(draw, held_out=False, language="en"):
    """One clip; None where a synthesizer failed."""
    if language == "de":
        text, language, english, voice, samples, segments = german(draw)
        count = len
    else:
        text = sentence(draw)
        while is_held_out(text) != held_out:
            text = sentence(draw)
        english, voice, count = text, draw.choice(VOICES), _count
        spoken = voices.speak(voice, text, draw)
        if not spoken:
            return None
        samples, segments = spoken
    loud = [s for s in segments if s[0] != phones.SIL]
    if not loud:
        return None
    begin, end = max(0.0, loud[0][1] - 0.02), min(len(samples) / RATE, loud[-1][2] + 0.04)
    moved = [(t, max(0.0, s - begin), min(end, e) - begin) for t, s, e in segments if e > begin and s < end]
    samples = samples[int(begin * RATE):int(end * RATE)]
    samples = np.round(samples / np.abs(samples).max() * 16000).astype(np.int16)
    timed = tuple((phones.ID[t] if language == "en" else -100, round(s, 3), round(e, 3)) for t, s, e in moved)
    words = tuple((w, round(s, 3), round(e, 3)) for w, s, e in words_of(text, moved, count))
    return Clip(text, language, english, voice, samples, words, timed)


def make(folder, count, part_size=100):
    """Clips in numbered parts; parts that are there already are kept."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for part in range(-(-count // part_size)):
        path = folder / f"part{part:03d}.pickle"
        if path.exists():
            continue
        draw, clips = random.Random(part), []
        while len(clips) < part_size:
            made = clip(draw, language="de" if draw.random() < 0.07 else "en")
            if made:
                clips.append(made)
        path.with_suffix(".tmp").write_bytes(pickle.dumps(clips))
        path.with_suffix(".tmp").replace(path)


if __name__ == "__main__":
    # through the module, so that the pickles name it
    from whisper import speech

    speech.make(sys.argv[1], int(sys.argv[2]))
