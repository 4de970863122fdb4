# Everything that is done with this project is done from here; `make help` lists it.
# Each target first sets up what it needs in .venv, from files that pin every package by its hash.
# Works with GNU make 3.81 (macOS) and later.

# The Python to start from: `make site PYTHON=python3.12` overrules the search.
PYTHON =
# More options for MkDocs: `make serve ARGS="--dev-addr 127.0.0.1:9000"`; for a digest:
# `make add ARGS="--words evening"`; or for the benchmark: `make bench ARGS="--papers 1000"`.
ARGS =
# The form of `make check`: text, github or json.
FORMAT = text

# Python runs the tools as modules, so that they go on working when the folder is moved or renamed.
PY := .venv/bin/python
PIP := $(PY) -m pip -qq --disable-pip-version-check

# Two notices about the end of life of MkDocs and of Material for MkDocs, known and decided upon.
export NO_MKDOCS_2_WARNING = 1
export DISABLE_MKDOCS_2_WARNING = true

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve add check permalinks verify test thorough coverage browser faults canary validate audit bench lock screenshots clean distclean

help:
	@echo "make site         build the site into site/"
	@echo "make serve        show the site at http://127.0.0.1:8000/ and follow every change"
	@echo "make add          make a digest of a list that you paste"
	@echo "make check        list the problems of all digests"
	@echo "make permalinks   add what is new to the list of published addresses"
	@echo "make verify       look for what leads nowhere in the site that was built"
	@echo "make test         linters, types, unit tests, a strict build, and the site in a real browser"
	@echo "make thorough     all variants of all tests; ARGS names some of them; an hour or more"
	@echo "make coverage     which lines and branches of generator/ no test reaches, browser tests left out"
	@echo "make validate     every page of a built site through the Nu Html Checker; needs Java and npm"
	@echo "make faults       builds on machines that break, and that differ, again and again; ten minutes"
	@echo "make audit        ask whether what is pinned has known vulnerabilities; needs a network"
	@echo "make canary       build the site with the newest Zensical too, and compare"
	@echo "make bench        what builds cost at 1,000 to 10,000 papers, beside others; takes an hour or more"
	@echo "make screenshots  renew the picture in the README"
	@echo "make lock         renew the pinned versions in requirements.lock and requirements-test.lock"
	@echo "make clean        remove what was built; distclean removes .venv as well"
	@echo
	@echo "PYTHON=python3.12 chooses a Python, ARGS=… passes options on to MkDocs or the benchmark."

site: .venv/site.stamp
	@$(PY) -m mkdocs build --strict $(ARGS)

serve: .venv/site.stamp
	@$(PY) -m mkdocs serve $(ARGS)

add: .venv/site.stamp
	@$(PY) -m generator add $(ARGS)

check: .venv/site.stamp
	@$(PY) -m generator check --format $(FORMAT)

permalinks: .venv/site.stamp
	@$(PY) -m generator permalinks --update $(ARGS)

verify: .venv/site.stamp
	@$(PY) -m generator verify $(ARGS)

# pytest comes last, so that its summary is the last line.
test: .venv/test.stamp browser
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --check --quiet || \
		{ echo "Formatting differs: run $(PY) -m ruff format" >&2; exit 1; }
	@$(PY) -m mypy
	@.venv/bin/zizmor --quiet --offline --pedantic .github
	@$(PY) -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

# Of many tests, `make test` runs a sample of what differs little: see tests/browser/sampling.py.
thorough: .venv/test.stamp browser
	@THOROUGH=1 $(PY) -m pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

# Tests in the browser reach little of generator/ that others do not, and take longest.
coverage: .venv/test.stamp
	@rm -rf .cache/coverage
	@$(PY) -m coverage run -m pytest --numprocesses 4 --dist loadfile --ignore tests/browser
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report

browser: .venv/test.stamp
	@$(PY) tests/browser/chromium.py

validate: .venv/test.stamp
	@$(PY) tests/browser/validate.py

faults: .venv/test.stamp
	@THOROUGH=1 $(PY) -m pytest --numprocesses 2 --dist loadfile tests/faults $(ARGS)

# By itself, so that what it needs is no part of what the site is built with. Nothing that it looks at is installed.
AUDIT := .cache/audit

audit: .venv/bin/python
	@$(PY) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip -qq --disable-pip-version-check install --require-hashes \
		--requirement requirements-audit.lock
	@$(AUDIT)/bin/python -m pip_audit --strict --require-hashes --disable-pip --progress-spinner off --desc off \
		$(foreach lock,$(wildcard requirements*.lock),--requirement $(lock)) $(ARGS)

# The newest Zensical, on purpose: what a release of it breaks is to be known early. Nothing that is
# published is made with it, and no package is built here: only finished ones are taken.
CANARY := .cache/canary
canary: .venv/test.stamp browser
	@$(PY) -m venv --clear $(CANARY)
	@$(CANARY)/bin/python -m pip -qq --disable-pip-version-check install --only-binary :all: zensical
	@$(CANARY)/bin/zensical --version
	@BROADSHEET_ZENSICAL=$(CURDIR)/$(CANARY)/bin/zensical $(PY) -m pytest -m canary tests/canary

bench: .venv/test.stamp browser
	@$(PY) benchmarks/builds.py $(ARGS)

screenshots: .venv/test.stamp browser
	@$(PY) tests/browser/screenshots.py

clean:
	@rm -rf site .cache dist test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name .venv -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

distclean: clean
	@rm -rf .venv

# uv resolves for every platform and Python at once; it is borrowed for the occasion if it is missing.
UV_VENV := .cache/uv
COMPILE = compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command "make lock"
PROJECT = pyproject.toml --extra build

lock: .venv/bin/python
	@uv=$$(command -v uv) || { uv=$(UV_VENV)/bin/uv; test -x $$uv || { \
		$(PY) -m venv $(UV_VENV) && $(UV_VENV)/bin/python -m pip install --quiet 'uv>=0.9,<1'; }; } && \
	$$uv pip $(COMPILE) $(PROJECT) --output-file requirements.lock && \
	$$uv pip $(COMPILE) $(PROJECT) --extra test --constraint requirements.lock --output-file requirements-test.lock && \
	$$uv pip $(COMPILE) --group audit --output-file requirements-audit.lock
	@echo "Renewed requirements.lock, requirements-test.lock and requirements-audit.lock. Now run: make test"

# The project itself goes in last and alone: everything that it needs, even to build it, is pinned above.
.venv/site.stamp: requirements.lock pyproject.toml .venv/bin/python
	@echo "Setting up .venv from requirements.lock …"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: requirements-test.lock .venv/site.stamp
	@echo "Adding what the tests need from requirements-test.lock …"
	@$(PIP) install --require-hashes --requirement requirements-test.lock
	@touch $@

# A .venv whose Python has gone is made anew; the first Python that is new enough is taken.
.venv/bin/python:
	@for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
				echo "$$python has no venv module. On Debian or Ubuntu: sudo apt install python3-venv" >&2; \
				exit 1; \
			fi; \
			"$$python" -m venv --clear .venv || exit 1; \
			exit 0; \
		fi; \
	done; \
	echo "Broadsheet needs Python 3.11 or newer; found: $$($(if $(PYTHON),"$(PYTHON)",python3) --version 2>&1)" >&2; \
	echo "Install one from https://www.python.org/downloads/ and say: make site PYTHON=python3.12" >&2; \
	exit 1
