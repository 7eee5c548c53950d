"""A person whose login lapses, or is overtaken elsewhere, in the middle of a form."""

from urllib.parse import urlencode

from django.contrib.sessions.models import Session

from tests.builders import PASSWORD
from tests.walking import Forms, Walker

WORDS = "What a writer typed for an hour,\n\nand “did not” save <yet> & more."


def change(summary):
    return f"/admin/editorial/summary/{summary.pk}/change/"


def lapse():
    """Let every login lapse, as time does."""
    Session.objects.all().delete()


class Returner(Walker):
    """Logged in from the beginning; its forms are checked as a browser's are."""

    def __init__(self, visit, username="tomas"):
        super().__init__(visit)
        self.log_in(username, PASSWORD)

    def at_the_door(self, username="tomas", password=PASSWORD):
        return self.submit(username=username, password=password)

    def hidden(self, name):
        """What the forms of the page would send under a name."""
        forms = Forms(self.text).forms
        return [form.fields[name] for form in forms if name in form.fields]

    def go_on(self):
        """Press the one button of a page whose fields are all hidden."""
        form = next(f for f in Forms(self.text).forms if f.action != "/admin/logout/")
        (field, *_) = form.fields.keys() - {"csrfmiddlewaretoken"}
        return self.submit(**{field: form.fields[field]})

    def post(self, address, **fields):
        """Post under the token of the page that is shown."""
        token = Forms(self.text).forms[0].fields["csrfmiddlewaretoken"]
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._ask(address, "POST", body)

    def log_out(self):
        return self.post("/admin/logout/")

    @property
    def sent_cookies(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def lose_cookies(self):
        self.cookies.clear()

    @property
    def tab(self):
        """What is on the screen: kept, it stands for a tab that is left open."""
        return self.address, self.answer

    @tab.setter
    def tab(self, kept):
        self.address, self.answer = kept
