"""Nothing that was typed is lost: a closed tab, a new day, a login that lapsed."""

import json

import pytest

from tests.browser.looking import barriers, overflow
from tests.browser.visiting import password_of

WORDS = "Bone forms in the skin first, and deeper later."
OTHER = "Words of the other tab."
NOT_SAVED = "Not saved yet; kept in this browser since"


def short(visitor):
    return visitor.page.get_by_label("Short answer", exact=True)


def write(visitor, words, label="Short answer"):
    """Type, and wait until the browser says that it is kept."""
    visitor.fill(label, words)
    visitor.page.locator("[data-standing]", has_text=NOT_SAVED).wait_for()


def offered(visitor):
    return visitor.page.locator(".kept-here > div").count()


def put_back(visitor):
    visitor.page.get_by_role("button", name="Put it back").first.click()


def throw_away(visitor):
    while offered(visitor) and visitor.page.get_by_text("Throw it away").count():
        visitor.page.get_by_role("button", name="Throw it away").first.click()


def stored(visitor):
    return json.loads(visitor.page.evaluate("JSON.stringify({...localStorage})"))


def come_back(visitor, username):
    """Log in at the door that holds what was sent, and go on."""
    assert visitor.sees("You were logged out. Nothing is lost")
    visitor.fill("Username", username)
    visitor.fill("Password", password_of(username))
    visitor.press("Log in")
    assert visitor.sees("You are logged in again.")
    visitor.press("Go on")


def test_closed_tab_gives_back_what_was_typed(person, open_text):
    tab = person("writer")
    tab.open(open_text)
    write(tab, WORDS)
    again = tab.new_tab()
    tab.page.close()

    again.open(open_text)
    assert again.sees("and did not save it.")
    assert overflow(again.page, 390) == 0
    assert barriers(again, "kept-typing") == []
    put_back(again)
    assert short(again).input_value() == WORDS
    again.press("Save")

    assert again.sees("Saved.")
    again.open(open_text)
    assert (offered(again), stored(again)) == (0, {})


def test_restart_and_a_new_login_give_back_what_was_typed(person, arrive, open_text):
    yesterday = person("writer")
    yesterday.open(open_text)
    write(yesterday, f"{WORDS} Yesterday.")
    disk = yesterday.page.context.storage_state()
    yesterday.page.context.close()

    today = arrive(storage_state={**disk, "cookies": []})
    today.log_in("writer")
    today.open(open_text)
    put_back(today)

    assert short(today).input_value() == f"{WORDS} Yesterday."


def test_colleague_at_the_same_browser_is_not_offered_it(person, open_text):
    visitor = person("writer")
    visitor.open(open_text)
    write(visitor, f"{WORDS} Of one writer.")
    visitor.page.goto("about:blank")  # or its preview is asked for without a login
    visitor.page.context.clear_cookies()
    visitor.log_in("writer2")

    visitor.open(open_text)

    assert offered(visitor) == 0
    assert len(stored(visitor)) == 1


def test_text_saved_meanwhile_by_somebody_is_merged(person, open_text):
    tab, colleague = person("writer"), person("writer2")
    tab.open(open_text)
    write(tab, "Typed while a colleague saved.")
    colleague.open(open_text)
    colleague.fill("Short answer", "Saved by a colleague.")
    colleague.press("Save")

    tab.open(open_text)
    assert tab.sees("Something was saved here since.")
    put_back(tab)
    tab.press("Save")

    assert tab.page.title().startswith("Not saved: ")
    assert tab.page.get_by_role("radio").count() > 0
    for words in ("Typed while a colleague saved.", "Saved by a colleague."):
        assert tab.sees(words)
    assert stored(tab) == {}  # the desk has it now


def test_two_tabs_destroy_nothing_of_each_other(person, open_text):
    one = person("writer")
    two = one.new_tab()
    for tab, words in ((one, WORDS), (two, OTHER)):
        tab.open(open_text)
        write(tab, f"{words} In a tab of two.")
    three = one.new_tab()
    one.page.close()
    two.page.close()

    three.open(open_text)
    assert offered(three) == 2
    put_back(three)
    put_back(three)

    assert short(three).input_value() == f"{WORDS} In a tab of two."
    three.page.locator(".kept-here").get_by_text("Look at it").last.click()
    assert three.page.get_by_text(f"{OTHER} In a tab of two.").last.is_visible()


