"""The phone alphabet, and how the labels of other synthesizers are brought to it."""

PHONES = "aa ae ah ao aw ax ay b ch d dh eh er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th uh uw v w y z zh".split()
SIL, BLANK = "sil", "<blank>"
TOKENS = PHONES + [SIL, BLANK]
ID = {token: index for index, token in enumerate(TOKENS)}
SIL_ID, BLANK_ID = ID[SIL], ID[BLANK]

_FLITE = {"pau": SIL, "axr": "er", "el": "l", "em": "m", "en": "n", "dx": "t", "nx": "n", "hv": "hh", "ix": "ih", "h#": SIL, "brth": SIL, "ssil": SIL}
# espeak-ng's mnemonics by their beginning, longest first; only a likeness is needed, since times move to the canonical phones by alignment.
_ESPEAK = {
    "tS": "ch", "dZ": "jh", "aI": "ay", "aU": "aw", "eI": "ey", "OI": "oy", "oU": "ow", "O@": "ao", "e@": "eh", "i@": "iy", "U@": "uh", "3:": "er", "A:": "aa", "O:": "ao",
    "u:": "uw", "i:": "iy", "@L": "l", "I2": "ih", "@2": "ax", "a#": "ax", "0#": "aa", "E2": "eh", "VR": "er", "IR": "ih", "A@": "aa", "t#": "t", "t2": "t", "d#": "d", "l#": "l", "L": "l",
    "p": "p", "b": "b", "t": "t", "d": "d", "k": "k", "g": "g", "f": "f", "v": "v", "T": "th", "D": "dh", "s": "s", "z": "z", "S": "sh", "Z": "zh", "h": "hh", "H": "hh",
    "m": "m", "n": "n", "N": "ng", "l": "l", "r": "r", "R": "r", "*": "t", "w": "w", "j": "y", "?": "t", "x": "k", "C": "hh", "@": "ax", "3": "er", "a": "ae", "A": "aa", "E": "eh", "e": "ey",
    "I": "ih", "i": "iy", "O": "ao", "o": "ow", "0": "aa", "U": "uh", "u": "uw", "V": "ah", "Q": "aa", "y": "uw", "Y": "uw", "&": "ae",
}
VOWELS = {p for p in PHONES if p[0] in "aeiou"}
_CLASSES = ["ax ah er uh r", "ih iy y eh ey", "aa ao ow oy l aw", "ae eh aa ay", "uw uh ow w", "p b", "t d dh th ch", "k g", "s z sh zh th", "f v th", "m n ng", "jh d zh ch"]
_CLOSE = {frozenset((a, b)) for group in _CLASSES for a in group.split() for b in group.split()}


def from_flite(label):
    """Token of a flite or festival segment label."""
    return _FLITE.get(label, label)


def from_espeak(mnemonic):
    """Token of an espeak-ng phoneme mnemonic; None for marks without sound."""
    if mnemonic.startswith("_"):
        return SIL
    for size in (2, 1):
        if mnemonic[:size] in _ESPEAK:
            return _ESPEAK[mnemonic[:size]]
    return None


def _distance(a, b):
    if a == b:
        return 0.0
    if frozenset((a, b)) in _CLOSE:
        return 0.4
    return 0.7 if (a in VOWELS) == (b in VOWELS) else 1.6


def transfer_times(canonical, timed):
    """Give the canonical phones of a sentence the times of what was really uttered.

    canonical: phones without pauses; timed: (token, start, end) in seconds, pauses included.
    Returns timed canonical phones with the uttered pauses, or None where the two differ too much to be the same sentence.
    """
    spoken = [item for item in timed if item[0] != SIL]
    rows, columns = len(canonical), len(spoken)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        cost[i][0] = i * 0.9
    for j in range(1, columns + 1):
        cost[0][j] = j * 0.9
    for i in range(1, rows + 1):
        above, here, phone = cost[i - 1], cost[i], canonical[i - 1]
        for j in range(1, columns + 1):
            here[j] = min(above[j - 1] + _distance(phone, spoken[j - 1][0]), above[j] + 0.9, here[j - 1] + 0.9)
    if cost[rows][columns] > 0.45 * max(rows, columns):
        return None
    i, j, pairs = rows, columns, []
    while i or j:
        if i and j and abs(cost[i][j] - cost[i - 1][j - 1] - _distance(canonical[i - 1], spoken[j - 1][0])) < 1e-9:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and abs(cost[i][j] - cost[i - 1][j] - 0.9) < 1e-9:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
    result, last = [], spoken[0][1] if spoken else 0.0
    for index, match in reversed(pairs):
        start, end = (spoken[match][1], spoken[match][2]) if match is not None else (last, last)
        result.append((canonical[index], start, end))
        last = end
    result += [item for item in timed if item[0] == SIL]
    return sorted(result, key=lambda item: (item[1] + item[2]))
