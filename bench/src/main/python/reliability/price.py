"""Price of inbox.durability: how long a recording takes to leave the inbox of a slow card."""
import os
import pathlib
import statistics
import struct
import subprocess
import time

from .trial import PATIENCE, Impossible, Trial, make_image, mount, require_disks, unmount, wav

BYTES_PER_SECOND = 10_000_000
MEGABYTES = (1, 10, 30)
ROUNDS = 3
CGROUPS = pathlib.Path("/sys/fs/cgroup")


def price(trial, rng, options):
    """Prints medians; the senders flush nothing, so that `full` has to."""
    require_disks(trial.home)
    print(f"seconds in the inbox, on a disk that writes {BYTES_PER_SECOND / 1e6:.0f} MB/s")
    print("durability " + " ".join(f"{size:>5} MB" for size in MEGABYTES), flush=True)
    for mode in ("full", "fast"):
        image, disk = trial.home / (mode + ".img"), trial.home / mode
        disk.mkdir()
        make_image(image, 400)
        mount("-o", "loop", str(image), str(disk))
        one = Trial(trial.program, trial.home, mode, home=disk / "home",
                    environment={"MAIE_INBOX__DURABILITY": mode})
        one.make_folders()
        try:
            one.start()
            one.wait(lambda: one.status().get("state") == "IDLE", PATIENCE)
            slow_down(one.process.pid, disk)
            one.send("warm.wav", wav(rng, 1))
            one.wait_for("warm.wav")
            medians = [median(one, rng, size) for size in MEGABYTES]
            print(f"{mode:10} " + " ".join(f"{value:8.2f}" for value in medians), flush=True)
        finally:
            one.end(15)
            unmount(disk)
            image.unlink()
    return trial.counts


def slow_down(pid, disk):
    """Limits what the process writes to the disk, through its group of processes."""
    device = subprocess.run(["findmnt", "-no", "MAJ:MIN", str(disk)], capture_output=True,
                            text=True, check=True).stdout.strip()
    first = CGROUPS / "blkio"
    group = (first if first.is_dir() else CGROUPS) / "maie-edge-price"
    limits = {"blkio.throttle.write_bps_device": f"{device} {BYTES_PER_SECOND}",
              "io.max": f"{device} wbps={BYTES_PER_SECOND}"}
    try:
        group.mkdir(exist_ok=True)
        name = next(name for name in limits if (group / name).exists())
        (group / name).write_text(limits[name])
        (group / "cgroup.procs").write_text(str(pid))
    except (OSError, StopIteration) as failure:
        raise Impossible("no control group limits what a process writes") from failure


def median(trial, rng, megabytes):
    seconds = []
    for number in range(ROUNDS):
        data = os.urandom(64) * (megabytes * 1_000_000 // 64)
        head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt "
        head += struct.pack("<IHHIIHH", 16, 1, 1, 192_000, 384_000, 2, 16)
        name = f"{megabytes}-{number}.wav"
        target = trial.home / "inbox" / name
        part = target.with_name("." + name)
        part.write_bytes(head + b"data" + struct.pack("<I", len(data)) + data)
        trial.expect(name, part.read_bytes())
        began = time.monotonic()
        part.rename(target)
        while target.exists():
            time.sleep(0.005)
        seconds.append(time.monotonic() - began)
        trial.wait_for(name, 5 * PATIENCE)
    return statistics.median(seconds)
