"""Disks that fill up, turn read-only and go away, and power cuts."""
import json
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import threading
import time

from .trial import PATIENCE, PLACES, Skipped, Trial, make_image, mount, require_disks, unmount, wav


def fill(folder):
    """Takes all the space; returns what gives it back."""
    filler = folder / ".filler"
    with open(filler, "wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while file.write(b"\1" * size):
                    pass
            except OSError:
                pass
    return lambda: filler.unlink(missing_ok=True)


def disks(trial, rng, options):
    """Each folder on a disk of its own, which fills up, turns read-only and goes away."""
    require_disks(trial.home)
    for place in ("outbox", "inbox") if options.slice else ("outbox", "archive", "failed", "inbox"):
        one = Trial(trial.program, trial.home, place)
        disk = one.home / place
        image = trial.home / (place + ".img")
        make_image(image, 120 if place == "inbox" else 24)
        mount("-o", "loop", str(image), str(disk))
        try:
            one_disk(one, rng, place, disk, image)
        finally:
            one.end(signal.SIGKILL)
            unmount(disk)
            image.unlink()
        trial.add(one)
    return trial.counts


def one_disk(trial, rng, place, disk, image):
    send = send_failing if place == "failed" else send_sound
    trial.start()
    send(trial, rng, "first.wav")
    trial.wait_for("first.wav")
    if place == "inbox":
        free = full_stick(trial, rng, disk)
    else:
        free = fill(disk)
        send(trial, rng, "full.wav")
        time.sleep(8)
    free()
    trial.wait_for_all(240)
    trial.counts["trials"] += 1

    # what lies in an inbox that turns read-only is copied, and has to leave it afterwards
    if place == "inbox":
        send(trial, rng, "read-only.wav")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=False)
    if place != "inbox":
        send(trial, rng, "read-only.wav")
    time.sleep(8)
    mount("-o", "remount,rw", str(disk))
    trial.wait_for_all(240)
    trial.counts["trials"] += 1

    time.sleep(3)
    if subprocess.run(["umount", str(disk)], check=False, capture_output=True).returncode:
        mount("--move", str(disk), str(moved_away := trial.home.parent / (place + " away")))
    else:
        moved_away = None
    hidden(trial, rng, place, disk)
    if moved_away is None:
        mount("-o", "loop", str(image), str(disk))
    trial.counts["trials"] += 1
    if place == "inbox":
        send(trial, rng, "back.wav")
        pulled(trial, rng, disk, image)
    trial.wait_for_all(300)
    trial.finish(300, may_fail=place == "failed")


def pulled(trial, rng, disk, image):
    """The disk of the inbox goes away while a claim copies from it, and comes back."""
    for number in range(3):
        name = f"pulled {number}.wav"
        trial.send(name, padded(wav(rng, 1), 25 << 20))
        trial.wait(lambda: is_copied(trial) or trial.has_ended(name), PATIENCE)
        time.sleep(rng.uniform(0, 0.2))
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
        time.sleep(8)
        trial.wait(lambda: not is_in_use(image), 30)
        mount("-o", "loop", str(image), str(disk))
        trial.count("stuck", not trial.wait_for(name), f"{name}: a pulled disk came back")
        trial.counts["trials"] += 1


def is_copied(trial):
    return any((trial.home / "work").glob("*/.maie-*.tmp"))


def is_in_use(image):
    return bool(subprocess.run(["losetup", "-j", str(image)], capture_output=True,
                               check=False).stdout)


def padded(recording, size):
    """The same recording, with so much of no use before its sound."""
    at = recording.index(b"data")
    junk = b"JUNK" + struct.pack("<I", size) + b"\1" * size
    head = recording[:4] + struct.pack("<I", len(recording) - 8 + len(junk))
    return head + recording[8:at] + junk + recording[at:]


def hidden(trial, rng, place, disk):
    """While the disk is away, nothing may appear where it is mounted."""
    before = set(disk.rglob("*"))
    if place != "inbox":
        (send_failing if place == "failed" else send_sound)(trial, rng, "away.wav")
    blocked = trial.wait(lambda: trial.status().get("blocked"), PATIENCE)
    trial.count("wrong word", not blocked, f"{place} is away and the status does not say so")
    trial.expect_unhealthy(f"{place} is away")
    for path in sorted(set(disk.rglob("*")) - before):
        trial.count("lost", True, f"{path} is written below the mount point")


def send_sound(trial, rng, name):
    trial.send(name, wav(rng, 1))


def send_failing(trial, rng, name):
    trial.send(name, b"no sound %f " % rng.random() * 50)


def full_stick(trial, rng, disk):
    """A disk full of recordings: each claim frees it, so that every one must be taken."""
    for number in range(10):
        send_sound(trial, rng, f"stick {number}.wav")
    free = fill(disk)
    taken = trial.wait_for_all(300)
    trial.count("stuck", not taken, "a full stick is not emptied")
    return free


