"""Tries the built program where things go wrong, and accounts for every recording afterwards.

    bench/reliability --program DIST/bin/maie-edge [--slice | --kills N --cuts N --inputs N]
                      [--seconds S] [--only GROUP] [--seed N] [--jobs N] [--table FILE]
    bench/reliability --program DIST/bin/maie-edge --soak SECONDS
    bench/reliability --program DIST/bin/maie-edge --price

Prints a table with a line for each group: what was tried, and how many recordings were lost,
doubled, half, stuck or told wrongly. A group that cannot run here says why. Ends with 1 if any
number is not 0, and with 2 if a group was skipped for a program that could be installed. Mounts
and other users need root: everything that is mounted stays in a mount namespace of its own.
Needs Python 3.9 and no package.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from . import arrivals, manager, price, senders, soak, storage, surroundings
from .trial import COLUMNS, FAULTS, Impossible, Skipped, Trial

GROUPS = {
    "kills": arrivals.kills,
    "windows": arrivals.windows,
    "restarts": arrivals.restarts,
    "signals": arrivals.signals,
    "service": manager.service,
    "power cuts": storage.powercuts,
    "producers": arrivals.producers,
    "senders": senders.senders,
    "fuzz": arrivals.fuzz,
    "links": arrivals.links,
    "dragging back": arrivals.dragging,
    "disks": storage.disks,
    "quotas": storage.quotas,
    "home disk": storage.homes,
    "crowding": storage.crowding,
    "clocks": surroundings.clocks,
    "memory": surroundings.memory,
    "network folder": surroundings.network,
}
AS_ROOT = {"power cuts", "senders", "disks", "quotas", "home disk", "crowding", "memory", "network folder"}
INSIDE = "MAIE_RELIABILITY_INSIDE"


def parsed():
    parser = argparse.ArgumentParser(prog="bench/reliability",
                                     description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--program", required=True, help="bin/maie-edge of an unpacked build")
    parser.add_argument("--slice", action="store_true", help="a few of each, within minutes")
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=float("inf"),
                        help="for kills, power cuts and fuzz, each")
    parser.add_argument("--only", choices=GROUPS, action="append", metavar="GROUP")
    parser.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    parser.add_argument("--jobs", type=int, default=1, help="groups at the same time")
    parser.add_argument("--table", type=pathlib.Path, help="a file for the table as well")
    parser.add_argument("--soak", type=float, help="seconds; runs nothing else")
    parser.add_argument("--price", action="store_true",
                        help="of inbox.durability on a slow disk; runs nothing else")
    options = parser.parse_args()
    if options.slice:
        options.kills, options.cuts, options.inputs = 5, 3, 40
    return options


def tried(group, options, folder):
    """The counts of a group, or why it was left out."""
    if group in AS_ROOT and INSIDE not in os.environ:
        return Impossible("mounting needs root and a mount namespace")
    rng = random.Random(f"{options.seed} {group}")
    trial = Trial(options.program, folder, group.replace(" ", "-"))
    try:
        return GROUPS[group](trial, rng, options)
    except Skipped as reason:
        return reason
    except Exception:  # pylint: disable=broad-except  # the other groups go on
        traceback.print_exc()
        trial.end(9)
        trial.counts["stuck"] += 1
        return trial.counts


def line(group, counts, seconds):
    if isinstance(counts, Skipped):
        return f"| {group} | left out: {counts} |" + " |" * (len(COLUMNS))
    cells = " | ".join(f"{counts[column]:,}" for column in COLUMNS)
    return f"| {group} | {cells} | {seconds:.0f} |"


def run_groups(options, folder):
    """Runs what was asked for; the lines of the table, the faults, and what was skipped."""
    header = ["| group | " + " | ".join(COLUMNS) + " | seconds |",
              "|---" * (len(COLUMNS) + 2) + "|"]
    print("\n".join(header), flush=True)
    lines, faults, skipped = header, 0, []

    def one(group):
        began = time.monotonic()
        return group, tried(group, options, folder), time.monotonic() - began

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        waiting = [pool.submit(one, group) for group in options.only or GROUPS]
        for finished in concurrent.futures.as_completed(waiting):
            group, counts, seconds = finished.result()
            lines.append(line(group, counts, seconds))
            print(lines[-1], flush=True)
            if isinstance(counts, Skipped):
                skipped += [] if isinstance(counts, Impossible) else [group]
            else:
                faults += sum(counts[column] for column in FAULTS)
    return lines, faults, skipped


def main():
    options = parsed()
    if os.geteuid() == 0 and INSIDE not in os.environ and shutil.which("unshare"):
        probe = subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True)
        if probe.returncode == 0:
            os.environ[INSIDE] = "yes"
            os.execvp("unshare", ["unshare", "--mount", "--propagation", "private",
                                  sys.executable, "-m", "reliability", *sys.argv[1:]])
    options.program = str(pathlib.Path(options.program).resolve())
    with tempfile.TemporaryDirectory(prefix="reliability-", ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        print(f"seed {options.seed}", flush=True)
        if options.soak:
            counts = soak.soak(Trial(options.program, folder, "soak"), random.Random(options.seed),
                               options)
            print(line("soak", counts, options.soak))
            return 1 if sum(counts[column] for column in FAULTS) else 0
        if options.price:
            price.price(Trial(options.program, folder, "price"), random.Random(options.seed),
                        options)
            return 0
        lines, faults, skipped = run_groups(options, folder)
        if options.table:
            options.table.write_text("\n".join(lines) + "\n", "utf-8")
        return 1 if faults else 2 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
