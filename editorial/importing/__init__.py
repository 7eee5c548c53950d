"""Drafts from files, through the same gate as a person's."""

from editorial.importing.draft import Draft, ImportProblem
from editorial.importing.files import read
from editorial.importing.run import Kind, Outcome, Run, bring_in

__all__ = ("Draft", "ImportProblem", "Kind", "Outcome", "Run", "bring_in", "read")
