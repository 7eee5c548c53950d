"""Fills the site: its people in Wagtail's own groups, and as many answers as asked."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand
from wagtail.models import Page, Site

from answers import words
from answers.models import AnswerPage

# Who is in which of the groups that Wagtail makes; a superuser is in none.
PEOPLE = {
    "author": ("Editors",),
    "author2": ("Editors",),
    "moderator": ("Moderators",),
    "moderator2": ("Moderators",),
    "both": ("Editors", "Moderators"),
    "root": (),
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, default=1, help="how many answers")

    def handle(self, *, pages, **options):
        hire()
        home = a_home()
        there = home.get_children().count()
        for number in range(there + 1, pages + 1):
            publish(home, number)
        self.stdout.write(f"{max(pages, there)} answers, {len(PEOPLE)} people.")


def hire():
    for username, groups in PEOPLE.items():
        user, _ = get_user_model().objects.get_or_create(
            username=username,
            email=f"{username}@example.org",
            is_superuser=not groups,
        )
        user.set_password(f"{username}-demo-2026")
        user.save()
        user.groups.set(Group.objects.filter(name__in=groups))


def a_home():
    """The root of the site, which Wagtail makes with a page of welcome."""
    return Site.objects.get(is_default_site=True).root_page.specific


def publish(home, number):
    page = home.add_child(
        instance=AnswerPage(
            title=words.title(number),
            slug=f"answer-{number}",
            short_answer=words.short_answer(number),
            body=words.body(number),
            live=False,
        )
    )
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)
