"""Checks what a site hands out about its signed pages. Offline; needs Python alone.

    python3 verify.py proof.json      one edition; a page's review.json too
    python3 verify.py evidence.zip    a page: every edition, signature and act
    python3 verify.py FILE ROOT       and that the log has the root that you have

Exit code 0 when all agrees; files of a log that was rebuilt do too: keep its root.
"""

import difflib
import hashlib
import json
import sys
import zipfile
from pathlib import Path


def need(true, why):
    if not true:
        raise ValueError(why)


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode())


def raw(digits):
    need(digits == bytes.fromhex(digits).hex(), "what stands for a hash is none")
    return bytes.fromhex(digits)


def fold(place, last, start, path):
    """Climb two trees at once, as RFC 9162 does in 2.1.3.2 and 2.1.4.2."""
    small = large = start
    for other in map(raw, path):
        need(last, "a path is too long")
        if place % 2 or place == last:
            small = sha256(b"\x01" + other + small).digest()
            large = sha256(b"\x01" + other + large).digest()
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            large = sha256(b"\x01" + large + other).digest()
        place, last = place >> 1, last >> 1
    need(not last, "a path is too short")
    return small.hex(), large.hex()


def root_above(number, size, entry, path):
    need(type(number) is type(size) is int and 1 <= number <= size, "no such entry")
    leaf = sha256(b"\x00" + entry.encode()).digest()
    return fold(number - 1, size - 1, leaf, path)[1]


def goes_on(old, old_root, size, root, proof):
    """Whether a log that had one root went on to have the other."""
    if old in (0, size):
        return not proof and old_root == (root if old else sha256("").hexdigest())
    proof = proof if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    return fold(place, last, raw(proof[0]), proof[1:]) == (old_root, root)


def edition(proof):
    """Check one edition, from its text to the root of the log; return its record."""
    log, record = proof["log"], json.loads(proof["record_text"])
    entry = json.loads(log["entry"])
    for name in ("content", "record"):
        hashes = {proof[f"{name}_sha256"], entry["facts"][f"{name}_sha256"]}
        digest = sha256(proof[f"{name}_text"]).hexdigest()
        need(hashes == {digest}, f"the {name} is not what was signed")
    need(record["content_sha256"] == proof["content_sha256"], "signed for other words")
    place = (1, record["address"], record["edition"], entry["number"])
    told = (proof["schema"], proof["address"], proof["edition"], log["number"])
    need(repr(told) == repr(place), "signed for another page, or another number")
    root = root_above(log["number"], log["size"], log["entry"], log["path"])
    need(root == log["root"], "the log does not hold this edition")
    return record


def entries(text, head):
    """Check each entry of the log and the row with it; return both, in order."""
    seen, rows = {}, {}
    for line in map(json.loads, text.split("\n")):
        entry, row = json.loads(line["entry"]), json.loads(line["row"] or "{}")
        number, name = entry["number"], entry["row"]
        root = root_above(number, head["size"], line["entry"], line["path"])
        need(root == head["root"], f"the log does not hold entry {number}")
        need(number > next(reversed(seen), 0), f"entry {number} is out of order")
        seen[number] = line["entry"]
        if row:
            whole = sha256(line["row"]).hexdigest() == entry["sha256"]
            need(whole, f"{name} was altered")
            rows.setdefault(name.split(":")[0], []).append(row)
        known = (number - 1, row.get("root"), head["size"], head["root"])
        there = goes_on(*known, line["before"]) if known[1] else line["before"] == []
        need(there, f"{name} names a root that never was")
    return seen, rows


def evidence(files):
    """Check a page's whole evidence; return its records and the head of the log."""
    head, records, before = json.loads(files.pop("head.json")), [], None
    seen, rows = entries(files.pop("log.jsonl").decode(), head)
    given = [json.loads(row["signature"]) for row in rows["editorial_signoff"]]
    for number, row in enumerate(rows["conditions_edition"], 1):
        proof = json.loads(files.pop(f"editions/{number}.json"))
        records, log = [*records, edition(proof)], proof["log"]
        need(number == row["number"] == proof["edition"], "an edition is missing")
        need(log["entry"] in seen.values(), f"the log has another {number}")
        need(all(one in given for one in records[-1]["signatures"]), "not signed so")
        known = (log["size"], log["root"], head["size"], head["root"])
        need(goes_on(*known, proof["consistency"]), "the log was written anew")
        content = json.loads(proof["content_text"])
        words = [*content["short_answer"].split("\n"), *content["body"].split("\n")]
        if before is not None:
            diff = "\n".join(difflib.unified_diff(before, words, lineterm=""))
            told = files.pop(f"changes/{number}.diff").decode()
            need(told == diff, f"edition {number} changed something else")
        before = words
    acts = [row["number"] for row in rows.get("conditions_publication", [])]
    need(acts == [*range(1, len(acts) + 1)], "a publication is missing")
    need(set(files) <= {"README.txt", "verify.py"}, f"strange files: {sorted(files)}")
    return records, head


def main(path, root=None):
    try:
        if zipfile.is_zipfile(path):
            archive = zipfile.ZipFile(path)
            names = archive.namelist()
            need(len(set(names)) == len(names), "a file is there twice")
            found = evidence({name: archive.read(name) for name in names})
        else:
            proof = json.loads(Path(path).read_text("utf-8"))
            found = [edition(proof)], proof["log"]
        need(root in (None, found[1]["root"]), "the log has another root than yours")
    except Exception as error:  # whatever is wrong with a file, it is not verified
        sys.exit(f"NOT VERIFIED: {type(error).__name__}: {error}")
    for one in found[0]:
        names = ", ".join(signature["name"] for signature in one["signatures"])
        print(f"Edition {one['edition']} of {one['address']}, signed by {names}.")
    print(f"All agrees. Root of the log of {found[1]['size']}:\n{found[1]['root']}")


if __name__ == "__main__":
    main(*sys.argv[1:]) if len(sys.argv) in (2, 3) else sys.exit(__doc__)
