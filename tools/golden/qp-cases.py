"""Picks the small raw cases and two of the sequences of the QP conformance data that the project carries itself.

The data are random problems and textbook ones with the outcomes of OSQP 1.x (Apache-2.0 for the numbers of its own
unit tests); they lie beside the project. Run from the project's root.
"""

import json
from pathlib import Path

from market import ROOT

SOURCE = ROOT.parent / "shared" / "golden" / "qp" / "raw.json"
TARGET = ROOT / "packages" / "optimizer" / "test" / "qp" / "fixtures" / "qp.json"
MOST = 26
MOST_CHARACTERS = 8000

cases = json.loads(SOURCE.read_text())["cases"]
cases = [case for case in cases if not case.get("roundingSensitive")]
cases.sort(key=lambda case: len(json.dumps(case)))

picked, seen = [], set()


def novelty(case):
    """What a case shows that no picked one has shown yet: its outcome, and each setting."""
    expected = case["expected"]
    facts = {("status", expected["status"]), ("polish", expected.get("polish")), ("group", case["group"])}
    facts |= {("setting", name) for name in case["settings"]}
    facts.add(("rhoUpdates", min(expected.get("rhoUpdates", 0), 2)))
    return facts - seen


for case in cases:
    if len(json.dumps(case)) > MOST_CHARACTERS or not novelty(case):
        continue
    seen |= novelty(case)
    case.pop("note", None)
    picked.append(case)
for case in cases:
    if len(picked) >= MOST:
        break
    if case not in picked:
        picked.append(case)

TARGET.parent.mkdir(parents=True, exist_ok=True)
TARGET.write_text(json.dumps({"reference": "OSQP 1.x, direct solver", "cases": picked}, separators=(",", ":")) + "\n")
print(TARGET.relative_to(ROOT), len(picked), "cases", TARGET.stat().st_size, "bytes")

SEQUENCES = SOURCE.with_name("raw-sequences.json")
CARRIED = ("matrix-updates", "infeasible-then-repaired")
sequences = [s for s in json.loads(SEQUENCES.read_text())["sequences"] if s["name"] in CARRIED]
TARGET = TARGET.with_name("qp-sequences.json")
TARGET.write_text(json.dumps({"reference": "OSQP 1.x, direct solver", "sequences": sequences}, separators=(",", ":")) + "\n")
print(TARGET.relative_to(ROOT), len(sequences), "sequences", TARGET.stat().st_size, "bytes")
