"""A pool of spoken sentences for training: synthetic voices and Debian's freely licensed prompts.

usage: speech.py TEXT UNPACKED OUT [COUNT]
Writes OUT/speech.npy (int16, all utterances one after the other, 16 kHz) and OUT/speech.json
(for each: start, length, source).
"""

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

RATE = 16000
FLITE = ("slt", "rms", "awb", "kal", "kal16")
FESTIVAL = ("kal_diphone", "ked_diphone", "cmu_us_slt_arctic_hts")
ESPEAK = ("en", "en-us", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-rp", "en-gb-x-gbcwmd", "en-029",
          "de", "fr", "es", "it", "pl", "nl", "sv", "vi", "tr", "fi", "id", "pt")
VARIANTS = ("m1", "m2", "m3", "m4", "m5", "m6", "m7", "f1", "f2", "f3", "f4", "f5", "croak", "klatt",
            "klatt2", "klatt3", "klatt4", "Andy", "Annie", "Gene", "steph", "Mario", "belinda")
SHORT = ("Yeah.", "Mm hm.", "Okay.", "Right.", "Yes.", "No.", "Uh.", "Hmm.", "Well.", "So.", "I see.", "Sure.")


def decoded(path, *options):
    """16 kHz mono samples of any file that ffmpeg reads."""
    command = ["ffmpeg", "-v", "error", *options, "-i", str(path), "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"]
    return np.frombuffer(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout, "<i2")


def synthesized(seed, sentences):
    """One utterance by a voice drawn by the seed; returns (source, samples)."""
    rng = np.random.default_rng([17, seed])
    text = rng.choice(SHORT) if rng.random() < 0.15 else sentences[rng.integers(len(sentences))]
    text = " ".join(text.split()[: rng.integers(3, 26)])
    with tempfile.TemporaryDirectory() as folder:
        wav = f"{folder}/a.wav"
        kind = rng.random()
        if kind < 0.50:
            voice = rng.choice(FLITE)
            stretch = rng.uniform(0.8, 1.25)
            command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.2f}", "-t", text, "-o", wav]
            source = f"flite {voice}"
        elif kind < 0.95:
            voice = f"{rng.choice(ESPEAK)}+{rng.choice(VARIANTS)}"
            command = ["espeak-ng", "-v", voice, "-s", str(rng.integers(120, 230)), "-p", str(rng.integers(15, 85)),
                       "-w", wav, text]
            source = f"espeak-ng {voice}"
        else:
            voice = rng.choice(FESTIVAL)
            Path(f"{folder}/a.txt").write_text(text)
            command = ["text2wave", "-eval", f"(voice_{voice})", "-o", wav, f"{folder}/a.txt"]
            source = f"festival {voice}"
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return source, decoded(wav)
        except subprocess.CalledProcessError:
            return source, np.zeros(0, np.int16)


def prompts(unpacked):
    """The telephone prompts read by people, all languages, in a fixed order."""
    files = sorted(Path(unpacked).glob("usr/share/asterisk/sounds/*/**/*.g722"))
    spoken = [f for f in files if not any(w in f.name for w in ("beep", "tone", "silence", "ring"))
              and "silence" not in f.parts]
    return spoken


def main():
    text, unpacked, out = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 2600
    sentences = [line.strip() for line in open(text, encoding="utf-8") if line.strip()]
    clips, index, at = [], [], 0
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda seed: synthesized(seed, sentences), range(count)))
        read = list(pool.map(lambda f: (f"asterisk {f.parent.name}", decoded(f, "-f", "g722")), prompts(unpacked)))
    for source, samples in made + read:
        if len(samples) < RATE // 5 or np.abs(samples).max() < 500:
            continue
        samples = samples[: 20 * RATE]
        clips.append(samples)
        index.append([at, len(samples), source])
        at += len(samples)
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "speech.npy", np.concatenate(clips))
    (out / "speech.json").write_text(json.dumps(index))
    print(f"{len(index)} utterances, {at / RATE / 3600:.2f} h, {len(made)} synthetic, {len(read)} read by people")


if __name__ == "__main__":
    main()
