"""The mutants that take no check out: the same is allowed and refused without them.

Each by module and words, with the reason. One that no mutant bears fails the tests.
"""

EQUIVALENT = {
    "editorial/identity.py has_app: False for return "
    "_factors(user).filter(type=APP).exists()": "chooses a sentence of one screen",
    "conditions/browsing.py never Http404 if byline is None": "a slug that no reviewer "
    "has, no edition names either: the count that follows answers the same 404",
}
