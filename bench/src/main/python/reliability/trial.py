"""A home with a daemon, what was put into its inbox, and what became of it."""
import hashlib
import json
import os
import signal
import struct
import subprocess
import sys
import time

RATE = 16_000
PLACES = ("inbox", "work", "archive", "failed")
COLUMNS = ("trials", "recordings", "lost", "doubled", "half", "stuck", "wrong word")
FAULTS = COLUMNS[2:]

# Small disks and short waits, so that a trial ends soon; a recording that is sent again is worked on
# again, and not answered by its earlier result.
SMALL = {
    "MAIE_DEFAULTS__ALLOW_DUPLICATE": "true",
    "MAIE_DISK__MIN_FREE": "1MB",
    "MAIE_DISK__MIN_FREE_SHARE": "1%",
    "MAIE_DISK__DECODE_MARGIN": "1MB",
    "MAIE_DISK__CHECK_INTERVAL": "3s",
    "MAIE_INBOX__INCOMPLETE_GRACE": "10s",
    "MAIE_INBOX__ZERO_BYTE_GRACE": "10s",
}


# How long a condition may take on a slow and busy machine; what holds at once is not waited for.
PATIENCE = 120


class Skipped(Exception):
    """A program is missing that the group needs, and that could be installed."""


class Impossible(Skipped):
    """The machine does not allow what the group needs."""


def wav(rng, seconds):
    """A whole WAV of noise so faint that nobody speaks in it."""
    count = int(seconds * RATE)
    data = struct.pack("<%dh" % count, *(rng.randrange(-20, 20) for _ in range(count)))
    head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt "
    head += struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    return head + b"data" + struct.pack("<I", len(data)) + data


def sha(data):
    return hashlib.sha256(data).hexdigest()


