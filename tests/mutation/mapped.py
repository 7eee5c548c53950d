"""Which tests are to kill the mutants of a module: few, the quickest first.

A module without a line here has the tests that bear its own name.
"""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
E, D, C = "tests/editorial/", "tests/editorial/desk/", "tests/conditions/"
MATRIX = "tests/matrix/test_every_address.py"
TELLS = "tests/matrix/test_tells_nothing.py"
MOVES = f"{E}test_move_matrix.py"
VERBS = (
    f"{E}test_verbs_refuse.py",
    f"{E}test_workflow.py",
    f"{E}test_writing.py",
    f"{E}test_begun.py",
    f"{E}test_publishing.py",
)
SIGNS = (
    f"{E}test_signoff.py",
    f"{E}test_four_eyes.py",
    f"{E}test_second_signature.py",
)
REASONS = (f"{E}test_reasons.py", f"{E}test_reasons_signed.py")
PEOPLE = (f"{D}test_people.py", f"{D}test_twice_people.py")
ENTRANCE = (
    f"{D}test_entrance.py",
    f"{D}test_own_account.py",
    f"{D}test_forgotten.py",
    f"{D}test_throttling.py",
)
SECOND_FACTOR = (f"{E}test_identity.py", f"{D}test_signing_twofold.py")
SAYS = tuple(
    f"{E}comments/test_{name}.py"
    for name in (
        "anchors",
        "threads",
        "commenting",
        "adopting",
        "marking",
        "screens",
        "many",
    )
)
ENTRIES = (f"{D}test_catalogue.py", f"{D}test_cited.py")

