"""What the environment makes of the settings, and what it refuses."""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from editorial import environment

SETTINGS = str(Path(environment.__file__).with_name("settings.py"))
VARIABLES = [
    "ALLOWED_HOSTS",
    "API_REQUESTS_A_MINUTE",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "MIGRATION_DATABASE_URL",
    "PORT",
    "PUBLISH_ON_SIGN_OFF",
    "REQUIRE_SECOND_FACTOR",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SECURITY_CONTACT",
    "SESSION_HOURS",
    "SHARED_CACHE_SECONDS",
    "SITE_NAME",
    "SITE_NOTICE",
    "SITE_URL",
    "TIME_ZONE",
    "TRUSTED_PROXIES",
    "WEB_CONCURRENCY",
]


@pytest.fixture
def settings_of(monkeypatch, tmp_path):
    """The settings of an environment in which only the given variables are set."""
    monkeypatch.setattr(environment, "BASE_DIR", tmp_path)

    def read(**variables):
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(SETTINGS)

    return read


@pytest.fixture
def site(settings_of):
    """The same of a site that has its key."""
    return lambda **variables: settings_of(**{"SECRET_KEY": "k"} | variables)


@pytest.fixture
def refused(site):
    """What the operator reads when variables are refused."""

    def read(**variables):
        with pytest.raises(ImproperlyConfigured) as refusal:
            site(**variables)
        heading, *lines = str(refusal.value).splitlines()
        assert heading == "The environment is not right:"
        return [line.strip().split(": ")[0] for line in lines]

    return read


def test_site_that_says_nothing_is_not_in_debug(site):
    assert site()["DEBUG"] is False


def test_site_without_a_key_does_not_start(refused):
    assert refused(SECRET_KEY="") == ["SECRET_KEY"]


def test_developer_needs_no_key(settings_of):
    assert settings_of(DEBUG="on")["SECRET_KEY"]


def test_every_bad_variable_is_named_at_once(refused):
    assert refused(
        SECRET_KEY=" ",
        DEBUG="maybe",
        DATABASE_URL="mysql://host/name",
        EMAIL_URL="pigeon://loft",
        LOG_FORMAT="xml",
        LOG_LEVEL="loud",
        PORT="99999",
        PUBLISH_ON_SIGN_OFF="sometimes",
        SITE_URL="ftp://host",
        TIME_ZONE="Mars/Olympus",
        WEB_CONCURRENCY="0",
    ) == [
        "DATABASE_URL",
        "DEBUG",
        "EMAIL_URL",
        "LOG_FORMAT",
        "LOG_LEVEL",
        "PORT",
        "PUBLISH_ON_SIGN_OFF",
        "SECRET_KEY",
        "SITE_URL",
        "TIME_ZONE",
        "WEB_CONCURRENCY",
    ]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", []),
        ("security@example.org", ["mailto:security@example.org"]),
        (
            "https://a.example/report, tel:+44-20-7946-0000",
            ["https://a.example/report", "tel:+44-20-7946-0000"],
        ),
        ("mailto:security@example.org", ["mailto:security@example.org"]),
    ],
)
def test_contacts_are_addresses_as_security_txt_has_them(site, said, read):
    assert site(SECURITY_CONTACT=said)["SECURITY_CONTACT"] == read


@pytest.mark.parametrize(
    "said", ["us", "http://a.example", "javascript:alert(1)", "a b@c.example", "ü@a.de"]
)
def test_contact_that_nobody_could_use_is_refused(refused, said):
    assert refused(SECURITY_CONTACT=said) == ["SECURITY_CONTACT"]


