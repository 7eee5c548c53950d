"""The files that everything stands on: the bootstrap, the lock and its exports."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LISTS = ["requirements.txt", "requirements-dev.txt"]


def toml(name):
    return tomllib.loads((ROOT / name).read_text())


def locked():
    return {package["name"]: package for package in toml("uv.lock")["package"]}


def listed(name):
    """The hashes of each ``package==number`` in an exported list."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if re.match(r"[a-z]", line)]
    return {line.split()[0]: set(re.findall(r"sha256:\w+", line)) for line in lines}


def run(*command, **environment):
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )


def test_bootstrap_can_be_read_by_python_3_6():
    ast.parse((ROOT / "bootstrap.py").read_text(), feature_version=(3, 6))


def test_old_python_is_told_so_in_a_sentence():
    pretend = "import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0); "
    start = "runpy.run_path('bootstrap.py', run_name='__main__')"

    told = run("-c", pretend + start)

    assert told.returncode == 1
    assert told.stderr == (
        f"Countersign needs Python 3.11 or newer; {sys.executable} is 3.8.18.\n"
        "Say which one to use, for example: PYTHON=python3.12 make demo\n"
    )


def test_python_without_venv_is_told_what_to_install():
    pretend = "import sys; sys.modules['venv'] = None; "

    told = run("-c", pretend + "import bootstrap; bootstrap.make_venv()")

    assert told.returncode == 1
    assert told.stderr.endswith("On Debian or Ubuntu: apt-get install python3-venv\n")


def test_bad_environment_is_told_without_a_traceback():
    wrong = {"SECRET_KEY": "", "DEBUG": "off", "PORT": "many"}

    told = run(
        "manage.py", "check", DJANGO_SETTINGS_MODULE="editorial.settings", **wrong
    )

    assert told.returncode == 1
    assert told.stderr == (
        "The environment is not right:\n"
        "  PORT: Not a valid integer.\n"
        "  SECRET_KEY: is missing. Set it to a long random text,"
        " or set DEBUG=on on a developer's own machine.\n"
    )


def test_lock_holds_what_the_project_asks_for():
    asked = toml("pyproject.toml")
    lock = locked()["countersign"]["metadata"]

    names = {wanted["name"] for wanted in lock["requires-dist"]}
    of_tests = {wanted["name"] for wanted in lock["requires-dev"]["dev"]}

    assert names == {name_of(line) for line in asked["project"]["dependencies"]}
    assert of_tests == {name_of(line) for line in asked["dependency-groups"]["dev"]}


def name_of(requirement):
    return re.match(r"[a-z0-9-]+", requirement)[0]


@pytest.mark.parametrize("name", LISTS)
def test_list_for_pip_has_the_hashes_of_the_lock(name):
    files = {
        f"{package['name']}=={package['version']}": {
            file["hash"]
            for file in [*package.get("wheels", []), package.get("sdist")]
            if file
        }
        for package in locked().values()
    }

    found = listed(name)

    assert found == {package: files[package] for package in found}


def test_list_for_pip_is_whole():
    packages = locked()
    packages.pop("countersign")
    everywhere = {listed_name.split("==")[0] for listed_name in listed(LISTS[1])}

    assert everywhere == set(packages)


@pytest.mark.parametrize("name", LISTS)
def test_list_for_pip_names_no_host(name):
    assert "//" not in (ROOT / name).read_text()


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    asked = re.findall(r'^    "[a-z][^"]*[<>=][^"]*",(.*)$', text, re.MULTILINE)

    assert len(asked) > 20
    assert [why for why in asked if not re.search(r"# \w+", why)] == []
