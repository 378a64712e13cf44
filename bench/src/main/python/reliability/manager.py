"""What systemd does with the service: it listens, waits for signs of life, and starts it again."""
import json
import os
import pathlib
import signal
import socket
import struct
import threading
import time

from .arrivals import repeated
from .trial import PATIENCE, wav

# WatchdogSec of the trial; the unit allows four times as long
WATCHDOG = 30
CREDENTIALS = struct.Struct("3i")


class Notices:
    """The messages of sd_notify(3), and who sent them when."""

    def __init__(self, trial):
        self.address = f"maie-edge-trial-{os.getpid()}-{id(self)}"
        self.heard, self.trial = [], trial
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.socket.bind("\0" + self.address)
        trial.environment.update(NOTIFY_SOCKET="@" + self.address,
                                 WATCHDOG_USEC=str(WATCHDOG * 1_000_000))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                message, more, _, _ = self.socket.recvmsg(4096, 256)
            except OSError:
                return
            sender = next((CREDENTIALS.unpack(data)[0] for _, kind, data in more
                           if kind == socket.SCM_CREDENTIALS), None)
            self.heard.append((time.monotonic(), sender, message.decode("utf-8")))

    def since(self, moment, word):
        return [at for at, _, text in list(self.heard) if at >= moment and word in text.split("\n")]

    def ready(self, moment):
        heard = self.trial.wait(lambda: self.since(moment, "READY=1"), 2 * PATIENCE)
        self.trial.count("stuck", not heard, "the program never said that it is ready")

    def longest_silence(self, moment):
        signs = [moment, *self.since(moment, "WATCHDOG=1"), time.monotonic()]
        return max(later - earlier for earlier, later in zip(signs, signs[1:]))


def service(trial, rng, options):
    """The watchdog is fed at work, reloads are told, a frozen program starts again; a storm."""
    notices = Notices(trial)
    reloads(trial, notices)
    frozen(trial, rng, notices)
    for number in range(3 if options.slice else 20):
        trial.send(f"storm-{number}.wav", wav(rng, 0.5))
        trial.start()
        time.sleep(rng.uniform(0, 3))
        trial.end(signal.SIGKILL)
        trial.account()
        trial.counts["trials"] += 1
    counts = trial.finish(300)
    stopping = notices.since(0, "STOPPING=1")
    trial.count("wrong word", not stopping, "a stop was not told")
    notices.socket.close()
    return counts


def reloads(trial, notices):
    """SIGHUP in each stage of a recording."""
    sample = pathlib.Path(trial.program).resolve().parents[1] / "samples/welcome.wav"
    moment = time.monotonic()
    trial.start()
    notices.ready(moment)
    moment = time.monotonic()
    trial.send("speech.wav", repeated(sample, 60))
    stages = set()
    while not trial.has_ended("speech.wav") and time.monotonic() - moment < 5 * PATIENCE:
        new = {stage for stage in map(text_of, (trial.home / "work").glob("*/stage"))
               if stage and stage not in stages}
        if new:
            stages |= new
            os.kill(trial.process.pid, signal.SIGHUP)
        time.sleep(0.005)
    trial.count("stuck", trial.process.poll() is not None, "a reload ended the program")
    silence = notices.longest_silence(moment)
    trial.count("stuck", silence > WATCHDOG, f"no sign of life for {silence:.0f} s at work")
    told = len([text for _, _, text in notices.heard if text.startswith("RELOADING=1\nMONOTONIC")])
    # signals that come while the program reads its settings are one
    trial.count("wrong word", not 1 <= told <= len(stages),
                f"{told} reloads are told, in the stages {stages}")
    others = {sender for _, sender, _ in notices.heard} - {trial.process.pid}
    trial.count("wrong word", bool(others), f"processes {others} speak for the service")
    for result in trial.results("speech.wav"):
        attempts = json.loads(result.read_text("utf-8"))["attempts"]
        trial.count("wrong word", attempts != 1, f"reloads cost attempts: {attempts}")
    trial.counts["trials"] += max(1, len(stages))


def text_of(path):
    try:
        return path.read_text("ascii").strip()
    except OSError:
        return ""


def frozen(trial, rng, notices):
    """A process that stands still feeds no watchdog; systemd sends SIGABRT, then SIGKILL."""
    trial.send("frozen.wav", wav(rng, 2))
    trial.wait(lambda: list((trial.home / "work").glob("*/stage")), PATIENCE)
    os.kill(trial.process.pid, signal.SIGSTOP)
    time.sleep(1)
    moment = time.monotonic()
    time.sleep(5)
    trial.count("wrong word", bool(notices.since(moment, "WATCHDOG=1")),
                "a process that stands still shows signs of life")
    os.kill(trial.process.pid, signal.SIGABRT)
    trial.end(signal.SIGKILL)
    trial.account()
    moment = time.monotonic()
    trial.start()
    notices.ready(moment)
    trial.wait_for("frozen.wav")
    trial.end(signal.SIGTERM)
    trial.counts["trials"] += 1