def quotas(trial, rng, options):
    """Each folder with a quota of its own, which is used up on a disk with room, and raised."""
    for program in ("mkfs.btrfs", "btrfs"):
        if not shutil.which(program):
            raise Skipped(f"{program} is not installed")
    require_disks(trial.home)
    for place in ("outbox", "work") if options.slice else (*PLACES[1:], "outbox", "state"):
        one = Trial(trial.program, trial.home, "quota of " + place)
        disk, image = one.home / place, trial.home / (place + ".btrfs")
        disk.mkdir(exist_ok=True)
        mount_with_quota(image, disk)
        try:
            one_quota(one, rng, place, disk)
        finally:
            one.end(signal.SIGKILL)
            unmount(disk)
            image.unlink()
        trial.add(one)
    return trial.counts


def mount_with_quota(image, disk):
    with open(image, "wb") as file:
        file.truncate(200 << 20)
    subprocess.run(["mkfs.btrfs", "-q", str(image)], check=True)
    mount("-o", "loop", str(image), str(disk))
    subprocess.run(["btrfs", "quota", "enable", str(disk)], check=True)
    subprocess.run(["btrfs", "-q", "subvolume", "create", str(disk / "part")], check=True)
    subprocess.run(["umount", str(disk)], check=True)
    mount("-o", "loop,subvol=part", str(image), str(disk))
    limit(disk, "16M")


def limit(disk, size):
    subprocess.run(["btrfs", "qgroup", "limit", size, str(disk)], check=True)
    subprocess.run(["btrfs", "filesystem", "sync", str(disk)], check=True)


def one_quota(trial, rng, place, disk):
    """The program is killed while it waits, and goes on when the quota is raised."""
    send = send_failing if place == "failed" else send_sound
    trial.start()
    send(trial, rng, "first.wav")
    trial.wait_for("first.wav")
    fill(disk)
    send(trial, rng, "full.wav")
    trial.expect_text("the disk quota is used up")
    trial.expect_unhealthy(f"the quota of {place} is used up")
    trial.end(signal.SIGKILL)
    trial.start()
    send(trial, rng, "behind.wav")
    time.sleep(8)
    limit(disk, "none")
    trial.wait_for_all(240)
    for result in trial.results("full.wav"):
        attempts = json.loads(result.read_text("utf-8"))["attempts"]
        trial.count("wrong word", attempts != 1, f"a quota costs attempts: {attempts}")
    trial.counts["trials"] += 1
    trial.finish(300, may_fail=place == "failed")


def homes(trial, rng, options):
    """The whole home on a small disk: full, without inodes, and turned read-only by an error."""
    require_disks(trial.home)
    image, disk = trial.home / "home.img", trial.home / "disk"
    disk.mkdir()
    make_image(image, 80, "-N", "400")
    mount("-o", "loop,errors=remount-ro", str(image), str(disk))
    one = Trial(trial.program, trial.home, "home", home=disk / "home")
    one.make_folders()
    try:
        one.start()
        send_sound(one, rng, "first.wav")
        one.wait_for("first.wav")
        for number in range(1 if options.slice else 3):
            send_sound(one, rng, f"full {number}.wav")
            time.sleep(rng.uniform(0, 3))
            free = fill(disk)
            one.expect_text("WHY NOTHING IS TAKEN")
            free()
            one.wait_for_all(240)
            one.counts["trials"] += 1
        send_sound(one, rng, "inodes.wav")
        use_up_inodes(one, disk)
        one.wait_for_all(240)
        break_disk(one, rng, image, disk)
        one.finish(300)
    finally:
        one.end(signal.SIGKILL)
        unmount(disk)
        image.unlink()
    trial.add(one)
    return trial.counts


def use_up_inodes(trial, disk):
    folder = disk / "many"
    folder.mkdir()
    number = 0
    try:
        while True:
            (folder / str(number)).touch()
            number += 1
    except OSError:
        trial.expect_text("inodes are used up")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    trial.counts["trials"] += 1


def break_disk(trial, rng, image, disk):
    """The kernel turns the disk read-only, as a dying card makes it; a check mends it."""
    device = subprocess.run(
        ["findmnt", "-no", "SOURCE", str(disk)], capture_output=True, text=True, check=True)
    trigger = pathlib.Path("/sys/fs/ext4", os.path.basename(device.stdout.strip()))
    send_sound(trial, rng, "error.wav")
    os.sync()  # what a sender did not flush is the disk's to lose
    (trigger / "trigger_fs_error").write_text("x")
    time.sleep(5)
    trial.count("stuck", trial.process.poll() is not None, "the daemon ended on a read-only disk")
    trial.expect_unhealthy("the disk is read-only")
    _, told = trial.ask("status")
    trial.count("wrong word", "The last status before" not in told and "no sign of life" not in told,
                f"the status shows no sign of a read-only disk: {told[:300]}")
    trial.end(signal.SIGTERM)
    subprocess.run(["umount", str(disk)], check=True)
    subprocess.run(["e2fsck", "-fy", str(image)], check=False, capture_output=True)
    mount("-o", "loop", str(image), str(disk))
    trial.counts["trials"] += 1


