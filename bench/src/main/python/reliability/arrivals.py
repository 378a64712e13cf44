"""Kills, signals, manners of arriving, and hostile files."""
import collections
import io
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
import wave

from .trial import PATIENCE, Skipped, moved, wav


def plain(target, data):
    target.write_bytes(data)


def slow(target, data):
    with open(target, "wb") as file:
        for start in range(0, len(data), len(data) // 8 + 1):
            file.write(data[start:start + len(data) // 8 + 1])
            file.flush()
            time.sleep(0.4)


def reserved(target, data):
    """As Windows does: the whole size first, the content later."""
    with open(target, "wb") as file:
        file.truncate(len(data))
        time.sleep(1)
        file.write(data)


def linked(target, data):
    part = target.with_name(target.name + ".filepart")
    part.write_bytes(data)
    os.link(part, target)
    time.sleep(0.5)
    part.unlink()


def kept_times(target, data):
    target.write_bytes(data)
    os.utime(target, (1_000_000_000, 1_000_000_000))


def synced(*options):
    def way(target, data):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / target.name
            source.write_bytes(data)
            subprocess.run(["rsync", *options, str(source), str(target)], check=True)
    return way


# as retry.max_power_cuts
MOST_KILLS = 10


def kills(trial, rng, options):
    """
    kill -9 at random moments, with all bytes accounted for after each. One of four may fall into
    the start; the others wait for its end, which takes seconds on a slow machine. The program cannot
    know who ends it: a recording in whose work it was killed ten times may be called poison.
    """
    end = time.monotonic() + options.seconds
    at_work = collections.Counter()
    for number in range(options.kills):
        if time.monotonic() > end:
            break
        for i in range(rng.randrange(1, 5)):
            trial.send(f"{number:04}-{i}.wav", wav(rng, rng.uniform(0.4, 2)))
        trial.start()
        if rng.random() < 0.75:
            trial.wait(lambda: has_started(trial), PATIENCE)
        time.sleep(rng.uniform(0.1, 6))
        trial.end(signal.SIGKILL)
        at_work.update(in_work(trial, trial.account()))
        trial.counts["trials"] += 1
    poisoned = {name for name, times in at_work.items() if times >= MOST_KILLS}
    return trial.finish(300 + 5 * len(trial.sent), poisoned=poisoned)


def in_work(trial, found):
    """The recordings at which the program has worked without an end."""
    work = trial.home / "work"
    return [name for name, digest in trial.sent.items()
            if any(work in path.parents for path in found.get(digest, []))]


def has_started(trial):
    told = trial.status()
    return told.get("pid") == trial.process.pid and told.get("state") != "STARTING"


def windows(trial, _rng, _options):
    """kill -9 twice in the same window of speech: the window is left out, and the rest is heard."""
    sample = pathlib.Path(trial.program).resolve().parents[1] / "samples/welcome.wav"
    trial.send("speech.wav", repeated(sample, 90))
    fatal = None
    for _ in range(12):
        for mark in (trial.home / "work").glob("*/step"):
            # a mark of this age is one of the life before
            os.utime(mark, (0, 0))
        trial.start()
        fatal = awaited_window(trial, fatal)
        if fatal is None:
            break
        trial.end(signal.SIGKILL)
        trial.account()
        trial.counts["trials"] += 1
    counts = trial.finish(2 * PATIENCE)
    told = trial.warnings("speech.wav")
    trial.count("stuck", trial.counts["trials"] > 2, "the window was tried more than twice")
    trial.count("wrong word", told.count("SPEECH_SKIPPED") != 1, f"the result warns of {told}")
    return counts


def awaited_window(trial, wanted):
    """Waits for a window; None if the recording is done first."""
    end = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < end and not trial.has_ended("speech.wav"):
        step = in_window(trial, wanted)
        if step:
            return step
        time.sleep(0.01)
    return None


def in_window(trial, wanted):
    """The window that is heard now, if it is the wanted one, or any but the first."""
    for path in (trial.home / "work").glob("*/step"):
        try:
            if path.stat().st_mtime == 0:
                continue
            step = path.read_text("ascii").strip()
        except OSError:
            continue
        is_later = step.startswith("asr window") and not step.startswith("asr window 0.")
        if step == wanted or (wanted is None and is_later):
            return step
    return None


def repeated(sample, seconds):
    """A recording that says the same again and again, with pauses, for at least so long."""
    with wave.open(str(sample)) as file:
        shape = file.getparams()
        sound = file.readframes(shape.nframes) + bytes(shape.framerate * shape.sampwidth)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams(shape._replace(nframes=0))
        length = len(sound) // (shape.sampwidth * shape.nchannels)
        file.writeframes(sound * (seconds * shape.framerate // length + 1))
    return out.getvalue()


def restarts(trial, rng, options):
    """
    Uploads go on while the program ends and starts again and again, as a service manager has it do,
    and reads its settings again at any moment of its work.
    """
    uploads = [threading.Thread(target=upload, args=(trial, random.Random(rng.random()), number))
               for number in range(4 if options.slice else 12)]
    for thread in uploads:
        thread.start()
    for number in range(3 if options.slice else 12):
        trial.start()
        trial.wait(lambda: trial.status().get("pid") == trial.process.pid, PATIENCE)
        for _ in range(rng.randrange(1, 30)):
            os.kill(trial.process.pid, signal.SIGHUP)
            time.sleep(rng.uniform(0, 0.2))
        alive = trial.process.poll() is None
        trial.count("stuck", not alive, "the program ended when it was to read its settings")
        trial.end(signal.SIGKILL if number % 2 else signal.SIGTERM)
        trial.counts["trials"] += 1
    for thread in uploads:
        thread.join()
    return trial.finish(300)


def upload(trial, rng, number):
    """Slower than the program lives; every other one reserves its size first."""
    name, data = f"u{number:02}.wav", wav(rng, 2)
    trial.expect(name, data)
    with open(trial.home / "inbox" / name, "wb") as file:
        if number % 2:
            file.truncate(len(data))
        for start in range(0, len(data), len(data) // 12 + 1):
            file.write(data[start:start + len(data) // 12 + 1])
            file.flush()
            time.sleep(rng.uniform(0.3, 1.2))


def signals(trial, rng, options):
    """Signals to the daemon, to its group and to its decoder while a recording is decoded."""
    cut = [("ctrl-c", signal.SIGINT, 130), ("term", signal.SIGTERM, 143)]
    sound = trial.home / "long.mp3"
    for number, (name, what, expected) in enumerate(cut):
        long_recording(sound, number)
        trial.send(f"{name}.mp3", sound.read_bytes())
        trial.start()
        began = trial.wait(lambda: decoders(trial), PATIENCE)
        trial.count("stuck", not began, f"{name}: no decoder")
        os.killpg(trial.process.pid, what)
        code = trial.process.wait(PATIENCE)
        trial.process = None
        trial.count("wrong word", code != expected, f"{name}: exit {code}, expected {expected}")
        trial.count("wrong word", bool(trial.errors(f"{name}.mp3")), f"{name} is called damaged")
        trial.counts["trials"] += 1
    long_recording(sound, 2)
    trial.send("killed.mp3", sound.read_bytes())
    trial.start()
    trial.wait(lambda: decoders(trial), PATIENCE)
    for pid in decoders(trial):
        os.kill(pid, signal.SIGKILL)
    trial.counts["trials"] += 1
    trial.wait_for_all(600)
    trial.send("before the parent dies.mp3", sound.read_bytes() + b"\0")
    trial.wait(lambda: decoders(trial), PATIENCE)
    left = decoders(trial)
    trial.end(signal.SIGKILL)
    gone = trial.wait(lambda: not any(pathlib.Path(f"/proc/{pid}").exists() for pid in left), 30)
    trial.count("stuck", not gone, f"one of the decoders {left} outlives its parent")
    trial.counts["trials"] += 1
    sound.unlink()
    return trial.finish(900)


def long_recording(path, seed):
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
         f"sine=frequency={300 + seed}:duration=3600", "-b:a", "32k", str(path)], check=True)


def decoders(trial):
    """The ffmpeg processes of this daemon."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                command = (entry / "cmdline").read_bytes().split(b"\0")
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == trial.process.pid and command[0].endswith(b"ffmpeg"):
                    found.append(int(entry.name))
        except (OSError, ValueError):
            pass  # it ended meanwhile
    return found


def producers(trial, rng, options):
    """Ways in which files arrive, here by this program and by rsync."""
    trial.start()
    ways = [moved, plain, slow, reserved, linked, kept_times]
    if shutil.which("rsync"):
        ways += [synced(), synced("--inplace"), synced("-a"), synced("--partial")]
    for number in range(1 if options.slice else 3):
        for i, way in enumerate(ways):
            trial.send(f"sub {number}/Ton \u00fc {i}.wav", wav(rng, 1), way)
            trial.counts["trials"] += 1
    return trial.finish(300)


SIDECARS = (b"{}", b"{", b"", b"[]", b'{"language": "en"}', b'{"language": 7}', b'{"nope": 1}',
            b'{"language": "en", "language": "de"}', b"\xff\xfe", b'{"a":' * 500,
            b'{"output": "/etc/passwd"}', b'{"asr_model": "../../x"}', b"null", b"x" * 70_000)
STRANGE = ("", " ", "'", "%n", "\u202e", "\u65e5\u672c", "-", "\n", "\u00e9", "e\u0301", "&<>")


def fuzz(trial, rng, options):
    """Damaged files, strange names and hostile sidecars; no canary may show in any output."""
    canary = trial.home.parent / (trial.name + "-canary.wav")
    canary.write_bytes(wav(random.Random(1), 1))
    trial.start()
    end = time.monotonic() + options.seconds
    for number in range(options.inputs):
        if time.monotonic() > end:
            break
        send_damaged(trial, rng, number, canary)
        trial.counts["trials"] += 1
        if number % 200 == 199:
            trial.wait_for_all(900)
            alive = trial.process.poll() is None
            trial.count("stuck", not alive, "the daemon died")
            if not alive:
                trial.start()
    counts = trial.finish(900, may_fail=True)
    for path in (trial.home / "outbox").rglob("*"):
        seen = path.is_file() and canary.name.encode() in path.read_bytes()
        trial.count("wrong word", seen, f"{path} tells of a file outside")
    return counts


def send_damaged(trial, rng, number, canary):
    data = bytearray(wav(rng, rng.uniform(0.2, 1)))
    for _ in range(rng.randrange(0, 30)):
        data[rng.randrange(min(len(data), 200))] = rng.randrange(256)
    if rng.random() < 0.3:
        data = data[:rng.randrange(1, len(data))]
    if rng.random() < 0.05:
        data = bytearray(b"#EXTM3U\nfile://" + str(canary).encode() + b"\n")
    data += struct.pack("<I", number)
    name = f"f{number:05}{rng.choice(STRANGE)}.{rng.choice(['wav', 'mp3', 'm4a', 'txt.ogg'])}"
    if rng.random() < 0.2:
        moved(trial.home / "inbox" / (name + ".job.json"), rng.choice(SIDECARS))
    trial.send(name, bytes(data), key=f"f{number:05}")


def links(trial, rng, options):
    """Links that a sender plants where the daemon works: nothing may change behind them."""
    outside = trial.home.parent / (trial.name + "-outside")
    outside.mkdir()
    (outside / "secret.wav").write_bytes(wav(random.Random(2), 1))
    inbox = trial.home / "inbox"
    os.symlink(outside, inbox / ".maie-claimed")
    os.symlink(outside, inbox / "folder")
    os.symlink(outside / "secret.wav", inbox / "linked.wav")
    os.symlink(outside, trial.home / "outbox/sub")
    os.symlink(outside, trial.home / "failed/sub")
    os.symlink(outside, trial.home / "archive/sub")
    before = sorted(str(path) for path in outside.rglob("*"))
    trial.expect("twice.wav", data := wav(rng, 1))
    (trial.home / "second").write_bytes(data)
    os.link(trial.home / "second", inbox / "twice.wav")
    trial.send("a.wav", wav(rng, 1))
    # a folder whose name a link has takes a number
    trial.expect("sub/b.wav", data := wav(rng, 1), key="sub~2/b.wav")
    (inbox / "sub").mkdir()
    (inbox / "sub/b.wav").write_bytes(data)
    trial.start()
    trial.wait_for("a.wav")
    time.sleep(8)
    trial.counts["trials"] += 6
    after = sorted(str(path) for path in outside.rglob("*"))
    trial.count("lost", before != after, f"a link was followed: {before} became {after}")
    return trial.finish(300)


def dragging(trial, rng, options):
    """Somebody drags back all that lies in failed, again and again."""
    trial.send("x.wav", b"no sound at all " * 100)
    trial.start()
    for _ in range(3):
        trial.wait_for("x.wav")
        files = sorted(path.name for path in (trial.home / "failed").iterdir()
                       if not path.name.startswith("."))
        trial.count("doubled", len(files) > 3, f"failed holds {files}")
        for name in files:
            os.rename(trial.home / "failed" / name, trial.home / "inbox" / name)
        trial.counts["trials"] += 1
        trial.wait(lambda: not trial.has_ended("x.wav"), 5)
    return trial.finish(300, may_fail=True)


def need(program):
    if not shutil.which(program):
        raise Skipped(f"{program} is not installed")
