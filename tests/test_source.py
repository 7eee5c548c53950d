"""What the source does not hold: a word that is missing shuts out a kind of fault."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for package in ("conditions", "editorial")
    for path in (ROOT / package).rglob("*.py")
)
SCRIPTS = sorted((ROOT / "editorial/static/editorial").glob("*.js"))
# Each writes statements of its own; every value in them is a parameter or a name of
# ours. Guards and copies are about tables as a whole, which the ORM has no words for.
BY_HAND = re.compile(
    r"editorial/(guards/|backups/|migrations/|verifying/|log\.py|locks\.py|models/cache\.py|"
    r"management/commands/(demo|database_role)\.py)"
    r"|conditions/(at_once|often|planned|saved_often|taking|word_index|called|migrations/0005_search|api/allowance)\.py"
)


@cache
def everything():
    """Each node of each module with its path; read once, since it takes a second."""
    return [
        (str(path.relative_to(ROOT)), node)
        for path in SOURCES
        if "static" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ]


def nodes(kind):
    return [(path, node) for path, node in everything() if isinstance(node, kind)]


def dotted(node):
    """The name of what is called, as far as it is written as one."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return getattr(node, "id", "")


@cache
def calls():
    return [(path, node, dotted(node.func)) for path, node in nodes(ast.Call)]


def imports():
    for path, node in nodes(ast.Import | ast.ImportFrom):
        if isinstance(node, ast.ImportFrom):
            yield from ((path, f"{node.module}.{name.name}") for name in node.names)
        else:
            yield from ((path, name.name) for name in node.names)


def brought_in(*modules):
    return {
        (path, name)
        for path, name in imports()
        if any(name == one or name.startswith(f"{one}.") for one in modules)
    }


def test_nothing_typed_is_run_as_code():
    runs = {"eval", "exec", "compile", "__import__", "yaml.load", "Template", "Engine"}

    assert [(path, name) for path, _, name in calls() if name in runs] == []
    assert brought_in("pickle", "marshal", "shelve", "code", "runpy") == set()


def test_no_command_goes_through_a_shell():
    shells = {"os.system", "os.popen", "subprocess.getoutput"}
    for path, node, name in calls():
        assert name not in shells, path
        assert "shell" not in {word.arg for word in node.keywords}, path
    # Copies are made and brought back by PostgreSQL's own programs; `serve` starts a
    # worker.
    assert {path for path, _ in brought_in("subprocess")} == {
        "editorial/backups/programs.py",
        "editorial/management/commands/serve.py",
    }


def test_the_site_fetches_no_address():
    clients = (
        "urllib.request",
        "http.client",
        "requests",
        "httpx",
        "aiohttp",
        "ftplib",
    )

    assert brought_in(*clients) == set()
    # Asks whether its own port is free, before it listens there.
    assert {path for path, _ in brought_in("socket")} == {
        "editorial/management/commands/serve.py"
    }


def test_no_xml_is_parsed():
    assert brought_in("xml", "lxml", "defusedxml", "html5lib", "bs4") == set()


def test_statements_are_written_by_hand_in_few_rooms():
    raw = {"raw", "extra", "RawSQL", "cursor", "execute", "executemany"}
    rooms = {path for path, _, name in calls() if name.split(".")[-1] in raw}

    assert {room for room in rooms if not BY_HAND.match(room)} == set()


def test_hashes_are_sha_256_and_chance_is_the_systems():
    hashes = {
        node.attr for _, node in nodes(ast.Attribute) if dotted(node.value) == "hashlib"
    }

    assert hashes <= {"sha256", "file_digest"}
    assert {n for _, n in brought_in("hashlib")} <= {"hashlib", "hashlib.sha256"}
    assert brought_in("random", "Crypto") == set()
    assert brought_in("hmac") == {("conditions/seals.py", "hmac")}


def test_nothing_typed_is_a_format_string():
    """A constant, or a sentence chosen by this code, is filled in; never a field."""
    ours = {"found.url", "_found(scheme).shown", "words", "told", "said", "KINDS[kind]"}
    ours |= {"_EXAMPLES[kind]", "_COUNTED[severity][counts[severity] > 1]"}
    filled = {
        ast.unparse(node.func.value)
        for _, node in nodes(ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    }

    assert {one for one in filled - ours if not re.fullmatch(r"[A-Z_]+", one)} == set()


def test_a_pattern_is_never_made_of_typed_words():
    """Patterns are made when a module is read, or of the operator's rules.

    Where words of a text or the catalogue come in, they are escaped.
    """
    made = {
        path
        for path, node in nodes(ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and dotted(inner.func) == "re.compile"
    }

    assert made <= {
        "conditions/proofreading.py",
        "conditions/syntax.py",
        "conditions/tokens.py",
        "editorial/checks/approvals.py",
        "editorial/checks/identified.py",
        "editorial/checks/ruleset.py",
        "editorial/checks/sources.py",
        "editorial/checks/words.py",
        "editorial/look_alikes.py",
        "editorial/syllables.py",
    }
    assert "map(re.escape, " in (ROOT / "conditions/tokens.py").read_text("utf-8")
    assert "re.escape(key)" in (ROOT / "editorial/checks/sources.py").read_text("utf-8")


def test_no_screen_takes_a_file():
    fields = {"FileField", "ImageField", "FilePathField", "FileInput"}
    templates = "".join(p.read_text("utf-8") for p in ROOT.glob("templates/**/*.html"))

    assert [p for p, n in nodes(ast.Attribute) if n.attr in {*fields, "FILES"}] == []
    assert 'type="file"' not in templates
    assert "multipart" not in templates


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_make_no_code_of_words(path):
    script = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    runs = r"\beval\(|\bFunction\(|document\.write|javascript:|outerHTML|insertAdjacent"
    talks = r"postMessage|onmessage|\"message\"|WebSocket|importScripts|XMLHttpRequest"
    # What the server has typeset, with every word escaped: see the two views' tests.
    set_as_markup = set(re.findall(r"innerHTML = ([\w.]+)", script))

    assert re.findall(f"{runs}|{talks}", script) == []
    assert set_as_markup <= {"now.found", "now.cited", "now.findings"}


def test_no_script_writes_a_key_that_comes_from_outside():
    """A key of parsed JSON, such as `__proto__`, must never name what is written."""
    writes, merges = set(), set()
    for path in SCRIPTS:
        script = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        keyed = r"(\w[\w.]*)((?:\[[^\]\n]+\])+)\s*(?:[?|&+*/-]{0,2}=(?![=>])|\+\+)"
        writes |= {f"{path.stem}: {a}{b}" for a, b in re.findall(keyed, script)}
        merges |= set(re.findall(r"Object\.assign\(([^,]+),", script))
        assert not re.search(r"__proto__|\.prototype\b|setPrototypeOf", script)

    assert writes == {
        # Numbers of rows and columns, of a grid of arrays.
        "clipboard_reading: grid[y + Math.floor(i / wide)][x + (i % wide)]",
        "clipboard_reading: grid[y][x]",
        # Names that the script itself lists.
        "passkeys: options[list]",
        "passkeys: parts[name]",
        "pasting: counts[what]",
    }
    # Whatever is new, and says its own names.
    assert merges == {"this", "document.createElement(tag)"}