def hear_signals():
    """Who starts us in the background, or with nohup, makes us and our children ignore some."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def moved(target, data):
    """The polite way: written elsewhere, then renamed."""
    part = target.with_name("." + target.name + ".part")
    part.write_bytes(data)
    part.rename(target)


class Trial:
    def __init__(self, program, folder, name, home=None, environment=None):
        self.program, self.name = program, name
        self.home = home or folder / name
        self.log = folder / (name + ".log")
        self.environment = {**os.environ, **SMALL, **(environment or {})}
        self.prefix = []
        self.sent, self.keys, self.process = {}, {}, None
        self.counts = dict.fromkeys(COLUMNS, 0)
        if home is None:
            self.make_folders()

    def make_folders(self):
        for place in ("inbox", "outbox", "archive", "failed"):
            (self.home / place).mkdir(parents=True, exist_ok=True)

    def command(self, *arguments):
        return [*self.prefix, self.program, *arguments, "--home", str(self.home)]

    def start(self, *options):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command("run", *options), env=self.environment, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=hear_signals)

    def ask(self, name, limit=PATIENCE):
        """Runs a short command; its exit code and text. None if it does not answer in time."""
        try:
            done = subprocess.run(
                self.command(name), env=self.environment, capture_output=True, text=True,
                timeout=limit, check=False)
            return done.returncode, done.stdout + done.stderr
        except subprocess.TimeoutExpired:
            return None, ""

    def expect_unhealthy(self, why):
        """The health must say so, sooner or later."""
        told = self.wait(lambda: self.ask("health")[0] == 1, PATIENCE)
        self.count("wrong word", not told, f"{why} and health says {self.ask('health')}")

    def end(self, number, limit=PATIENCE):
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
            self.process.wait(limit)
        except ProcessLookupError:
            self.process.wait()
        except subprocess.TimeoutExpired:
            self.count("stuck", True, f"did not end within {limit} s")
            os.killpg(self.process.pid, signal.SIGKILL)
            self.await_killed()
        self.process = None

    def await_killed(self):
        """A process of which a thread waits for a file system lasts until that answers."""
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            print(f"  {self.name}: a thread still waits in the kernel", file=sys.stderr, flush=True)

    def send(self, name, data, way=moved, key=None):
        """Sends a file; `key` is how the names of what becomes of it begin, if not as its own."""
        self.expect(name, data, key)
        target = self.home / "inbox" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        way(target, data)

    def expect(self, name, data, key=None):
        """Accounts for a file that somebody else sends."""
        self.keys[name] = key or name
        self.sent[name] = sha(data)
        self.counts["recordings"] += 1

    @staticmethod
    def wait(condition, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.2)
        return bool(condition())

    def wait_for(self, name, seconds=2 * PATIENCE):
        return self.wait(lambda: self.has_ended(name), seconds)

    def wait_for_all(self, seconds):
        """Gives up when for so long nothing has ended: a busy machine is slow, and not stuck."""
        left, end = list(self.sent), time.monotonic() + seconds
        while left and time.monotonic() < end:
            time.sleep(0.2)
            still = [name for name in left if not self.has_ended(name)]
            if len(still) < len(left):
                left, end = still, time.monotonic() + seconds
        return not left

    def beginning(self, place, name, suffix):
        path = self.home / place / self.keys[name]
        return [f for f in path.parent.glob("*" + suffix) if f.name.startswith(path.name)]

    def results(self, name):
        return self.beginning("outbox", name, ".json")

    def errors(self, name):
        return self.beginning("failed", name, ".error.json")

    def has_ended(self, name):
        return bool(self.results(name) or self.errors(name))

    def status(self):
        try:
            return json.loads((self.home / "state/status.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def text(self):
        try:
            return (self.home / "outbox/STATUS.txt").read_text("utf-8")
        except OSError:
            return ""

    def places(self):
        found = {}
        for place in PLACES:
            for path in (self.home / place).rglob("*"):
                try:
                    if path.is_file() and not path.is_symlink():
                        found.setdefault(sha(path.read_bytes()), []).append(path)
                except OSError:
                    pass  # it moves on while we look: the daemon is at work
        return found

    def account(self):
        """
        Only while no daemon runs: a copy that a claim is making would count twice. Returns where
        the bytes of each file lie, by their checksum.
        """
        found = self.places()
        for name, digest in self.sent.items():
            where = found.get(digest, [])
            self.count("lost", not where, name)
            self.count("doubled", len(where) > 1, f"{name}: {[str(path) for path in where]}")
        for document in (self.home / "outbox").rglob("*.json"):
            try:
                json.loads(document.read_text("utf-8"))
            except ValueError:
                self.count("half", True, document)
        return found

    def add(self, part):
        """Counts what a trial counted that is a part of this one."""
        for column, number in part.counts.items():
            self.counts[column] += number

    def count(self, what, happened, where):
        if happened:
            print(f"  {self.name}: {what}: {where}", file=sys.stderr, flush=True)
            self.counts[what] += 1

    def expect_text(self, words, seconds=PATIENCE):
        """The status that people read must say so."""
        told = self.wait(lambda: words in self.text(), seconds)
        self.count("wrong word", not told, f"expected '{words}' in STATUS.txt: {self.text()[:300]}")

    def warnings(self, name):
        """The codes of all warnings in the results of a recording."""
        return [warning["code"] for result in self.results(name)
                for warning in json.loads(result.read_text("utf-8"))["warnings"]]

    def finish(self, seconds, may_fail=False, poisoned=()):
        """
        Lets the daemon work everything off, ends it, and looks at all of it. Those named in
        `poisoned` may be called poison.
        """
        if self.process is None:
            self.start()
        self.wait_for_all(seconds)
        self.end(signal.SIGTERM)
        self.account()
        for name in self.sent:
            self.judge(name, may_fail, name in poisoned)
        return self.counts

    def judge(self, name, may_fail, may_be_poison=False):
        results, errors = self.results(name), self.errors(name)
        self.count("stuck", not results and not errors, name)
        self.count("doubled", len(results) > 1, f"{name} has {len(results)} results")
        for result in results:
            told = json.loads(result.read_text("utf-8"))["source"]["sha256"]
            self.count("half", told != self.sent[name], f"{name} is of other bytes")
        for error in errors:
            explained = (may_fail and self.is_explained(error)
                         or may_be_poison and self.code(error) == "POISON_FILE")
            self.count("wrong word", not explained, f"{name} {error.read_text('utf-8')[:600]}")

    @staticmethod
    def code(error):
        try:
            return json.loads(error.read_text("utf-8"))["error"]["code"]
        except (ValueError, KeyError):
            return ""

    @staticmethod
    def is_explained(error):
        try:
            told = json.loads(error.read_text("utf-8"))["error"]
            return told["code"] != "PROCESSING_ERROR" and bool(told["hint"])
        except (ValueError, KeyError):
            return False


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def unmount(path):
    subprocess.run(["umount", "--lazy", str(path)], check=False, capture_output=True)


def require_disks(folder):
    """Makes sure that file systems in files can be mounted."""
    image, place = folder / "probe.img", folder / "probe"
    place.mkdir()
    make_image(image, 4)
    probe = subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=False,
                           capture_output=True)
    if probe.returncode:
        raise Impossible("no file system can be mounted from a file")
    subprocess.run(["umount", str(place)], check=True)
    place.rmdir()
    image.unlink()


def make_image(path, megabytes, *options):
    """An ext4 file system in a file."""
    with open(path, "wb") as file:
        file.truncate(megabytes << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", *options, str(path)], check=True)
