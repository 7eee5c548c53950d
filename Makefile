# Works from a bare Python 3.11 or newer with pip; PYTHON=python3.13 chooses another.
PYTHON ?= python3
PORT ?= 8000
export PORT

# Some machines forbid Python to keep what it compiled. Each of the processes that the
# tests start would then compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
CHROMIUM ?= $(shell command -v chromium)
CHECKER := tests/browser/node_modules/vnu-jar/build/dist/vnu.jar

# The rooms whose types are checked: all but models, views, the desk and the sample.
TYPED := $(filter-out %/__init__.py %/apps.py %/views.py %/urls.py %/admin.py %/settings.py %/wsgi.py, \
	$(wildcard conditions/*.py conditions/api/*.py editorial/*.py)) \
	$(wildcard editorial/backups/*.py editorial/guards/*.py editorial/importing/*.py) \
	$(wildcard editorial/verifying/*.py) $(wildcard conditions/bindery/*.py)

# What a public site runs with, for the checks that ask.
PRODUCTION := env DEBUG=off SITE_URL=https://answers.example ALLOWED_HOSTS= DATABASE_URL=sqlite:// \
	TRUSTED_PROXIES=1 SECURITY_CONTACT=security@answers.example \
	SECRET_KEY=not-a-secret-but-as-long-as-one-0123456789-abcdefghijklmnop

# A half of the tests each, in their order, so that what a module builds for all its tests
# is built once; whichever is done first takes over from the other.
BOTH_CORES := -n 2 --dist worksteal

# Runs pytest with these arguments, on SQLite and then on a real PostgreSQL.
define on_both
@echo "== SQLite"
@env -u DATABASE_URL $(BIN)/pytest $(1)
@echo "== PostgreSQL"
@$(BIN)/python tests/postgres.py $(BIN)/pytest $(1)
endef

.PHONY: demo serve test coverage lint format browser checker install dev lock clean \
	attack audit bench beside crawl faults large matrix mutants soak tamper \
	described

## demo: a filled site on 127.0.0.1:$PORT, with three logins
demo: export SECRET_KEY ?= $(shell cat var/demo-key 2>/dev/null)
demo: export SITE_URL ?= http://127.0.0.1:$(PORT)
demo: export SITE_NOTICE ?= Demonstration: not medically reviewed
demo: export EMAIL_URL ?= console:
demo: export REQUIRE_SECOND_FACTOR ?= off
demo: export LOG_LEVEL ?= WARNING
demo: install var/demo-key
	@$(MANAGE) serve --check
	@$(MANAGE) demo
	@$(MANAGE) serve --with-worker

## serve: the site as it is, with the environment's settings; migrate first
serve: install
	@$(MANAGE) serve

## test: every test on SQLite; on PostgreSQL too where it asks for a database
test: dev
	@echo "== SQLite"
	@env -u DATABASE_URL $(BIN)/pytest $(BOTH_CORES)
	@echo "== PostgreSQL"
	@$(BIN)/python tests/postgres.py $(BIN)/pytest $(BOTH_CORES) --of-the-database

## coverage: what the tests cover, on SQLite; measuring makes them half as fast
coverage: dev
	@rm -f .coverage .coverage.*
	@env -u DATABASE_URL $(BIN)/pytest $(BOTH_CORES) --cov --cov-report= --cov-fail-under=0
	@$(BIN)/coverage report

## browser: the tests that need Debian's chromium; of HTML with Java and npm too
browser: dev checker
	@if ! ls tests/browser/test_*.py >/dev/null 2>&1; then \
		echo "tests/browser holds no test yet."; \
	elif [ -n "$(CHROMIUM)" ]; then \
		CHROMIUM="$(CHROMIUM)" $(BIN)/pytest tests/browser; \
	elif [ -n "$(REQUIRE_BROWSER)" ]; then \
		echo "chromium is missing and REQUIRE_BROWSER forbids the skip: apt-get install chromium" >&2; exit 1; \
	else \
		echo "!!! SKIPPED: the browser tests need chromium: apt-get install chromium"; \
	fi

## checker: the HTML checker of the browser tests, as its lock file pins it
checker:
	@if command -v java >/dev/null && command -v npm >/dev/null; then \
		$(MAKE) --no-print-directory $(CHECKER); \
	elif [ -n "$(REQUIRE_BROWSER)" ]; then \
		echo "REQUIRE_BROWSER forbids to skip the HTML checker: apt-get install default-jre-headless npm" >&2; exit 1; \
	else \
		echo "!!! SKIPPED: the HTML checker needs Java and npm: apt-get install default-jre-headless npm"; \
	fi

$(CHECKER): tests/browser/package-lock.json
	@cd tests/browser && npm ci --silent
	@touch $@

## lint: style, templates, types, migrations, and Django's check of a public site
lint: dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(if $(shell find templates -name '*.html' 2>/dev/null),$(BIN)/djlint --lint --quiet templates)
	$(BIN)/mypy $(TYPED)
	$(PRODUCTION) $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

# The long runs: what `make test` holds in small, and what it cannot hold.

## attack: raw SQL and the ORM against the guards of both engines, told one by one
attack: export ATTACK := 1
attack: dev
	$(call on_both,tests/attack)

## tamper: TAMPERINGS random alterations on each engine, each found by `verify`
tamper: export TAMPERINGS ?= 10000
tamper: dev
	$(call on_both,-q -s tests/tampering)

## matrix: every address × person × method × state, on SQLite and on PostgreSQL
matrix: export CELLS := all
matrix: dev
	$(call on_both,-q -n 2 tests/matrix)

## mutants: takes each permission, state and hash check out; all must be missed.
## ONLY is a pattern of their names; `.mutants` keeps what was killed, WORKERS are cores
mutants: export ONLY ?=
mutants: dev
	@env -u DATABASE_URL $(BIN)/python -m tests.mutation.gate "$$ONLY"

## described: the real server is asked all that the API's own description allows, and
## what it does not; EXAMPLES of each address
described: export EXAMPLES ?= 500
described: dev
	@env -u DATABASE_URL $(BIN)/python -m tests.described

## soak: the state machine, the races and mutated words for long; SEED and MINUTES too
soak: export STEPS ?= 200000
soak: export INTERLEAVINGS ?= 1000
soak: export WRITERS ?= 8
soak: export EDITS ?= 25
soak: export INPUTS ?= 100000
soak: export TRIALS ?= 10000
# Each rule taken away in turn; `RULES=` leaves it out.
soak: RULES ?= tests/soak
# Another SEED, another order of chance; without one, hypothesis draws its own.
soak: SEEDED = $(if $(SEED),--hypothesis-seed=$(SEED))
soak: dev
	@env -u DATABASE_URL $(BIN)/pytest -q -s -n 0 tests/test_mutated.py tests/test_mutated_forms.py
	@env -u DATABASE_URL $(BIN)/pytest -n 2 $(SEEDED) tests/state_machine tests/races $(RULES)
	@$(BIN)/python tests/postgres.py $(BIN)/pytest -n 2 $(SEEDED) tests/state_machine tests/races $(RULES)

## faults: kills, full disks, wrong clocks and the like, for real; KILLS=100 kills
faults: dev
	$(call on_both,tests/faults)

## bench: what guards and log cost a save, preflight's time, reads beside nginx, searches
bench: export PYTHONPATH := .
bench: dev
	@env -u DATABASE_URL $(BIN)/python tests/benchmarks/saves.py
	@$(BIN)/python tests/postgres.py $(BIN)/python tests/benchmarks/saves.py
	@env -u DATABASE_URL $(BIN)/python tests/benchmarks/checking.py
	@env -u DATABASE_URL $(BIN)/python tests/benchmarks/reading.py
	@$(BIN)/python tests/postgres.py $(BIN)/python tests/benchmarks/reading.py
	@env -u DATABASE_URL $(BIN)/python tests/benchmarks/searching.py
	@$(BIN)/python tests/postgres.py $(BIN)/python tests/benchmarks/searching.py
	@env -u DATABASE_URL $(BIN)/python tests/benchmarks/acts.py
	@$(BIN)/python tests/postgres.py $(BIN)/python tests/benchmarks/acts.py

## large: each list at 60,000 summaries of 10 revisions beside 100, on both engines
large: export PYTHONPATH := .
large: dev
	@env -u DATABASE_URL $(BIN)/python tests/benchmarks/lists.py
	@$(BIN)/python tests/postgres.py $(BIN)/python tests/benchmarks/lists.py

## crawl: each link of a site of PAGES, from its sitemap, beside a small one: an hour
crawl: export PYTHONPATH := .
crawl: PAGES ?= 100000
crawl: dev
	@env -u DATABASE_URL $(BIN)/python tests/benchmarks/from_sitemap.py $(PAGES)

## beside: Countersign and Wagtail both run, driven by a browser, compared in a table;
## the first run installs Wagtail into var/wagtail; ROUNDS of each way
beside: export PYTHONPATH := .
beside: export CHROMIUM := $(CHROMIUM)
beside: ROUNDS ?= 5
beside: dev
	@if [ -z "$(CHROMIUM)" ]; then \
		echo "chromium is missing: apt-get install chromium" >&2; exit 1; \
	fi
	@env -u DATABASE_URL $(BIN)/python -m tests.benchmarks.beside_wagtail --rounds $(ROUNDS)

## audit: asks PyPI whether a library that the site runs on has a known fault
# Not of .ci/run: it needs PyPI itself, for a mirror may know of no fault. `--strict`
# fails then; without it a library that could not be asked about would seem sound.
audit: dev
	$(BIN)/uv tool run pip-audit@2.10.1 --strict --disable-pip --require-hashes -r requirements.txt

format: dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

install:
	@$(PYTHON) bootstrap.py

dev:
	@$(PYTHON) bootstrap.py --dev

var/demo-key:
	@mkdir -p var
	@umask 077; $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50))" > $@
	@echo "A SECRET_KEY for this demonstration alone is kept in $@."

## lock: after a change of dependencies
lock: dev
	$(BIN)/uv lock --quiet
	$(BIN)/uv export --frozen --no-header --no-dev --quiet -o requirements.txt
	$(BIN)/uv export --frozen --no-header --quiet -o requirements-dev.txt

## clean: all that can be made again; never var/, which holds the database
clean:
	rm -rf .venv tests/browser/node_modules .pytest_cache .hypothesis .schemathesis .mypy_cache .ruff_cache .coverage .coverage.* .mutants htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
