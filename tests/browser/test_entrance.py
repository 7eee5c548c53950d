"""Login, second factor and signing with it, in a real browser and with a passkey."""

import pytest

from tests.browser.looking import COLOURS, barriers, overflow
from tests.browser.serving import demonstration
from tests.browser.ticking import tick_all
from tests.browser.visiting import Visitor, password_of
from tests.factors import code

# WebAuthn knows no number for a site's name.
HOST = "localhost"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A site that requires a second factor, as a public one does."""
    folder = tmp_path_factory.mktemp("guarded")
    with demonstration(folder, HOST, REQUIRE_SECOND_FACTOR="on") as site:
        yield site


@pytest.fixture
def come(browser, guarded):
    """Makes visitors of it; none may meet a fault."""
    visitors = []

    def come(**options):
        context = browser.new_context(base_url=guarded.address, **options)
        context.set_default_timeout(10_000)
        visitors.append(Visitor(context.new_page(), guarded.address))
        return visitors[-1]

    yield come
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        visitor.page.context.close()
    assert faults == []


def log_in(visitor, username):
    visitor.open("/admin/login/?next=/admin/")
    visitor.fill("Username", username)
    visitor.fill("Password", password_of(username))
    visitor.press("Log in")


def path(visitor):
    return visitor.page.evaluate("location.pathname")


def log_out(visitor):
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.press("Log out")


def open_to_everybody(visitor, name):
    assert overflow(visitor.page, 390) == 0
    assert overflow(visitor.page, 320) == 0
    assert barriers(visitor, name) == []
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.page.emulate_media(color_scheme=COLOURS[0])
    visitor.listening = True


def set_up_app(visitor):
    """Follow the page; return the key and the recovery codes."""
    visitor.open("/accounts/app/")
    open_to_everybody(visitor, "app")
    key = visitor.page.locator("code.key").inner_text().replace(" ", "")
    picture = visitor.page.locator("img.scan")
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    visitor.fill("The code that the app shows", code(key))
    visitor.press("Set it up")
    return key, visitor.page.locator(".codes code").all_inner_texts()


def give_passkey(visitor):
    """A telephone that says yes, and its passkey on the account."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    visitor.open("/accounts/passkeys/add/")
    open_to_everybody(visitor, "passkey-add")
    visitor.fill("A name to know it by", "My telephone")
    visitor.press("Make the passkey")
    return session


def fill_in(visitor, username):
    """Say all that a sign-off asks for, but for what shows who it is."""
    page = visitor.page
    kind = page.get_by_label("What kind of change is it?")
    if kind.count():
        kind.select_option(index=1)
        visitor.fill("What changed, for readers", "Added what is new since then.")
    page.get_by_label("None", exact=True).check()
    visitor.fill("Your password", password_of(username))


def number(guarded, name):
    return f"/admin/editorial/summary/{guarded.numbers()[name]}/review/"


def test_a_writer_needs_no_second_factor(come):
    writer = come()
    log_in(writer, "writer")

    assert path(writer) == "/admin/"
    writer.follow("Your account")
    open_to_everybody(writer, "account")
    writer.follow("Where you are logged in")
    open_to_everybody(writer, "sessions")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_too_many_tries_are_told_in_a_sentence(come, scripts):
    stranger = come(java_script_enabled=scripts)
    for _ in range(6):
        stranger.open("/accounts/login/")
        stranger.fill("Username", "writer2")
        stranger.fill("Password", "not this")
        stranger.press("Log in")

    assert stranger.sees("Too many tries. Wait 15 minutes")
    if scripts:
        open_to_everybody(stranger, "login-throttled")


def test_an_app_comes_before_the_desk_and_signs_with_it(come, guarded):
    reviewer = come()
    log_in(reviewer, "reviewer")
    assert reviewer.sees("Your role needs a second factor")
    open_to_everybody(reviewer, "account-must")
    reviewer.page.goto("/admin/")
    assert path(reviewer) == "/accounts/"

    key, spare = set_up_app(reviewer)
    open_to_everybody(reviewer, "recovery-codes")
    reviewer.open(number(guarded, "poh-treatment"))
    tick_all(reviewer)
    fill_in(reviewer, "reviewer")
    reviewer.press("Sign and publish")
    assert reviewer.sees("Type a code, or use your passkey where you have one.")
    open_to_everybody(reviewer, "sign-off-without-code")
    fill_in(reviewer, "reviewer")
    reviewer.fill("A code from your app, or a recovery code", spare[0])
    reviewer.press("Sign and publish")
    assert reviewer.sees("is live now")

    log_out(reviewer)
    log_in(reviewer, "reviewer")
    assert path(reviewer) == "/accounts/second-step/"
    open_to_everybody(reviewer, "second-step")
    reviewer.fill("Code", code(key, later=1))
    reviewer.press("Log in")
    assert path(reviewer) == "/admin/"


def test_a_recovery_code_lets_in_without_scripts(come):
    editor = come(java_script_enabled=False)
    log_in(editor, "editor")
    editor.follow("Set up the app")
    key = editor.page.locator("code.key").inner_text().replace(" ", "")
    editor.fill("The code that the app shows", code(key))
    editor.press("Set it up")
    spare = editor.page.locator(".codes code").all_inner_texts()
    editor.press("Log out")

    log_in(editor, "editor")
    editor.fill("Code", spare[0])
    editor.press("Log in")

    assert editor.page.title().startswith("What waits for you")


def test_a_passkey_signs_and_logs_in(come, guarded):
    reviewer = come()
    log_in(reviewer, "reviewer2")
    give_passkey(reviewer)
    assert reviewer.sees("Your passkey is added.")
    reviewer.open(number(guarded, "fop-what-to-avoid"))
    tick_all(reviewer)
    fill_in(reviewer, "reviewer2")
    reviewer.page.get_by_role("button", name="Use your passkey").click()
    said = "Your passkey has answered. Go on below."
    reviewer.page.get_by_role("status").get_by_text(said).wait_for()
    open_to_everybody(reviewer, "sign-off-with-passkey")

    reviewer.page.locator("#sign-off button[type=submit]").first.click()
    reviewer.page.get_by_text("Signed").first.wait_for()
    log_out(reviewer)
    log_in(reviewer, "reviewer2")
    open_to_everybody(reviewer, "second-step-passkey")
    reviewer.press("Use your passkey")

    assert path(reviewer) == "/admin/"


def test_a_passkey_says_so_where_it_cannot_work(come):
    people = come()
    log_in(people, "people")
    session = give_passkey(people)
    session.send("WebAuthn.disable")
    log_out(people)
    plain = come(java_script_enabled=False)
    log_in(plain, "people")

    assert plain.sees("A passkey needs JavaScript, which is off here.")
    assert plain.page.get_by_role("button", name="Use your passkey").count() == 0
