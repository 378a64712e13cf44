"""Sentences: where they come from, how they are normalised, and how they are split before anything is trained.

Every source is a Debian package or a file of this repository; none is fetched from elsewhere.

| source    | content                                              | licence                      |
|-----------|------------------------------------------------------|------------------------------|
| lj        | sentences of the LJ Speech set, `training/text`      | public domain                |
| fortune   | Debian packages `fortunes`, `fortunes-min`           | BSD, as packaged             |
| bible     | King James Version, Debian package `bible-kjv-text`  | public domain text           |
| wordnet   | example phrases and glosses, package `wordnet-base`  | WordNet licence (permissive) |
| template  | business and meeting language, this file             | Apache-2.0, ours             |
"""

import gzip
import pathlib
import random
import re
import subprocess

SPLIT_SEED = 20260101
TEST_SENTENCES, DEV_SENTENCES = 300, 200
TEMPLATE_POOL = 3000  # template sentences are easy: few of them may be drawn for test and development
TEXT_FOLDER = pathlib.Path(__file__).resolve().parent.parent / "text"
SPOKEN_SOURCES = ("lj", "fortune", "template")
_ODD_FORTUNES = {"ascii-art", "translate-me", "perl", "linux", "debian", "computers", "knghtbrd", "zippy", "songs-poems", "ethnic", "drugs"}
_EXPANSIONS = {"mr.": "mister", "mrs.": "missus", "dr.": "doctor", "st.": "saint", "co.": "company", "&": "and", "%": "percent"}
_FOREIGN = str.maketrans("àâäáèêéëïíôöóüúûñç’‘“”", "aaaaeeeeiiooouuunc''\"\"")


def normalize(text):
    """Words as they are scored: lower case, letters and inner apostrophes; hyphens part words; other punctuation goes."""
    text = re.sub(r"[^a-z' ]", " ", text.lower().translate(_FOREIGN))
    return " ".join(word for word in (token.strip("'") for token in text.split()) if word)


def speakable(text):
    """The sentence as a synthesizer is given it, or None where writing and speech differ (digits, initials, acronyms)."""
    text = " ".join(_EXPANSIONS.get(token.lower(), token) for token in text.translate(_FOREIGN).replace("--", ", ").split())
    text = re.sub(r"[^A-Za-z',.;:?! -]|[:;](?=\S)", " ", text).strip()
    if re.search(r"\b[A-Z]{2,}\b|\b[A-Za-z]\.|\.\w", text) or not 3 <= len(normalize(text).split()) <= 24:
        return None
    if any(len(word) > 15 or not re.search("[aeiouy]", word) for word in normalize(text).split()):
        return None
    return re.sub(r"\s+", " ", text).lower()


def _sentences(text):
    return [s for s in re.split(r"(?<=[.!?;:])\s+|[\"()\[\]]|\s--\s", text) if s]


def lj():
    with gzip.open(TEXT_FOLDER / "lj-sentences.txt.gz", "rt", encoding="utf-8") as lines:
        return [line.strip() for line in lines]


def fortune():
    found = []
    for path in sorted(pathlib.Path("/usr/share/games/fortunes").iterdir()):
        if path.suffix or path.name in _ODD_FORTUNES or path.is_symlink():
            continue
        for cookie in re.split(r"\n%\n", path.read_text(encoding="utf-8", errors="ignore")):
            cookie = re.sub(r"\n\s*-- .*", "", cookie, flags=re.S)
            found += [s for s in _sentences(re.sub(r"\s+", " ", cookie)) if not re.search(r"\d|[<>|_=*/\\{}~^@#$+]", s)]
    return found


def bible():
    verses = subprocess.run(["bible", "-f", "gen1:1-rev22:21"], capture_output=True, text=True, check=True).stdout
    return [s for line in verses.splitlines() for s in _sentences(line.split(" ", 1)[-1])]


def wordnet():
    found = []
    for path in sorted(pathlib.Path("/usr/share/wordnet").glob("data.*")):
        for line in path.read_text(encoding="latin-1").splitlines():
            gloss = line.partition(" | ")[2]
            found += [p for p in re.findall(r'"([^"]+)"', gloss)] + [re.sub(r'"[^"]*"|\(.*?\)', "", gloss).split(";")[0]]
    return [s for s in found if not re.search(r"\d", s)]


