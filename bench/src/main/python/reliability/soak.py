"""Short recordings for hours: what the process holds, and how long each recording takes."""
import pathlib
import signal
import statistics
import time

from .trial import wav


def soak(trial, rng, options):
    """Prints a line for each part of the time: the figures must show no trend."""
    trial.start()
    trial.send("first.wav", wav(rng, 0.5))
    trial.wait_for("first.wav")
    began, number, parts = time.monotonic(), 0, 10
    print("minutes recordings  RSS MB  handles  threads  median ms  slowest ms", flush=True)
    for part in range(parts):
        latencies = []
        while time.monotonic() < began + options.soak * (part + 1) / parts:
            name = f"s{number:06}.wav"
            trial.send(name, wav(rng, 0.5))
            sent = time.monotonic()
            if trial.wait(lambda: trial.has_ended(name), 60):
                latencies.append(1000 * (time.monotonic() - sent))
            fetch(trial, name)
            number += 1
        print_part(trial, began, number, latencies)
    trial.counts["trials"] = parts
    trial.end(signal.SIGTERM)
    trial.account()
    return trial.counts


def fetch(trial, name):
    """As a consumer does, so that the outbox does not grow; the archive is the witness."""
    for result in trial.results(name):
        for path in result.parent.glob(name + ".*"):
            path.unlink()


def print_part(trial, began, number, latencies):
    process = pathlib.Path("/proc", str(trial.process.pid))
    status = (process / "status").read_text()
    values = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if ":" in line
              and len(line.split()) > 1}
    print(f"{(time.monotonic() - began) / 60:7.1f} {number:10} {int(values['VmRSS']) / 1024:7.1f}"
          f" {len(list((process / 'fd').iterdir())):8} {int(values['Threads']):8}"
          f" {statistics.median(latencies):10.0f} {max(latencies):11.0f}", flush=True)