MAPPED = {
    "conditions/answers.py": (f"{C}test_answers.py", f"{C}test_search_page.py"),
    "conditions/browsing.py": (
        f"{C}test_browsing.py",
        f"{C}test_reading.py",
        f"{C}test_listing.py",
        f"{C}test_answers.py",
    ),
    "conditions/models/editions.py": (f"{C}test_altered_rows.py",),
    "conditions/reading.py": (f"{C}test_altered_rows.py", f"{C}test_reading.py"),
    "editorial/accounts.py": (
        f"{E}test_accounts.py",
        f"{E}test_invitations.py",
        *PEOPLE,
    ),
    "editorial/adopting.py": SAYS,
    "editorial/backups": (f"{E}test_backups.py",),
    "editorial/backups/wholeness.py": (
        f"{E}test_backups.py",
        f"{E}test_restored.py",
        f"{E}test_copied_heads.py",
    ),
    "editorial/catalogue.py": (
        f"{E}test_catalogue.py",
        f"{D}test_catalogue.py",
        f"{E}test_limits.py",
    ),
    "editorial/commenting.py": SAYS,
    "editorial/credentials.py": (f"{E}test_credentials.py", *PEOPLE),
    "editorial/desk/catalogue": ENTRIES,
    "editorial/desk/catalogue/left_behind.py": (f"{D}test_left_behind.py",),
    "editorial/desk/coverage.py": (f"{D}test_coverage.py", f"{D}test_summary_rows.py"),
    "editorial/desk/frame.py": (f"{D}test_timeline.py", TELLS),
    "editorial/desk/held.py": (f"{D}test_held.py", f"{D}test_stale.py"),
    "editorial/desk/listing.py": (f"{D}test_catalogue.py",),
    "editorial/desk/people": (*PEOPLE, f"{D}test_handing_over.py"),
    "editorial/desk/people/adapters.py": (f"{D}test_entrance.py",),
    "editorial/desk/people/entrance_forms.py": (f"{D}test_entrance_forms.py",),
    "editorial/desk/people/own_account.py": (f"{D}test_own_account.py",),
    "editorial/desk/readers": (f"{D}test_readers_reports.py",),
    "editorial/desk/review/due_again.py": (f"{D}test_signing_screen.py",),
    "editorial/desk/review/signing.py": (
        f"{D}test_signing_screen.py",
        f"{D}test_signing_twofold.py",
    ),
    "editorial/desk/review/comments.py": SAYS,
    "editorial/desk/review/move_forms.py": (
        f"{D}test_move_forms.py",
        f"{D}test_moves.py",
    ),
    "editorial/desk/site.py": (f"{D}test_site.py",),
    "editorial/desk/summaries.py": (f"{D}test_site.py", f"{D}test_writing.py"),
    "editorial/desk/text/typed.py": (
        f"{D}test_live.py",
        f"{D}test_writing.py",
    ),
    "editorial/desk/text/writing.py": (f"{D}test_writing.py", f"{D}test_stale.py"),
    "editorial/desk/text/kept.py": (
        f"{D}test_kept.py",
        f"{D}test_kept_addresses.py",
    ),
    "editorial/four_eyes.py": (
        *(*SIGNS[::-1], f"{E}test_handing_over.py"),
        f"{E}comments/test_threads.py",
    ),
    "editorial/identity.py": (*SECOND_FACTOR, *ENTRANCE),
    "editorial/models/people.py": (f"{E}test_credentials.py", f"{E}test_signoff.py"),
    "editorial/preflight.py": (f"{E}test_preflight.py", *VERBS, f"{E}test_rules.py"),
    "editorial/publishing.py": (
        f"{E}test_not_published.py",
        f"{E}test_verbs_refuse.py",
        f"{E}test_publishing.py",
        MOVES,
    ),
    "editorial/roles.py": (f"{E}test_roles.py", f"{E}test_handing_over.py", MOVES),
    "editorial/reasons.py": REASONS,
    "editorial/rules.py": (
        f"{E}test_rules.py",
        *(MOVES, *SIGNS, *VERBS, *REASONS),
        f"{E}comments/test_threads.py",
        f"{E}test_handing_over.py",
    ),
    "editorial/settings.py": (
        f"{E}test_front_door.py",
        f"{C}test_headers.py",
        f"{E}test_logs.py",
    ),
    "editorial/signoff.py": (*SIGNS, MOVES, f"{E}test_reading.py"),
    "editorial/statement.py": (f"{E}test_signoff.py",),
    "editorial/states.py": (MOVES,),
    "editorial/verifying": (f"{E}test_verify.py", f"{E}test_verify_altered.py"),
    "editorial/verifying/four_eyes.py": (f"{E}test_verify_four_eyes.py",),
    "editorial/demands.py": (f"{E}test_limits.py", *VERBS),
    "editorial/workflow.py": (
        f"{E}test_limits.py",
        f"{E}test_accounts.py",
        *VERBS,
        MOVES,
        f"{E}test_handing_over.py",
        f"{E}test_sending_back.py",
        f"{D}test_wanted.py",
    ),
    "editorial/handing_over.py": (f"{E}test_accounts.py", f"{E}test_handing_over.py"),
    "editorial/invitations.py": (
        f"{E}test_accounts.py",
        f"{E}test_invitations.py",
        *PEOPLE,
    ),
    "editorial/writing.py": (
        *(*VERBS, MOVES, f"{E}test_merging.py"),
        f"{E}test_limits.py",
    ),
}
# What the table is asked besides, for each room: the lines whose address has this.
ASKED = {
    "editorial/desk/catalogue/left_behind.py": "left-behind",
    "editorial/desk/catalogue": "admin/conditions/",
    "editorial/desk/people/own_account.py": "accounts/",
    "editorial/desk/people": "editorial/user/|accounts/",
    "editorial/desk/review": "summary/.*(?:moves|review|history)",
    "editorial/desk/text": "summary/.*(?:change|kept|live|citing|add)/",
    "editorial/desk": "^admin/(?!conditions)",
    "editorial/health.py": "healthz|readyz",
    "editorial/settings.py": "healthz|^admin/$|accounts/",
    "conditions": "^conditions/|reviewers/",
}


def killers_of(path: str) -> tuple[str, ...]:
    """Return the test files of a module, as pytest takes them."""
    found = MAPPED.get(path) or _of_room(path) or _of_name(path)
    return tuple(dict.fromkeys((*found, MATRIX) if cells_of(path) else found))


def cells_of(path: str) -> str:
    """Return the words of CELLS for a module, or "" where the table is not asked."""
    rooms = (room for room in ASKED if path == room or path.startswith(f"{room}/"))
    return ASKED.get(next(rooms, ""), "")


def _of_room(path: str) -> tuple[str, ...]:
    rooms = [room for room in MAPPED if path.startswith(f"{room}/")]
    own = [one for one in _of_name(path) if rooms]
    return (*own, *MAPPED[max(rooms, key=len)]) if rooms else ()


def _of_name(path: str) -> tuple[str, ...]:
    name = f"test_{Path(path).stem}.py"
    found = (there.relative_to(ROOT) for there in sorted((ROOT / "tests").rglob(name)))
    return tuple(str(there) for there in found if "browser" not in there.parts)
