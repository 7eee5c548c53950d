"""A visitor at a real browser, who notices whatever a page does that it must not."""

from urllib.parse import urlsplit


class Visitor:
    """One tab; `faults` gathers what went wrong on any page that it showed."""

    def __init__(self, page, origin, faults=None):
        self.page, self.origin = page, origin
        self.faults = [] if faults is None else faults
        self.listening = True
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _note(self, fault):
        if self.listening:
            self.faults.append(f"{self.page.url}: {fault}")

    def _console(self, message):
        # A missing page is one of these too: `open` and `_response` judge statuses.
        if "Failed to load resource" in message.text:
            return
        if message.type in ("error", "warning"):
            self._note(f"console {message.type}: {message.text}")

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "about") and self.origin != (
            f"{parts.scheme}://{parts.netloc}"
        ):
            self._note(f"fetched from elsewhere: {request.url}")

    def _failed(self, request):
        # What a page still asks for is dropped when it is left: that is no fault.
        if "ABORTED" not in request.failure:
            self._note(f"failed: {request.url}")

    def _response(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self._note(f"{response.status} for {response.url}")

    def open(self, address, status=200):
        """Go to an address of the site, which must answer with `status`."""
        self.listening = True
        self._judge(self.page.goto(address), status)

    def reload(self, status=200):
        """Ask again for the page that is shown, past what the browser has kept."""
        self.listening = True
        self._judge(self.page.reload(), status)

    def _judge(self, answer, status):
        if answer.status != status:
            said = f"{answer.url} answers {answer.status}, and not {status}."
            raise AssertionError(said)

    def new_tab(self):
        """Another tab of the same browser, with the same cookies."""
        return Visitor(self.page.context.new_page(), self.origin, self.faults)

    def log_in(self, username):
        """Through the form, as everybody does."""
        self.open("/admin/login/?next=/admin/")
        self.fill("Username", username)
        self.fill("Password", password_of(username))
        self.press("Log in")
        assert urlsplit(self.page.url).path == "/admin/"

    def fill(self, label, words):
        self.page.get_by_label(label, exact=True).fill(words)

    def choose(self, label, option):
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def press(self, name):
        """Press a button and wait for the page that it brings."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def sees(self, words):
        """Say whether the words stand on the page, where they can be read."""
        return self.page.get_by_text(words).first.is_visible()


def password_of(username):
    return f"{username}-demo-2026"
