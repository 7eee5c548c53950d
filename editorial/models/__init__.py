"""The newsroom's tables: people, working summaries, and what was signed of them."""

from editorial.models.cache import CacheEntry
from editorial.models.commenting import ActKind, Comment, CommentAct, Field
from editorial.models.log import LogEntry
from editorial.models.mailing import Digest, Job, Kind, Mail, MailChoice
from editorial.models.people import ReviewerAccount, User
from editorial.models.reports import Decision, Triage
from editorial.models.signing import (
    AlteredEdition,
    ChangeType,
    LostText,
    Reading,
    RefusedSigning,
    Schedule,
    SigningAttempt,
    SignOff,
    WrittenReason,
)
from editorial.models.summary import Drafting, Summary

__all__ = (
    "ActKind",
    "AlteredEdition",
    "CacheEntry",
    "ChangeType",
    "Comment",
    "CommentAct",
    "Decision",
    "Digest",
    "Drafting",
    "Field",
    "Job",
    "Kind",
    "LogEntry",
    "LostText",
    "Mail",
    "MailChoice",
    "Reading",
    "RefusedSigning",
    "ReviewerAccount",
    "Schedule",
    "SignOff",
    "SigningAttempt",
    "Summary",
    "Triage",
    "User",
    "WrittenReason",
)