def crowding(trial, rng, options):
    """One recording that does not fit on the disk of work waits alone."""
    work = trial.home / "work"
    work.mkdir()
    mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", str(work))
    try:
        trial.start()
        trial.send("first.wav", wav(rng, 1))
        trial.wait_for("first.wav")
        trial.send("big.wav", wav(rng, 120))
        trial.wait(lambda: "big.wav" in trial.text(), 30)
        time.sleep(5)
        trial.send("small.wav", wav(rng, 1))
        trial.count("stuck", not trial.wait_for("small.wav", 300), "small.wav waits for big.wav")
        trial.counts["trials"] += 1
        mount("-o", "remount,size=60m", str(work))
        return trial.finish(400)
    finally:
        trial.end(signal.SIGKILL)
        unmount(work)


def powercuts(trial, rng, options):
    """
    The device's file system is copied at random instants while recordings arrive from senders that
    flush nothing. Each copy is what a power cut leaves: it is mounted, looked at, and worked off.
    """
    require_disks(trial.home)
    image, disk = trial.home / "device.img", trial.home / "disk"
    disk.mkdir()
    make_image(image, 100)
    mount("-o", "loop", str(image), str(disk))
    device = Trial(trial.program, trial.home, "device", home=disk / "home")
    device.make_folders()
    stop = threading.Event()
    feeder = threading.Thread(target=feed, args=(device, rng, stop))
    snapshots = []
    try:
        device.start()
        device.wait(lambda: device.status().get("state"), 60)
        feeder.start()
        end = time.monotonic() + options.seconds
        for number in range(options.cuts):
            if time.monotonic() > end:
                break
            time.sleep(rng.uniform(0.3, 2.5))
            snapshots.append(snapshot(trial, device, image, number))
            if len(snapshots) == 5 or number == options.cuts - 1:
                stop.set()
                feeder.join()
                work_off(trial, device, disk, image, snapshots)
                snapshots = []
                stop.clear()
                if number < options.cuts - 1:
                    feeder = threading.Thread(target=feed, args=(device, rng, stop))
                    device.start()
                    feeder.start()
        stop.set()
        if feeder.is_alive():
            feeder.join()
        if snapshots:
            work_off(trial, device, disk, image, snapshots)
    finally:
        stop.set()
        device.end(signal.SIGKILL)
        unmount(disk)
        image.unlink()
    trial.counts["recordings"] = device.counts["recordings"]
    return trial.counts


def feed(device, rng, stop):
    """A plain write, as cp, scp, sftp and rsync do."""
    while not stop.wait(0.7):
        number = len(device.sent)
        data = wav(rng, 1)
        (device.home / "inbox" / f"p{number:05}.wav").write_bytes(data)
        device.expect(f"p{number:05}.wav", data)


def snapshot(trial, device, image, number):
    """What was taken, and so must be there, and what was published, when the power went."""
    os.killpg(device.process.pid, signal.SIGSTOP)
    time.sleep(0.02)
    copy = trial.home / f"cut{number}.img"
    inbox = {path.name for path in (device.home / "inbox").glob("*.wav")}
    taken = [name for name in list(device.sent) if name not in inbox]
    published = [name for name in taken if has_lasted(device.results(name))]
    subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
    os.killpg(device.process.pid, signal.SIGCONT)
    return copy, taken, published


def has_lasted(results):
    """A name that appeared just now may still have to reach the disk; it is published anew then."""
    return any(time.time() - result.stat().st_ctime > 0.5 for result in results)


def work_off(trial, device, disk, image, snapshots):
    """Looks at each copy in place of the device, which goes on afterwards."""
    device.wait_for_all(600)
    device.end(signal.SIGTERM)
    subprocess.run(["umount", str(disk)], check=True)
    for copy, taken, published in snapshots:
        mount("-o", "loop", str(copy), str(disk))
        try:
            look_after_cut(trial, device, copy.name, taken, published)
        finally:
            unmount(disk)
            copy.unlink()
        trial.counts["trials"] += 1
    mount("-o", "loop", str(image), str(disk))


def look_after_cut(trial, device, cut, taken, published):
    found = device.places()
    for name in taken:
        where = found.get(device.sent[name], [])
        trial.count("lost", not where, f"{cut}: the bytes of {name} are nowhere")
    for name in published:
        trial.count("lost", not device.results(name), f"{cut}: the result of {name} is gone")
    for document in (device.home / "outbox").glob("*.json"):
        try:
            json.loads(document.read_text("utf-8"))
        except ValueError:
            trial.count("half", True, f"{cut}: {document.name}")
    restarted = Trial(trial.program, trial.home, cut, home=device.home)
    restarted.sent = {name: device.sent[name] for name in taken}
    restarted.keys = device.keys
    restarted.start()
    restarted.wait_for_all(600)
    restarted.end(signal.SIGTERM)
    for name in taken:
        trial.count("stuck", not restarted.results(name), f"{cut}: {name} is not published")
        trial.count("doubled", len(restarted.results(name)) > 1, f"{cut}: {name}")
