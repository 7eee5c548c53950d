"""PostgreSQL's own programs: found, no older than the server, and run; no other is."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping

from editorial.backups.files import Refused


def run(
    program: str, *options: str, server: int, environment: Mapping[str, str]
) -> None:
    """Run a program against a server of that version; raise Refused where it fails."""
    ran = subprocess.run(
        [_found(program, server), *options],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    if ran.returncode:
        raise Refused(f"{program} failed: {_first_error(ran.stderr)}")


def _found(program: str, server: int) -> str:
    found = shutil.which(program)
    how = f"Install postgresql-client-{server}, or put the folder of {program} on PATH."
    if not found:
        raise Refused(f"{program} is not here. {how}")
    if (theirs := _major(found)) < server:
        raise Refused(
            f"{program} {theirs} is older than the server, which is {server}. {how}"
        )
    return found


def _major(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True)
    number = re.search(r"\d+", said.stdout)
    return int(number[0]) if number else 0


def _first_error(said: str) -> str:
    """Return the first line that tells of an error; further ones may quote a row."""
    lines = [line.strip() for line in said.splitlines() if "error:" in line]
    return (lines or ["it does not say why."])[0]
