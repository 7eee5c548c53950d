"""Asks the real server all that the API's OpenAPI document allows, and does not.

By schemathesis, in all its phases: examples, limits of each parameter, chance, and one
answer leading to the next question. EXAMPLES says how many of each.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.serving import demonstration

SCHEMATHESIS = Path(sys.executable).with_name("st")


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        # How often one may ask is not what is asked here.
        demonstration(Path(folder), API_REQUESTS_A_MINUTE="1000000") as site,
    ):
        command = [
            SCHEMATHESIS,
            "run",
            f"{site.address}/api/v1/openapi.json",
            f"--max-examples={os.environ.get('EXAMPLES', '30')}",
            "--generation-database=none",
            "--continue-on-failure",
        ]
        return subprocess.run(command, check=False, cwd=folder).returncode


if __name__ == "__main__":
    sys.exit(main())
