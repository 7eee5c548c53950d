"""People on the desk: who sees them, who changes what, and the ways in."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core import mail

from conditions.models import Reviewer
from editorial import clock, identity
from editorial.models import ReviewerAccount, User
from editorial.roles import roles_of
from editorial.states import Role
from tests.builders import (
    PASSWORD,
    make_editor,
    make_reviewer,
    make_user,
    make_writer,
    record,
)
from tests.factors import give_app

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/user/"
RESET = "/accounts/password-reset/"
# Session, account, roles, whether anybody has one; the count, the rows, their groups;
# open work: to review, named to write, wrote.
QUERIES = 10


@pytest.fixture
def root():
    return make_user("root", superuser=True)


@pytest.fixture
def as_root(client, root):
    client.force_login(root)
    return client


@pytest.fixture
def as_editor(client):
    client.force_login(make_editor())
    return client


def at(person):
    return f"{LIST}{person.pk}/change/"


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def press(client, person, act, **fields):
    return client.post(at(person), {"act": act, **fields}, follow=True)


def details(person, **fields):
    names = ("first_name", "last_name", "email")
    return {name: getattr(person, name) for name in names} | fields


def invitation(**fields):
    return {
        **{"first_name": "Lena", "last_name": "Okafor", "username": "lena"},
        **{"email": "lena@example.org", "roles": [Role.WRITER.value]},
        **fields,
    }


def listed(answer):
    return {user.username for user in answer.context["cl"].result_list}


def in_days(days):
    return clock.today() + timedelta(days=days)


# Who sees people


@pytest.mark.parametrize("make", [make_writer, make_reviewer])
def test_writers_and_reviewers_do_not_see_people(client, root, make):
    client.force_login(make())

    for address in (LIST, at(root), f"{LIST}add/", f"{LIST}{root.pk}/history/"):
        assert client.get(address).status_code == 403


def test_an_editor_reads_people_and_manages_none(as_editor):
    writer = make_writer()

    page = as_editor.get(at(writer)).content.decode()
    answers = [
        as_editor.post(at(writer), {"act": act, **details(writer, first_name="X")})
        for act in ("details", "invite", "reset", "reopen")
    ]
    odd = {"act": "details", **details(writer, email="odd")}

    assert 'value="details"' not in page
    assert [answer.status_code for answer in answers] == [403] * 4
    assert as_editor.post(at(writer), odd).status_code == 403
    assert as_editor.post(f"{LIST}add/", invitation()).status_code == 403
    assert User.objects.get(pk=writer.pk).first_name == "Tomás"


def test_nobody_is_deleted(as_root):
    writer = make_writer()

    assert (
        as_root.post(f"{LIST}{writer.pk}/delete/", {"post": "yes"}).status_code == 403
    )


def test_the_stock_screens_of_groups_and_users_are_not_there(as_root):
    writer = make_writer()

    assert not admin.site.is_registered(Group)
    for address in ("/admin/auth/group/", f"{LIST}{writer.pk}/password/"):
        assert as_root.get(address, follow=True).status_code == 404


@pytest.mark.parametrize("pk", ["999", "abc", "9" * 40, "١"])
def test_a_person_who_is_not_there_is_not_found(as_root, pk):
    assert as_root.get(f"{LIST}{pk}/change/").status_code == 404


# The list


@pytest.mark.parametrize("more", [False, True])
def test_the_list_asks_as_often_for_two_as_for_five(
    as_root, django_assert_num_queries, more
):
    make_reviewer()
    if more:
        make_writer(), make_editor(), make_reviewer("jonas")

    with django_assert_num_queries(QUERIES):
        answer = as_root.get(LIST)

    assert answer.context["cl"].result_count == (6 if more else 3)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=writer", {"tomas"}),
        ("role=medical_reviewer", {"ines", "late", "new"}),
        ("role=superuser", {"root", "people"}),
        ("role=none", {"nobody"}),
        ("credential=lapsed", {"late"}),
        ("credential=due", {"new"}),
        ("credential=valid", {"ines"}),
        ("account=shut", {"nobody"}),
        ("q=Tomás", {"tomas"}),
        ("role=odd&account=odd&credential=odd&q=late", {"late"}),
    ],
)
def test_people_are_found_by_role_credential_and_account(as_root, query, names):
    make_writer(), make_reviewer()
    make_reviewer("late", days=-1), make_reviewer("new", verified=False)
    User.objects.filter(pk=make_user("nobody").pk).update(is_active=False)

    assert listed(as_root.get(f"{LIST}?{query}")) == names


def test_a_lapsed_credential_is_told_in_words_and_colour(as_root):
    make_reviewer(days=-1)

    page = as_root.get(LIST).content.decode()

    assert '<span class="state bad">Lapsed on ' in page


@pytest.mark.parametrize(
    "lookup", ["password__startswith=md5", "password__contains=a", "is_superuser=1"]
)
def test_the_list_tells_nothing_of_passwords(as_editor, lookup):
    assert as_editor.get(f"{LIST}?{lookup}").status_code == 400


# Invitations


def test_a_superuser_invites_a_person(as_root):
    answer = as_root.post(f"{LIST}add/", invitation(), follow=True)

    user = User.objects.get(username="lena")
    assert roles_of(user) == {Role.WRITER}
    assert mail.outbox[0].to == ["lena@example.org"]
    assert told(answer) == [
        "Made an account for Lena Okafor.",
        "The invitation is on its way to lena@example.org.",
    ]


def test_a_mail_that_was_not_sent_is_told(as_root, settings):
    settings.EMAIL_BACKEND = "no.such.backend"

    answer = as_root.post(f"{LIST}add/", invitation(), follow=True)

    assert told(answer)[1].startswith("The mail could not be sent")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": "root"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"email": "root@example.org"}, "email"),
        ({"email": ""}, "email"),
        ({"roles": []}, "roles"),
        ({"roles": ["Superusers"]}, "roles"),
        ({"first_name": ""}, "first_name"),
    ],
)
def test_a_bad_invitation_is_refused_by_its_field(as_root, fields, field):
    answer = as_root.post(f"{LIST}add/", invitation(**fields))

    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(first_name="Lena").exists()


def test_nobody_becomes_a_superuser_or_gets_a_password_by_a_form(as_root):
    power = {"is_superuser": "on", "password": "a long sentence", "is_active": ""}
    writer = make_writer()

    as_root.post(f"{LIST}add/", invitation(**power))
    press(as_root, writer, "details", **details(writer, first_name="T", **power))

    assert not User.objects.exclude(username="root").filter(is_superuser=True).exists()
    writer.refresh_from_db()
    assert writer.is_active
    assert writer.check_password(PASSWORD)
    assert not User.objects.get(username="lena").has_usable_password()


def test_an_invitation_is_sent_again(as_root):
    as_root.post(f"{LIST}add/", invitation())

    press(as_root, User.objects.get(username="lena"), "invite")

    assert [letter.to for letter in mail.outbox] == [["lena@example.org"]] * 2


# Roles and accounts


def test_a_superuser_gives_and_takes_roles(as_root):
    writer = make_writer()
    roles = [Role.EDITOR.value, Role.MEDICAL_REVIEWER.value]

    answer = press(as_root, writer, "details", **details(writer, roles=roles))

    assert roles_of(writer) == {Role.EDITOR, Role.MEDICAL_REVIEWER}
    assert told(answer) == ["Changed roles: writer → editor, medical reviewer."]


def test_one_gives_oneself_no_role(as_root, root):
    sent = details(root, roles=[Role.EDITOR.value], last_name="Quist")

    press(as_root, root, "details", **sent)

    root.refresh_from_db()
    assert (root.last_name, root.groups.count()) == ("Quist", 0)


def test_a_taken_address_is_refused_and_the_form_keeps_what_was_typed(as_root, root):
    writer = make_writer()

    sent = details(writer, email=root.email, first_name="Thomas")
    answer = as_root.post(at(writer), {"act": "details", **sent})

    form = answer.context["details"]
    assert form.errors == {"email": ["Another account has this address."]}
    assert form["first_name"].value() == "Thomas"
    assert answer.context["title"] == "Tomás Rey"


@pytest.mark.parametrize("act", ["", "delete", "shut", "superuser"])
def test_an_unknown_act_does_nothing(as_root, act):
    answer = press(as_root, make_writer(), act)

    assert told(answer) == ["Nothing was done: press one of the buttons."]


# Credentials


def test_an_editor_verifies_a_credential_and_is_named(as_editor):
    person = make_reviewer(verified=False)
    account = person.reviewer_account
    sent = {"byline": account.reviewer_id, "expires_on": in_days(365).isoformat()}
    sent["against"] = account.history.get().pk

    press(as_editor, person, "verify", **sent, verified_by="1")

    account.refresh_from_db()
    assert (account.verified_by.username, account.expires_on) == ("maren", in_days(365))


@pytest.mark.parametrize("day", ["", "soon", "2001-01-01", "9" * 30])
def test_a_bad_day_verifies_nothing(as_editor, day):
    person = make_reviewer(verified=False)
    sent = {"byline": person.reviewer_account.reviewer_id, "expires_on": day}

    answer = press(as_editor, person, "verify", **sent)

    assert answer.status_code == 200
    assert not ReviewerAccount.objects.get().verified_at


def test_an_editor_who_reviews_sees_no_button_for_their_own(client):
    both = make_reviewer("both", roles=[Role.EDITOR], verified=False)
    client.force_login(both)
    sent = {
        "byline": both.reviewer_account.reviewer_id,
        "expires_on": in_days(9).isoformat(),
    }

    page = client.get(at(both)).content.decode()
    answer = press(client, both, "verify", **sent)

    assert 'value="verify"' not in page
    assert told(answer) == ["Nobody verifies their own credential: ask another editor."]


def test_a_byline_is_set_and_must_be_verified(as_editor):
    byline = Reviewer(slug="jonas", printed_name="Dr Jonas", profession="GP")
    record(byline, User.objects.get())
    person = make_user("jonas", Role.MEDICAL_REVIEWER, name="Jonas Adeyemi")

    answer = press(as_editor, person, "pair", reviewer=byline.pk)

    assert told(answer) == [
        "Jonas Adeyemi signs as Dr Jonas.",
        "Not before somebody else has verified it.",
    ]


@pytest.mark.parametrize("other", ["taken", "999", "x", ""])
def test_a_byline_that_is_taken_or_is_none_is_not_set(as_editor, other):
    account = make_reviewer("old").reviewer_account
    person = make_user("jonas", Role.MEDICAL_REVIEWER, name="Jonas Adeyemi")
    chosen = account.reviewer_id if other == "taken" else other

    answer = press(as_editor, person, "pair", reviewer=chosen)

    assert list(answer.context["pair"].errors) == ["reviewer"]
    assert not ReviewerAccount.objects.filter(user=person).exists()


def test_the_history_of_a_credential_is_on_the_persons_screen(as_editor):
    person = make_reviewer()

    events = as_editor.get(at(person)).context["events"]

    labels = [change.label for change in events[0].changes]
    assert labels == ["user", "reviewer", "verified by", "verified at", "valid until"]


# The ways in


def link(letter):
    return re.findall(r"http://127.0.0.1:8000(/\S+)", letter.body)[0]


def test_a_forgotten_password_is_chosen_anew_by_mail(client):
    make_writer()
    client.post(RESET, {"email": "Tomas@example.org"})

    form = client.get(link(mail.outbox[0]), follow=True)
    new = "a long and winding sentence"
    client.post(
        form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new}
    )

    assert client.login(username="tomas", password=new)


def test_the_answer_is_the_same_whether_there_is_an_account_or_not(client):
    make_writer()

    there = client.post(RESET, {"email": "tomas@example.org"}, follow=True)
    not_there = client.post(RESET, {"email": "who@example.org"}, follow=True)

    pages = [
        re.sub(r'value="\w{64}"', "", page.content.decode())
        for page in (there, not_there)
    ]
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 1


def test_only_open_accounts_of_staff_get_a_reset(client):
    make_user("reader", staff=False)
    User.objects.filter(pk=make_writer().pk).update(is_active=False)

    for name in ("reader", "tomas"):
        client.post(RESET, {"email": f"{name}@example.org"})

    assert mail.outbox == []


def test_the_link_of_a_reset_is_made_of_the_sites_own_address(client):
    make_writer()

    client.post(RESET, {"email": "tomas@example.org"}, HTTP_HOST="localhost")

    assert "http://127.0.0.1:8000/accounts/" in mail.outbox[0].body


def test_a_superuser_sends_a_reset_but_sees_no_link(as_root):
    writer = make_writer()

    answer = press(as_root, writer, "reset")

    assert told(answer) == ["A password reset is on its way to tomas@example.org."]
    assert link(mail.outbox[0]) not in answer.content.decode()
    assert User.objects.get(pk=writer.pk).check_password(PASSWORD)


def test_a_superuser_takes_a_lost_second_factor_away(as_root):
    writer = give_app(make_writer())
    words = "The second factor of Tomás Rey is taken away."

    assert told(press(as_root, writer, "factor")) == [words]

    assert not identity.has_second_factor(writer)
    assert (
        "Take the second factor away"
        not in press(as_root, writer, "factor").content.decode()
    )


@pytest.mark.parametrize("kind", ["password-reset", "invitation"])
@pytest.mark.parametrize(
    "rest", ["MQ/x-y", "zz/set-password", "%F0%9F/a", "MQ/" + "a" * 900]
)
def test_a_link_of_any_kind_is_answered(client, kind, rest):
    page = client.get(f"/accounts/{kind}/{rest}/")

    assert "This link has ended" in page.content.decode()


def test_the_ways_in_are_kept_out_of_caches_and_searches(client):
    answer = client.get(RESET)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, noarchive"


def test_the_login_leads_to_a_forgotten_password(client):
    page = client.get("/admin/login/").content.decode()

    assert f'href="{RESET}"' in page


def test_an_account_without_a_role_is_told_so_at_the_login(client):
    client.force_login(make_user("nobody"))

    page = client.get("/admin/", follow=True).content.decode()

    assert "that account has no role at the desk" in page


def test_a_person_changes_their_own_password(client):
    client.force_login(make_writer())
    new = "a long and winding sentence"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    page = client.post("/admin/password_change/", sent, follow=True)

    assert "Your new password is set." in page.content.decode()
    assert User.objects.get().check_password(new)