def test_preview_is_kept_too_when_the_tab_is_closed(person, open_text):
    tab = person("writer")
    tab.open(open_text)
    tab.fill("Short answer", f"{WORDS} Previewed.")
    tab.press("Preview")
    again = tab.new_tab()
    tab.page.close()

    again.open(open_text)
    put_back(again)

    assert short(again).input_value() == f"{WORDS} Previewed."


def test_form_left_untouched_keeps_nothing(person, open_text, summaries):
    visitor = person("writer")
    for address in (open_text, f"{summaries['poh-causes']}/moves/submit_for_review/"):
        visitor.open(address)
    visitor.open("/admin/")

    assert stored(visitor) == {}


def test_sign_off_keeps_words_and_never_a_password(person, summaries):
    reviewer = person("reviewer")
    address = f"{summaries['fop-what-to-avoid']}/review/"
    reviewer.open(address)
    reviewer.page.get_by_label("I declare", exact=True).check()
    reviewer.fill("Your password", "not for any store")
    write(reviewer, "A talk, paid for.", "The interests that you declare")

    assert "not for any store" not in str(stored(reviewer))
    reviewer.open(address)
    put_back(reviewer)

    declared = reviewer.page.get_by_label("The interests that you declare")
    assert declared.input_value() == "A talk, paid for."
    assert reviewer.page.get_by_label("I declare", exact=True).is_checked()


def test_thrown_away_is_gone(person, summaries):
    reviewer = person("reviewer")
    address = f"{summaries['fop-what-to-avoid']}/moves/request_changes/"
    reviewer.open(address)
    write(reviewer, "Cite the registry.", "What must change?")
    reviewer.open(address)

    throw_away(reviewer)

    assert reviewer.sees("Thrown away.")
    reviewer.open(address)
    assert (offered(reviewer), stored(reviewer)) == (0, {})


def test_browser_that_keeps_nothing_says_so(person, open_text):
    visitor = person("writer")
    visitor.page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full') }"
    )
    visitor.open(open_text)

    visitor.fill("Short answer", WORDS)

    visitor.page.get_by_text("this browser cannot keep it").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_lapsed_login_gives_back_what_was_sent(arrive, open_text, scripts):
    writer = arrive(java_script_enabled=scripts)
    writer.log_in("writer")
    writer.open(open_text)
    writer.fill("Short answer", f"{WORDS} Lapsed {scripts}.")
    writer.page.context.clear_cookies(name="session")

    writer.press("Save")
    come_back(writer, "writer")

    assert short(writer).input_value() == f"{WORDS} Lapsed {scripts}."
    writer.press("Save")
    assert writer.sees("Saved.")
    if scripts:
        assert stored(writer) == {}


def test_door_that_holds_a_text_is_open_to_everybody(person, open_text):
    writer = person("writer")
    writer.open(open_text)
    writer.fill("Short answer", WORDS)
    writer.page.context.clear_cookies(name="session")

    writer.press("Save")
    assert overflow(writer.page, 390) == 0
    assert barriers(writer, "login-that-holds") == []
    writer.fill("Username", "writer")
    writer.fill("Password", password_of("writer"))
    writer.press("Log in")

    assert overflow(writer.page, 390) == 0
    assert barriers(writer, "go-on") == []


def test_page_older_than_the_login_goes_on(arrive, open_text):
    old = arrive()
    old.log_in("writer")
    old.open(open_text)
    tab = old.new_tab()
    tab.open("/admin/")
    tab.press("Log out")
    assert tab.sees("What you saved is kept at the desk.")
    tab.log_in("writer")

    old.listening = False  # the preview is refused, and says so
    old.fill("Short answer", f"{WORDS} Older.")
    old.page.get_by_text("Your login or your role has changed").wait_for()
    old.listening = True
    old.press("Save")
    assert old.sees("older than your login")
    old.press("Go on")

    assert short(old).input_value() == f"{WORDS} Older."


def test_log_out_says_that_unsaved_words_stay(person, arrive, open_text):
    visitor = arrive()
    visitor.log_in("writer")
    visitor.open(open_text)
    write(visitor, WORDS + " Left.")

    visitor.press("Log out")

    assert visitor.sees("kept in this browser, and offered to you")
    assert barriers(visitor, "logged-out") == []


def test_colleague_who_goes_on_at_the_door_throws_nothing_of_another_away(
    arrive, open_text
):
    visitor = arrive()
    visitor.log_in("writer")
    visitor.open(open_text)
    write(visitor, f"{WORDS} Of the one who left.")
    visitor.page.context.clear_cookies(name="session")
    visitor.press("Save")

    come_back(visitor, "writer2")
    visitor.press("Save")

    assert visitor.sees("Saved.")
    assert len(stored(visitor)) == 1
