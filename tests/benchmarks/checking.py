"""How long preflight looks at a text of 1,500 words, and at the longest: make bench."""

import os
import statistics
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
ROUNDS = 20
WORDS = 1_500


def main():
    import django

    django.setup()
    from conditions import markup

    words = long_text(WORDS)
    for name, body in (("1,500 words", words), ("the longest", longest(words))):
        times = [seconds(body) for _ in range(ROUNDS if body == words else 3)]
        print(
            f"preflight of {name} ({len(body):,} characters): median "
            f"{1000 * statistics.median(times):.0f} ms, "
            f"{1000 * min(times):.0f} to {1000 * max(times):.0f}"
        )
    assert len(longest(words)) <= markup.LONGEST


def long_text(words):
    """Return so many words of good writing, each part once."""
    parts, count = [], 0
    for path in sorted(Path("tests/good_writing/texts").glob("*.md")):
        for part in path.read_text().split("---\n", 2)[2].split("\n\n"):
            if count < words:
                parts.append(part)
                count += len(part.split())
    return "\n\n".join(parts)


def longest(words):
    from conditions import markup

    return "\n\n".join([words] * (markup.LONGEST // (len(words) + 2)))


def seconds(body):
    from editorial import preflight
    from editorial.checks.ruleset import rules
    from tests.editorial.checks.building import text

    began = time.perf_counter()
    preflight.look(text(body=body), rules())
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
