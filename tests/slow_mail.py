"""A mail server that takes a letter and lets nobody go before it is told to."""

import threading

from django.core.mail.backends.base import BaseEmailBackend

PATIENCE = 20  # seconds


class EmailBackend(BaseEmailBackend):
    """`began` is set with the first letter, which `go` lets go."""

    began, go = threading.Event(), threading.Event()
    taken = []

    @classmethod
    def open_anew(cls):
        cls.began.clear(), cls.go.clear(), cls.taken.clear()

    def send_messages(self, messages):
        self.began.set()
        assert self.go.wait(PATIENCE)
        self.taken.extend(messages)
        return len(messages)
