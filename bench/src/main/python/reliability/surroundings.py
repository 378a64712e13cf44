"""Clocks that jump, memory that runs out, and a network folder that hangs."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

from .arrivals import need
from .trial import PATIENCE, Impossible, Skipped, Trial, unmount, wav

CGROUPS = pathlib.Path("/sys/fs/cgroup")
FAKETIME = "/usr/lib/*/faketime/libfaketimeMT.so.1"


def clocks(trial, rng, options):
    """A clock that is set forward, set back, and that starts in 1970 and learns the time later."""
    library = next(pathlib.Path("/").glob(FAKETIME[1:]), None)
    if library is None:
        raise Skipped("libfaketime is not installed")
    jumps = [("forward", "+0", "+60d"), ("back", "+0", "-3650d"),
             ("1970", "@1970-01-02 00:00:00", "+0")]
    for name, first, then in jumps[:1] if options.slice else jumps:
        one = Trial(trial.program, trial.home, name)
        clock = trial.home / (name + ".clock")
        clock.write_text(first + "\n")
        one.environment.update(
            LD_PRELOAD=str(library), FAKETIME_TIMESTAMP_FILE=str(clock),
            FAKETIME_CACHE_DURATION="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1", DONT_FAKE_MONOTONIC="1", NO_FAKE_STAT="1",
            MAIE_RETENTION__CLEANUP_INTERVAL="5s")
        one_clock(one, rng, clock, then)
        one.counts["trials"] += 1
        trial.add(one)
    return trial.counts


def one_clock(trial, rng, clock, then):
    trial.start()
    trial.send("before.wav", wav(rng, 1))
    trial.send("bad.wav", b"no sound %f " % rng.random() * 50)
    trial.wait_for_all(600)
    clock.write_text(then + "\n")
    trial.send("after.wav", wav(rng, 1))
    trial.wait_for("after.wav", 600)
    time.sleep(12)
    for name in ("archive/before.wav", "failed/bad.wav", "failed/bad.wav.error.json"):
        there = (trial.home / name).exists()
        trial.count("lost", not there, f"{name} is deleted after the clock went {then}")
    trial.end(signal.SIGTERM)
    trial.start()
    time.sleep(10)
    for name in ("archive/before.wav", "failed/bad.wav"):
        there = (trial.home / name).exists()
        trial.count("lost", not there, f"{name} is deleted at the start after the jump")
    trial.finish(600, may_fail=True)


def memory(trial, rng, options):
    """The system ends the program for its memory; the next start takes less, and says so."""
    first = CGROUPS / "memory"
    group = (first if first.is_dir() else CGROUPS) / f"maie-edge-{os.getpid()}"
    limit = "memory.limit_in_bytes" if first.is_dir() else "memory.max"
    used = "memory.usage_in_bytes" if first.is_dir() else "memory.current"
    try:
        group.mkdir()
        (group / limit).read_text()
        trial.start()
        (group / "cgroup.procs").write_text(str(trial.process.pid))
    except OSError as failure:
        trial.end(signal.SIGKILL)
        raise Impossible("no control group limits the memory of a process") from failure
    try:
        trial.wait(lambda: trial.status().get("state") == "IDLE", PATIENCE)
        # no room for the recogniser, whatever its size
        (group / limit).write_text(str(int((group / used).read_text()) + (4 << 20)))
        speech = pathlib.Path(trial.program).parents[1] / "samples/welcome.wav"
        trial.send("speech.wav", speech.read_bytes())
        ended = trial.wait(lambda: trial.process.poll() is not None, 2 * PATIENCE)
        trial.count("stuck", not ended, "the system did not end a program without memory")
        trial.end(signal.SIGKILL)
    finally:
        trial.end(signal.SIGKILL)
        group.rmdir()
    trial.start()
    trial.wait_for("speech.wav")
    told = trial.warnings("speech.wav")
    trial.count("wrong word", "LITTLE_MEMORY" not in told, f"the result warns of {told} only")
    trial.counts["trials"] += 1
    return trial.finish(300)


def network(trial, rng, options):
    """An inbox on another machine, whose server hangs, and hangs during a stop and a start."""
    for program in ("sshfs", "sshd", "ssh-keygen", "fusermount"):
        if not shutil.which(program):
            raise Skipped(f"{program} is not installed")
    if not os.path.exists("/dev/fuse"):
        raise Impossible("there is no FUSE")
    need("setpriv")
    served = trial.home / "served"
    served.mkdir()
    server = serve(trial.home, served, trial.home / "inbox")
    try:
        trial.start()
        trial.wait(lambda: trial.status().get("state") == "IDLE", PATIENCE)
        trial.expect("first.wav", data := wav(rng, 1))
        (served / "first.wav").write_bytes(data)
        trial.wait_for("first.wav")
        hang(trial, rng, served)
        trial.wait_for_all(300)
        signal_server(trial, signal.SIGSTOP)
        time.sleep(6)
        stop_in_time(trial)
        start_while_it_hangs(trial)
        stop_in_time(trial)
        start_while_it_hangs(trial)
        signal_server(trial, signal.SIGCONT)
        trial.expect("third.wav", data := wav(rng, 1))
        (served / "third.wav").write_bytes(data)
        trial.wait_for("third.wav")
        return trial.finish(300)
    finally:
        if server.poll() is None:
            signal_server(trial, signal.SIGCONT)
        trial.end(signal.SIGKILL)
        unmount(trial.home / "inbox")
        server.terminate()
        server.wait()


def start_while_it_hangs(trial):
    trial.start()
    told = trial.wait(lambda: trial.status().get("pid") == trial.process.pid
                      and trial.status().get("state") == "BLOCKED", PATIENCE)
    trial.count("stuck", not told, "the program does not start while the inbox hangs")
    trial.expect_unhealthy("the inbox hangs at the start")


def stop_in_time(trial):
    began = time.monotonic()
    trial.end(signal.SIGTERM)
    took = time.monotonic() - began
    trial.count("stuck", took > 30, f"a stop takes {took:.0f} s while the inbox hangs")
    trial.counts["trials"] += 1


def serve(folder, served, inbox):
    """sshfs talks to an SFTP server through a pipe, without a network."""
    program = next((path for path in ("/usr/lib/openssh/sftp-server", "/usr/libexec/sftp-server",
                                      "/usr/lib/ssh/sftp-server") if os.path.exists(path)), None)
    if program is None:
        raise Skipped("sftp-server is not installed")
    # sshfs speaks to the command that it is given in place of ssh
    wrapper = folder / "ssh"
    wrapper.write_text(f"#!/bin/sh\necho $$ > '{folder}/server.pid'\nexec {program}\n")
    wrapper.chmod(0o755)
    server = subprocess.Popen(
        ["sshfs", "-f", "-o", f"ssh_command={wrapper},dir_cache=no,idmap=none",
         f"localhost:{served}", str(inbox)], stderr=subprocess.DEVNULL)
    Trial.wait(lambda: os.path.ismount(inbox), 20)
    return server


def signal_server(trial, number):
    os.kill(int((trial.home / "server.pid").read_text()), number)


def hang(trial, rng, served):
    signal_server(trial, signal.SIGSTOP)
    trial.expect("second.wav", data := wav(rng, 1))
    (served / "second.wav").write_bytes(data)
    trial.expect_unhealthy("the inbox hangs")
    began = time.monotonic()
    code, _ = trial.ask("status")
    took = time.monotonic() - began
    trial.count("stuck", code is None or took > 20, f"the status takes {took:.0f} s")
    time.sleep(5)
    written = time.time() - (trial.home / "outbox/STATUS.txt").stat().st_mtime
    trial.count("wrong word", written > PATIENCE, f"STATUS.txt is {written:.0f} s old")
    signal_server(trial, signal.SIGCONT)
    trial.counts["trials"] += 1
