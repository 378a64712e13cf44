"""Speech with phone times from the synthesizers of Debian: flite, espeak-ng and festival.

A voice is written `engine:name`, e.g. `flite:slt`, `espeak:en-us+Annie`, `festival:kal_diphone`.
Each engine returns (samples at 16 kHz in [-1, 1], [(token, start, end) in seconds]) or None where a sentence went wrong.
"""

import ctypes
import os
import pathlib
import re
import subprocess
import tempfile
import time

import numpy as np
import scipy.signal
import soundfile

from . import phones

SAMPLE_RATE = 16000

HELD_OUT = ("flite:awb", "espeak:en-us+Annie", "espeak:en+Lee", "espeak:en-gb-scotland+Gene")
FLITE = ("slt", "rms", "kal16")
FESTIVAL = ("kal_diphone", "ked_diphone", "cmu_us_slt_arctic_hts")
ACCENTS = "en-us en-us en-us en-us en en en-gb-scotland en-gb-x-rp en-us-nyc en-029 en-gb-x-gbclan en-gb-x-gbcwmd".split()
# Variants whose names are those of HELD_OUT are missing on purpose, in every accent; so are the robots and other jokes.
VARIANTS = (" Adam Alex Alicia Andrea Andy Antonio Auntie Belinda Benjamin Boris Caleb David Denis Diogo Ed Edward Edward2 Gustave Henrique Hugo Iven Iven2 Jacky John Kaukovalta "
            "Linda Marcelo Marco Mario Max Michael Michel Miguel Mike Nguyen Pablo Paul Pedro Quincy Rob Robert Steph Steph2 Steph3 Zac anika female2 female3 female4 female5 grandma grandpa "
            "klatt klatt2 klatt3 klatt4 male2 male3 male4 male5 male6 male7 norbert sandro shelby travis victor").split(" ")
_SCRATCH = pathlib.Path("/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir())


def draw_voice(draw):
    """A training voice: 42 % flite, 46 % espeak-ng, 12 % festival."""
    kind = draw.random()
    if kind < 0.42:
        return "flite:" + draw.choice(("slt", "slt", "rms", "rms", "kal16"))
    if kind < 0.88:
        variant = draw.choice(VARIANTS)
        return "espeak:" + draw.choice(ACCENTS) + ("+" + variant if variant else "")
    return "festival:" + draw.choice(FESTIVAL)


def _to_16k(samples, rate):
    if rate != SAMPLE_RATE:
        common = np.gcd(int(rate), SAMPLE_RATE)
        samples = scipy.signal.resample_poly(samples, SAMPLE_RATE // common, rate // common)
    return np.asarray(samples, dtype=np.float32)


def _flite_segments(report):
    segments, start = [], 0.0
    for item in report.split():
        label, _, end = item.rpartition(":")
        segments.append((phones.from_flite(label), start, float(end)))
        start = float(end)
    return segments


def canonical_phones(text):
    """The American phones that flite gives a sentence: the targets for every voice, whatever its accent."""
    report = subprocess.run(["flite", "-voice", "kal16", "-psdur", "-t", text, "none"], capture_output=True, text=True, timeout=20, check=True).stdout
    return [token for token, _, _ in _flite_segments(report) if token != phones.SIL]


def _flite(name, text, draw):
    path = _SCRATCH / f"maie-asr-{os.getpid()}.wav"
    command = ["flite", "-voice", name, "--setf", f"duration_stretch={draw.uniform(0.75, 1.25):.3f}", "--setf", f"int_f0_target_stddev={draw.uniform(6, 28):.1f}"]
    if name.startswith("kal"):
        command += ["--setf", f"int_f0_target_mean={draw.uniform(85, 200):.1f}"]
    report = subprocess.run(command + ["-psdur", "-t", text, str(path)], capture_output=True, text=True, timeout=30, check=True).stdout
    samples, rate = soundfile.read(path, dtype="float32")
    path.unlink()
    segments = _flite_segments(report)
    if any(token not in phones.ID for token, _, _ in segments) or abs(len(samples) / rate - segments[-1][2]) > 0.4:
        return None
    return _to_16k(samples, rate), segments


class _Identity(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text_position", ctypes.c_int), ("length", ctypes.c_int), ("audio_millis", ctypes.c_int), ("sample", ctypes.c_int),
                ("user", ctypes.c_void_p), ("id", _Identity)]


class _Espeak:
    """One in-process espeak-ng with phoneme events switched on."""

    PHONEME, RATE, PITCH, RANGE = 7, 1, 3, 4

    def __init__(self):
        self.library = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self.library.espeak_Initialize(2, 0, None, 1)
        self.audio, self.events = [], []
        self.callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))(self._collect)
        self.library.espeak_SetSynthCallback(self.callback)

    def _collect(self, audio, count, events):
        if audio and count > 0:
            self.audio.append(np.ctypeslib.as_array(audio, (count,)).copy())
        index = 0
        while events[index].type:
            if events[index].type == self.PHONEME:
                self.events.append((events[index].sample, bytes(events[index].id.string).split(b"\0")[0].decode("utf-8", "ignore")))
            index += 1
        return 0

    def speak(self, voice, text, rate, pitch, pitch_range):
        self.audio.clear()
        self.events.clear()
        if self.library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"espeak-ng has no voice {voice}")
        for parameter, value in ((self.RATE, rate), (self.PITCH, pitch), (self.RANGE, pitch_range)):
            self.library.espeak_SetParameter(parameter, value, 0)
        encoded = text.encode()
        self.library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, 1, None, None)
        samples = np.concatenate(self.audio).astype(np.float32) / 32768
        segments = []
        for index, (start, mnemonic) in enumerate(self.events):
            end = self.events[index + 1][0] if index + 1 < len(self.events) else len(samples)
            token = phones.from_espeak(mnemonic)
            if token:
                segments.append((token, start / self.rate, max(start, end) / self.rate))
        return _to_16k(samples, self.rate), segments


