"""Prints as many pages as asked, each a copy of one, to see what a full table costs.

    python -m tests.benchmarks.more_printed /conditions/a/b/ 100000

None is worth anything at its address: each was sealed for that of the first.
"""

import os
import sys

AT_A_TIME = 1_000


def main(address, pages):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "editorial.settings")
    django.setup()
    from conditions.models import Printed

    values = Printed.objects.filter(pk=address).values().get()
    for first in range(0, pages, AT_A_TIME):
        Printed.objects.bulk_create(
            Printed(**values | {"address": f"/conditions/a-{number:06}/b/"})
            for number in range(first, min(first + AT_A_TIME, pages))
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
