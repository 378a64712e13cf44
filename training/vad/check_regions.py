"""Checks speech_regions.py against the committed answers of the original.

usage: check_regions.py ../../src/test/resources/golden/vad
"""

import json
import math
import sys
from pathlib import Path

from speech_regions import Options, speech_regions


def main():
    checked = 0
    for name, rows in (("regions-recordings.json", "recordings"), ("regions-random.json", "cases")):
        document = json.loads((Path(sys.argv[1]) / name).read_text())
        for key, values in document["options"].items():
            values = dict(values)
            longest = values.pop("max_speech_s")
            options = Options(max_speech_s=math.inf if longest is None else longest, **values)
            for case in document[rows]:
                p = case.get("probabilities") or [v / 1000 for v in case["thousandths"]]
                found = [list(region) for region in speech_regions(p, case["samples"], options)]
                assert found == case["regions"][key], f"{name}, {key}: expected {case['regions'][key]}, found {found}"
                checked += 1
    print(f"{checked} lists of regions agree")


if __name__ == "__main__":
    main()
