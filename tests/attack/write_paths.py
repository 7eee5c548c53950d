"""Every way to write a text that was tried on django-simple-history, and how it ends.

There a dozen were recorded right; the rest left none, a false one, or one rewritten.
"""

from tests.attack.paths_of_entries import OF_ENTRIES
from tests.attack.paths_of_the_desk import OF_THE_DESK
from tests.attack.paths_past_the_verbs import PAST_THE_VERBS
from tests.attack.paths_that_are_not import THAT_ARE_NOT

WAYS = (*PAST_THE_VERBS, *OF_THE_DESK, *THAT_ARE_NOT, *OF_ENTRIES)