_SLOTS = {
    "name": "john mary peter susan david linda michael anna robert karen james emma daniel laura kevin sarah thomas julia martin alice george helen paul ruth".split(),
    "day": "monday tuesday wednesday thursday friday saturday sunday tomorrow today".split(),
    "month": "january february march april may june july august september october november december".split(),
    "digit": "zero one two three four five six seven eight nine".split(),
    "number": [t + (" " + u if u else "") for t in "twenty thirty forty fifty sixty seventy eighty ninety".split() for u in ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]]
    + "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
    "big": ["hundred", "thousand", "million", "hundred thousand"],
    "ordinal": "first second third fourth fifth sixth seventh eighth ninth tenth fifteenth twentieth thirtieth".split(),
    "thing": "the budget,the report,the customer,the project,the schedule,the meeting,the contract,the new server,the release,our team,the sales team,the manager,the device,the audio file,the design,the marketing plan,the quarterly review,the factory,the supplier,the invoice,the database,the agenda,the proposal,the prototype,the software,the network,the training,the office,the client,the order,the delivery,the website,the presentation,the survey,the recording,the transcript".split(","),
    "state": "is ready,was delayed,needs approval,will be finished,has been moved,should start,is going well,was cancelled,looks good,must be updated,will be delivered,was discussed,has to be reviewed,is on track,needs more work,is still open,has not been decided,will be late,is too expensive,was approved,is very important".split(","),
    "verb": "send,review,finish,check,discuss,approve,prepare,update,cancel,present,improve,test,explain,understand,postpone".split(","),
    "time": "in the morning,in the afternoon,next week,next month,last week,this quarter,at the end of the year,right now,as soon as possible,before lunch,after the meeting,two weeks ago".split(","),
    "you": "you,they,we,i,he,she,people,my friends,your team".split(","),
}
_TEMPLATES = """{thing} {state} {time}
{name} said that {thing} {state}
please {verb} {thing} and send it to {name} before {day}
we have {number} {big} dollars left for {thing}
the meeting will start at {number} on {day} morning
let us move on to the next topic
{name} will follow up with {name} by {day}
action item for {name}, check whether {thing} {state}
in {month} {thing} {state}
can you hear me now
thank you everyone for joining today
i think {thing} {state}, and {thing} {state}
do we know if {thing} {state}
call me back at {digit} {digit} {digit} {digit} {digit} {digit}
my number is {digit} {digit} {digit}, {digit} {digit} {digit} {digit}
we agreed that {thing} {state}
the deadline is {month} {ordinal}
that is a good question, {name}
could you please {verb} {thing} {time}
i don't think that we can {verb} {thing} {time}
we need to {verb} {thing}, because {thing} {state}
so what do {you} think about {thing}
okay, so {thing} {state}, right
yeah, i would like to {verb} {thing} {time}
let's {verb} {thing} {time}
the price went up by {number} percent {time}
{name} and {name} are going to {verb} {thing}
it's about {number} {big} people
what can {you} do for {thing}
do not ask what {thing} can do for {you}
and so {you} have to {verb} {thing} {time}
are there any other questions about {thing}
sorry, i was on mute, i wanted to say that {thing} {state}
we will meet again on {day} at {number} thirty
on {day} the {ordinal} of {month} {you} talked about {thing}
good morning {name}, how are you doing today
it will cost {number} dollars and {number} cents
i'm not sure whether {thing} {state}""".split("\n")


def template(count=12000, seed=7):
    draw = random.Random(seed)
    fill = lambda line: re.sub(r"\{(\w+)\}", lambda slot: draw.choice(_SLOTS[slot[1]]), line)
    return [fill(draw.choice(_TEMPLATES)) for _ in range(count)]


def speech_sentences():
    """{source: speakable sentences}, distinct by their normalised words, in a fixed order."""
    seen, result = set(), {}
    for name in SPOKEN_SOURCES:
        kept = []
        for sentence in filter(None, map(speakable, globals()[name]())):
            if normalize(sentence) not in seen:
                seen.add(normalize(sentence))
                kept.append(sentence)
        result[name] = kept
    return result


def splits():
    """{'test','dev','train': [(source, sentence)]}: test and development are drawn by seed before anything else happens."""
    pool = [(name, s) for name, kept in speech_sentences().items() for s in kept[:TEMPLATE_POOL if name == "template" else None] if 4 <= len(s.split()) <= 20]
    random.Random(SPLIT_SEED).shuffle(pool)
    test, dev = pool[:TEST_SENTENCES], pool[TEST_SENTENCES:TEST_SENTENCES + DEV_SENTENCES]
    held = {normalize(s) for _, s in test + dev}
    train = [(name, s) for name, kept in speech_sentences().items() for s in kept if normalize(s) not in held]
    return {"test": test, "dev": dev, "train": train}


def language_model_sentences():
    """{source: normalised sentences} for the n-gram, without a sentence that contains a test or development sentence."""
    parts = splits()
    held = {normalize(s) for _, s in parts["test"] + parts["dev"]}
    lines = {name: [normalize(s) for s in globals()[name]()] for name in ("lj", "fortune", "bible", "wordnet", "template")}
    contains = re.compile("|".join(sorted(map(re.escape, held), key=len, reverse=True)))
    return {name: [s for s in kept if s and not (s in held or (len(s) > 20 and contains.search(s)))] for name, kept in lines.items()}


if __name__ == "__main__":
    for name, kept in splits().items():
        counts = {source: sum(s == source for s, _ in kept) for source in SPOKEN_SOURCES}
        print(name, len(kept), counts, [s for _, s in kept[:6]])