def test_refusal_does_not_repeat_a_password(site):
    with pytest.raises(ImproperlyConfigured) as refusal:
        site(DATABASE_URL="postgres://me:hidden@host:port/name")

    assert "hidden" not in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "answers.example",
        "//answers.example",
        "https://",
        "https://answers.example/path",
        "https://answers.example?q=1",
        "https://answers.example#part",
        "https://me:word@answers.example",
        "https://answers.example:port",
        "https://[::1",
        "javascript:alert(1)",
    ],
)
def test_site_url_that_is_no_plain_origin_is_refused(refused, address):
    assert refused(SITE_URL=address) == ["SITE_URL"]


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://answers.example", "https://answers.example"),
        ("https://Answers.Example/", "https://answers.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_site_url_is_an_origin_without_a_slash(site, address, origin):
    assert site(SITE_URL=address)["SITE_URL"] == origin


def test_site_url_follows_the_port(site):
    assert site(PORT="8001")["SITE_URL"] == "http://127.0.0.1:8001"


def test_https_makes_cookies_secure_and_redirects(site):
    made = site(SITE_URL="https://answers.example")

    assert made["SECURE_SSL_REDIRECT"] is True
    assert made["SESSION_COOKIE_SECURE"] is True
    assert made["CSRF_COOKIE_SECURE"] is True
    assert made["SESSION_COOKIE_NAME"] == "__Host-session"
    assert made["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert made["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_http_trusts_no_proxy_and_keeps_its_cookies(site):
    made = site()

    assert made["SECURE_SSL_REDIRECT"] is False
    assert made["SESSION_COOKIE_SECURE"] is False
    assert made["SESSION_COOKIE_NAME"] == "session"
    assert made["SECURE_PROXY_SSL_HEADER"] is None


def test_lists_lose_their_blanks(site):
    made = site(ALLOWED_HOSTS=" a.example, b.example ,", CSRF_TRUSTED_ORIGINS=" ")

    assert made["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert made["CSRF_TRUSTED_ORIGINS"] == []


def test_hosts_are_the_sites_own_and_this_machine(site):
    hosts = site(SITE_URL="https://answers.example:8443")["ALLOWED_HOSTS"]

    assert hosts == ["answers.example", "localhost", "127.0.0.1", "[::1]"]


def test_sqlite_is_the_database_and_its_folder_is_made(site, tmp_path):
    database = site()["DATABASES"]["default"]

    assert database["NAME"] == str(tmp_path / "var" / "db.sqlite3")
    assert (tmp_path / "var").is_dir()


def test_sqlite_in_memory_is_left_there(site):
    assert site(DATABASE_URL="sqlite://")["DATABASES"]["default"]["NAME"] == ":memory:"


def test_postgresql_gives_up_on_a_lost_server_soon(site):
    database = site(DATABASE_URL="postgres://me:p%40ss@db.example:5433/desk")
    made = database["DATABASES"]["default"]

    assert made["ENGINE"] == "django.db.backends.postgresql"
    assert made["PASSWORD"] == "p@ss"
    assert made["CONN_HEALTH_CHECKS"] is True
    assert made["OPTIONS"] == {"connect_timeout": 5, "prepare_threshold": 5}


@pytest.mark.parametrize(("said", "threshold"), [("none", None), ("0", 0), ("9", 9)])
def test_a_pooler_may_forbid_prepared_statements(site, said, threshold):
    url = f"postgres://me:p@db.example/desk?prepare_threshold={said}"
    made = site(DATABASE_URL=url)["DATABASES"]["default"]

    assert made["OPTIONS"] == {"connect_timeout": 5, "prepare_threshold": threshold}


def test_a_threshold_that_is_no_number_is_refused(refused):
    url = "postgres://me:p@db.example/desk?prepare_threshold=often"

    assert refused(DATABASE_URL=url) == ["DATABASE_URL"]


@pytest.mark.parametrize(
    ("command", "role"),
    [
        *(("migrate", "owner"), ("restore", "owner"), ("backup", "runtime")),
        ("database_role", "owner"),
        *(("check", "runtime"), ("serve", "runtime"), ("worker", "runtime")),
    ],
)
def test_only_what_makes_tables_runs_as_the_owner(site, monkeypatch, command, role):
    monkeypatch.setattr("sys.argv", ["manage.py", command])

    made = site(
        DATABASE_URL="postgres://runtime@db.example/desk",
        MIGRATION_DATABASE_URL="postgres://owner@db.example/desk",
    )

    assert made["DATABASES"]["default"]["USER"] == role


def test_mail_server_is_read_from_its_address(site):
    made = site(EMAIL_URL="smtp+tls://me%40a.example:p%2Fw@mail.example")

    assert made["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (made["EMAIL_HOST"], made["EMAIL_PORT"]) == ("mail.example", 587)
    assert made["EMAIL_HOST_USER"] == "me@a.example"
    assert made["EMAIL_HOST_PASSWORD"] == "p/w"
    assert (made["EMAIL_USE_TLS"], made["EMAIL_USE_SSL"]) == (True, False)


@pytest.mark.parametrize(
    ("address", "port"), [("smtps://m", 465), ("smtp://m:2525", 2525)]
)
def test_mail_port_is_the_schemes_or_the_one_said(site, address, port):
    assert site(EMAIL_URL=address)["EMAIL_PORT"] == port


def test_console_mail_needs_no_host(site):
    backend = site(EMAIL_URL="console:")["EMAIL_BACKEND"]

    assert backend == "django.core.mail.backends.console.EmailBackend"


def test_mail_comes_from_the_site(site):
    made = site(SITE_URL="https://answers.example")

    assert made["DEFAULT_FROM_EMAIL"] == "desk@answers.example"


def test_env_file_is_read_and_the_environment_wins(site, tmp_path):
    (tmp_path / ".env").write_text(
        "SITE_NAME=From the file\nSITE_NOTICE=From the file\n"
    )

    made = site(SITE_NAME="From outside")

    assert made["SITE_NAME"] == "From outside"
    assert made["SITE_NOTICE"] == "From the file"


def test_example_names_every_variable_and_no_other():
    example = Path(SETTINGS).parent.parent / ".env.example"
    named = [
        line.lstrip("# ").split("=")[0] for line in example.read_text().splitlines()
    ]

    assert sorted(name for name in named if name.isupper()) == VARIABLES