_ESPEAK = None


def _espeak(name, text, draw):
    global _ESPEAK
    _ESPEAK = _ESPEAK or _Espeak()
    samples, segments = _ESPEAK.speak(name, text, draw.randint(130, 215), draw.randint(25, 75), draw.randint(20, 80))
    segments = phones.transfer_times(canonical_phones(text), segments)
    return segments and (samples, segments)


class _Festival:
    """One festival process that is told what to say on its standard input."""

    def __init__(self):
        self.process = subprocess.Popen(["festival", "--pipe"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
        self.count = 0

    def speak(self, voice, text, stretch):
        self.count += 1
        stem = _SCRATCH / f"maie-asr-{os.getpid()}-{self.count}"
        text = re.sub(r'[\\"]', " ", text)
        done = f"{stem}.done"
        self.process.stdin.write(f'(voice_{voice})(Parameter.set \'Duration_Stretch {stretch:.3f})(set! u (utt.synth (Utterance Text "{text}")))'
                                 f'(utt.save.segs u "{stem}.lab")(utt.save.wave u "{stem}.wav" \'riff)(set! f (fopen "{done}" "w"))(fclose f)\n')
        self.process.stdin.flush()
        for _ in range(4000):
            if os.path.exists(done):
                break
            if self.process.poll() is not None:
                raise RuntimeError("festival ended")
            time.sleep(0.005)
        samples, rate = soundfile.read(f"{stem}.wav", dtype="float32")
        segments, start = [], 0.0
        for line in pathlib.Path(f"{stem}.lab").read_text().splitlines():
            fields = line.split()
            if len(fields) >= 3 and fields[0] != "#":
                segments.append((phones.from_flite(fields[2]), start, float(fields[0])))
                start = float(fields[0])
        for suffix in (".wav", ".lab", ".done"):
            pathlib.Path(str(stem) + suffix).unlink(missing_ok=True)
        return _to_16k(samples, rate), segments


_FESTIVAL = None


def _festival(name, text, draw):
    global _FESTIVAL
    if _FESTIVAL is None or _FESTIVAL.process.poll() is not None:
        _FESTIVAL = _Festival()
    samples, segments = _FESTIVAL.speak(name, text, draw.uniform(0.8, 1.2))
    if any(token not in phones.ID for token, _, _ in segments):
        return None
    segments = phones.transfer_times(canonical_phones(text), segments)
    return segments and (samples, segments)


def speak(voice, text, draw):
    """Speech of a voice for a sentence, peak between 0.1 and 0.9; None where the engine failed."""
    engine, _, name = voice.partition(":")
    try:
        spoken = {"flite": _flite, "espeak": _espeak, "festival": _festival}[engine](name, text, draw)
    except (subprocess.SubprocessError, OSError, RuntimeError, ValueError, soundfile.LibsndfileError):
        return None
    if not spoken or not 0.6 < len(spoken[0]) / SAMPLE_RATE < 18 or np.abs(spoken[0]).max() < 1e-3:
        return None
    samples, segments = spoken
    return samples * (draw.uniform(0.1, 0.9) / np.abs(samples).max()), segments
