"""The declared table: a line for each address. A new one gets its line here."""

from tests.matrix.tables import accounts, catalogue, people, public, summaries

ROWS = [
    *public.ROWS,
    *accounts.ROWS,
    *summaries.ROWS,
    *catalogue.ROWS,
    *people.ROWS,
]
