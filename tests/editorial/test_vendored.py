"""What others wrote and we ship is what the record beside it says."""

import base64
import hashlib
import json
import re

from editorial.environment import BASE_DIR

VENDOR = BASE_DIR / "editorial" / "static" / "editorial" / "vendor"
RECORD = "vendored.json"
RECORDS = json.loads((VENDOR / RECORD).read_text())


def test_every_vendored_file_is_recorded():
    recorded = {RECORD, *RECORDS, *(r["licence_file"] for r in RECORDS.values())}

    assert {path.name for path in VENDOR.iterdir()} == recorded


def test_a_vendored_file_is_the_one_that_was_published():
    for name, record in RECORDS.items():
        digest = hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()

        assert digest == record["sha256"]


def test_a_record_names_package_version_and_place():
    for record in RECORDS.values():
        algorithm, digest = record["integrity"].split("-", 1)

        assert re.fullmatch(r"\d+\.\d+\.\d+", record["version"])
        assert record["registry"] == "npm"
        assert record["package"]
        assert record["member"]
        assert algorithm == "sha512"
        assert len(base64.b64decode(digest)) == 64


def test_the_licence_is_shipped_with_the_file():
    for record in RECORDS.values():
        licence = (VENDOR / record["licence_file"]).read_text()

        assert record["licence"] == "MIT"
        assert licence.startswith("Copyright (c) ")
        assert "Permission is hereby granted, free of charge" in licence


def test_no_vendored_file_leads_anywhere_else():
    for name in RECORDS:
        source = (VENDOR / name).read_text()

        assert not re.search(r"sourceMappingURL|https?://\w|\bimport\b", source)
