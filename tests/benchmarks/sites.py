"""The sites whose reads are measured: ours, and nginx with one file of ours."""

import os
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.browser.serving import free_port, wait_for

ROOT = Path(__file__).parents[2]
PYTHON = str(ROOT / ".venv/bin/python")
PAGE = "/conditions/fibrodysplasia-ossificans-progressiva/research/"


@contextmanager
def running(command, url, **environment):
    """Run a server until the block ends; yield its number."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, **quiet
    ) as server:
        try:
            wait_for(url, server)
            yield server.pid
        finally:
            server.terminate()


def granian(application, port):
    """Return the command that serves an application, as many threads as `serve` has."""
    words = f"--interface wsgi --workers 1 --blocking-threads 2 --http 1 --port {port}"
    return [str(ROOT / ".venv/bin/granian"), *words.split(), application]


def database(folder, name):
    """Return the address of a database that is empty."""
    url = os.environ.get("DATABASE_URL", "sqlite")
    if url.startswith("sqlite"):
        return f"sqlite:///{folder}/{name}.db"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    place, _, asked = url.partition("?")
    return f"{place.rpartition('/')[0]}/{name}?{asked}"


@contextmanager
def ours(folder, name, pages=0):
    """Serve the demonstration: printed, as `serve` does, and by Django alone.

    So many pages beside it are printed, each as its page is.
    """
    port = free_port()
    site = {
        "DATABASE_URL": database(folder, name),
        "SECRET_KEY": "measured " * 8,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "SITE_NOTICE": "Demonstration: not medically reviewed",
        "REQUIRE_SECOND_FACTOR": "off",
        "LOG_LEVEL": "WARNING",
        "EMAIL_URL": "console:",
    }
    how = {"cwd": ROOT, "env": os.environ | site, "check": True}
    for command in ("migrate", "collectstatic --no-input", "demo", "reprint"):
        whole = [PYTHON, "manage.py", *command.split()]
        subprocess.run(whole, stdout=subprocess.DEVNULL, **how)
    more = [PYTHON, "-m", "tests.benchmarks.more_printed", PAGE, str(pages)]
    subprocess.run(more, **how)
    beside = free_port()
    commands = {
        port: [PYTHON, "manage.py", "serve"],
        beside: granian("editorial.wsgi:django_application", beside),
    }
    with ExitStack() as stack:
        servers = []
        for at, command in commands.items():
            url = f"http://127.0.0.1:{at}{PAGE}"
            servers.append((url, stack.enter_context(running(command, url, **site))))
        yield servers


@contextmanager
def nginx(folder, body):
    """Serve one file that is compressed already, as nginx does best."""
    port, at = free_port(), Path(folder) / "www" / "page"
    at.mkdir(parents=True)
    (at / "index.html.gz").write_bytes(body)
    (at / "index.html").write_bytes(b"")
    config = Path(folder) / "nginx.conf"
    config.write_text(
        f"""user root; daemon off; worker_processes 1; pid {folder}/nginx.pid;
        error_log stderr; events {{ worker_connections 256; }}
        http {{ access_log off; gzip_static on; keepalive_requests 1000000;
        default_type text/html; server {{ listen 127.0.0.1:{port};
        root {folder}/www; }} }}"""
    )
    url = f"http://127.0.0.1:{port}/page/index.html"
    with running(["nginx", "-c", str(config)], url) as pid:
        yield url, pid
