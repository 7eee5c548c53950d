"""One way through the desk for two kinds of hands: at a mouse, or at the keys alone."""

from tests.browser import keyboard, mouse
from tests.browser.days import widen
from tests.browser.looking import too_wide, violations
from tests.browser.ticking import tick_all, tick_all_by_keys
from tests.browser.visiting import password_of


class Mouse:
    """A colleague or a stranger with a pointer, at a window of that width."""

    def __init__(self, visitor, width):
        self.visitor = widen(visitor, width)

    def log_in(self, username):
        self.visitor.log_in(username)

    def home(self):
        self.visitor.open("/admin/")
        self.look()

    def room(self, name):
        mouse.room(self.visitor, name)
        self.look()

    def follow(self, name):
        self.visitor.follow(name)
        self.look()

    def press(self, name):
        self.visitor.press(name)
        self.look()

    def fill(self, label, words):
        self.visitor.fill(label, words)

    def check(self, name, role="radio"):
        self.visitor.page.get_by_role(role, name=name, exact=True).check()

    def choose(self, label, option):
        self.visitor.choose(label, option)

    def open_up(self, name):
        self.folded(name).click()

    def folded(self, name):
        """What opens when it is pressed, and shows more."""
        return self.visitor.page.locator("summary", has_text=name).first

    def tick_all(self):
        tick_all(self.visitor)

    def look(self):
        """Every page on the way is open to all, and no wider than its window."""
        assert too_wide(self.visitor.page) == 0
        # axe itself disturbs the page.
        self.visitor.listening = False
        page = self.visitor.page
        assert [f"{page.url}: {one}" for one in violations(page)] == []
        self.visitor.listening = True

    def sees(self, words):
        return self.visitor.sees(words)


class Keys(Mouse):
    """Somebody without a pointer: every stop of the focus is seen."""

    def log_in(self, username):
        self.visitor.open("/admin/")
        keyboard.write(self.visitor, "Username", username)
        keyboard.write(self.visitor, "Password", password_of(username))
        keyboard.enter(self.visitor)

    def home(self):
        self.visitor.page.keyboard.press("Escape")
        keyboard.go(self.visitor, "Desk")
        self.look()

    def room(self, name):
        self.follow(name)

    def follow(self, name):
        keyboard.go(self.visitor, name)
        self.look()

    def press(self, name):
        keyboard.push(self.visitor, name)
        self.look()

    def fill(self, label, words):
        keyboard.write(self.visitor, label, words)

    def check(self, name, role="radio"):
        """The tab key stops at one button of a group; arrows lead to the others."""
        wanted = self.visitor.page.get_by_role(role, name=name, exact=True)
        stop = self._stop_of(wanted) if role == "radio" else wanted
        keyboard.tab_until(self.visitor, stop, f"“{name}”")
        self.visitor.page.keyboard.press("Space")
        while not wanted.is_checked():
            self.visitor.page.keyboard.press("ArrowDown")

    def _stop_of(self, radio):
        group = f"[name={radio.get_attribute('name')}]"
        checked = self.visitor.page.locator(f"{group}:checked")
        return checked if checked.count() else self.visitor.page.locator(group).first

    def choose(self, label, option):
        keyboard.tab_to(self.visitor, role="combobox", name=label)
        self.visitor.page.keyboard.type(option)

    def open_up(self, name):
        keyboard.tab_until(self.visitor, self.folded(name), f"“{name}”")
        self.visitor.page.keyboard.press("Enter")

    def tick_all(self):
        tick_all_by_keys(self.visitor)
