"""Speech regions from speech probabilities: the rules of Silero's get_speech_timestamps.

Written anew from the behaviour of Silero VAD 6 (MIT); golden.py holds the original's own answers.
The rules, for one probability p per window of 512 samples, window i starting at sample 512 i:

- p >= threshold is loud; p < negative threshold is quiet; between the two nothing changes.
- A loud window outside a region starts one. A quiet window inside a region starts a pause, a loud
  window ends it. A pause that is seen to last min_silence ends the region where the pause began,
  and the region is kept if it is longer than min_speech.
- When a window that does not itself start a region lies more than max_speech (less one window and
  two pads) behind the region's start, the region is cut: at its longest finished pause of more than
  98 ms if there is one (the next region then starts where that pause ended, and the same window
  goes on being judged), or else at this window (and the next loud window starts anew). Regions made
  by a cut are kept however short.
- A region still open at the end of the recording reaches to that end, under min_speech's rule.
- Each side is then padded by the pad, or by half the gap where two regions are closer than two pads.
"""

from dataclasses import dataclass
import math

RATE = 16000
WINDOW = 512


@dataclass(frozen=True)
class Options:
    threshold: float = 0.5
    negative_threshold: float | None = None  # None: threshold - 0.15, at least 0.01
    min_speech_ms: int = 250
    min_silence_ms: int = 100
    max_speech_s: float = math.inf
    pad_ms: int = 30
    min_silence_at_max_speech_ms: int = 98

    @property
    def negative(self):
        return max(self.threshold - 0.15, 0.01) if self.negative_threshold is None else self.negative_threshold


def samples(milliseconds):
    return RATE * milliseconds / 1000


class Regions:
    """The machine that walks over the windows; a region is open while `start` is set."""

    def __init__(self, options):
        self.options = options
        self.found = []
        self._close()

    def _close(self, new_start=None):
        self.start, self.pause = new_start, None
        self.pauses = []  # finished pauses of the open region that a cut may use: (start, length)

    def window(self, at, p):
        loud = p >= self.options.threshold
        if loud and self.pause is not None:
            self._end_pause(at)
        if self.start is None:
            if loud:
                self.start = at
            return
        if self._too_long(at):
            self._cut(at)
        if self.start is not None and p < self.options.negative:
            self._quiet(at)

    def _end_pause(self, at):
        length = at - self.pause
        if length > samples(self.options.min_silence_at_max_speech_ms):
            self.pauses.append((self.pause, length))
        self.pause = None

    def _too_long(self, at):
        longest = RATE * self.options.max_speech_s - WINDOW - 2 * samples(self.options.pad_ms)
        return at - self.start > longest

    def _cut(self, at):
        if self.pauses:
            pause, length = max(self.pauses, key=lambda found: found[1])  # the first of equals
            self.found.append((self.start, pause))
            self._close(new_start=pause + length)
        else:
            self.found.append((self.start, at))
            self._close()

    def _quiet(self, at):
        if self.pause is None:
            self.pause = at
        if at - self.pause >= samples(self.options.min_silence_ms):
            self._keep(self.pause)
            self._close()

    def _keep(self, end):
        if end - self.start > samples(self.options.min_speech_ms):
            self.found.append((self.start, end))

    def finish(self, length):
        if self.start is not None:
            self._keep(length)
        return self.found


def padded(regions, pad, length):
    """Widens regions by pad samples, sharing narrow gaps; whole samples, cut off toward zero."""
    starts, ends = [start for start, _ in regions], [end for _, end in regions]
    for i in range(len(regions)):
        if i == 0:
            starts[i] = int(max(0, starts[i] - pad))
        if i + 1 < len(regions):
            gap = starts[i + 1] - ends[i]
            if gap < 2 * pad:
                ends[i] += gap // 2
                starts[i + 1] -= gap // 2
                continue
            starts[i + 1] = int(max(0, starts[i + 1] - pad))
        ends[i] = int(min(length, ends[i] + pad))
    return list(zip(starts, ends))


def speech_regions(probabilities, length, options=Options()):
    """Half-open regions in samples for a recording of `length` samples."""
    machine = Regions(options)
    for i, p in enumerate(probabilities):
        machine.window(i * WINDOW, p)
    return padded(machine.finish(length), samples(options.pad_ms), length)
