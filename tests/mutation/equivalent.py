"""The mutants that take no check out: the same is allowed and refused without them.

Each by module and words, with the reason. One that no mutant bears fails the tests.
"""

EQUIVALENT = {
    "editorial/identity.py has_app: False for return "
    "_factors(user).filter(type=APP).exists()": "chooses a sentence of one screen",
    "editorial/desk/people/person.py always credentials.may(by)": "the screen is for "
    "editors and superusers alone, and these are who may",
    "editorial/desk/review/timeline.py without roles.require(by, 'restore')": "the "
    "verb asks the same of the same person; before it stands only whether this very "
    "press was done already",
    "conditions/browsing.py never Http404 if byline is None": "a slug that no reviewer "
    "has, no edition names either: the count that follows answers the same 404",
}
