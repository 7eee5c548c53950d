"""The mutants that no test can miss: without them, everything answers as before.

Each by module and words, with the reason. One that no mutant bears fails the tests.
"""

EQUIVALENT: dict[str, str] = {}
