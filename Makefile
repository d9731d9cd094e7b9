# Two commands are enough: `make run` and `make test`. Both first make this checkout ready (scripts/bootstrap.py).
.DEFAULT_GOAL := help
.PHONY: help run test side-by-side check unit proof e2e torture bench screenshots format lock clean
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif

# For what runs beside something that must not wait for it.
STEP_BACK := $(if $(SIDE_BY_SIDE),nice -n 19)

SYSTEM_PYTHON ?= python3
PYTHON := .venv/bin/python
BOOTSTRAP := @command -v $(SYSTEM_PYTHON) >/dev/null \
	|| { echo "TriLuna Desktop needs Python 3.11, 3.12 or 3.13: install python3 first." >&2; exit 1; }; \
	LC_ALL=C.UTF-8 $(SYSTEM_PYTHON) -B -m scripts.bootstrap
# Tests see one locale wherever they run; `make run` leaves a person's own alone. What Python has compiled is kept, as
# many tests start the program, and pytest takes seconds to put its own assertions into the tests.
TESTING := LANG=C.UTF-8 LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=
# Temporary folders are in memory where that has room and runs programs, too: a database syncs each commit.
MEMORY := $(shell grep -q '^[^ ]* /dev/shm tmpfs [^ ]*noexec' /proc/mounts 2>/dev/null \
	|| df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 { print "TMPDIR=/dev/shm" }')
# What tests leave behind goes with their run.
PYTEST := scripts/in_scratch.sh $(PYTHON) -m pytest
SOURCES := $(wildcard src tests benchmarks scripts)

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

run: ## open the app on its sandbox with sample data; ARGS="..." passes other arguments
	$(BOOTSTRAP) run
	@$(PYTHON) -m scripts.start_app $(ARGS)

test: side-by-side unit ## everything CI runs: check and all tests

# The end-to-end tests wait much. What needs nothing but time is done meanwhile, by processes that step back whenever
# the others can go on: so both cores are always busy, and no window waits for its turn. The unit tests come after it,
# as some of them hold the program to milliseconds. Each shows what it printed when it is over; any that fails fails all.
side-by-side:
	$(BOOTSTRAP) test
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target SIDE_BY_SIDE=1 e2e check proof

check: ## ruff, mypy, who may import whom; no tests
	$(BOOTSTRAP) test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(STEP_BACK) .venv/bin/mypy $(SOURCES)
	@$(TESTING) .venv/bin/lint-imports

unit: ## all tests but the end-to-end ones, on both cores, without a display; ARGS="..." goes to pytest
	$(BOOTSTRAP) test
	@$(TESTING) $(MEMORY) QT_QPA_PLATFORM=offscreen $(PYTEST) -n 2 -m "not e2e and not torture" \
		-o tmp_path_retention_policy=failed $(ARGS)

proof: ## some 2,800 cases of the torture sweeps: a client killed anywhere, requests and database that fail
	$(BOOTSTRAP) test
	@$(TESTING) $(STEP_BACK) $(PYTEST) -m torture $(if $(filter tests/%,$(ARGS)),,tests/torture) $(ARGS)

torture: ## all cases of the torture sweeps, more than 10,000; ARGS="--case NAME" plays one, ARGS=--help tells more
	$(BOOTSTRAP) test
	@$(TESTING) $(PYTHON) -m tests.torture $(ARGS)

e2e: ## the end-to-end tests, three at a time, each in a virtual display of its own
	$(BOOTSTRAP) test
	$(if $(wildcard tests/e2e/test_*.py),@$(TESTING) $(PYTEST) -n 3 --dist worksteal -m e2e $(if $(filter tests/%,$(ARGS)),,tests/e2e) $(ARGS))

bench: ## the benchmarks: a table, and JSON in out/
	$(BOOTSTRAP) test
	@$(TESTING) $(PYTHON) -m scripts.start_app --exec $(PYTHON) -m benchmarks $(ARGS)

screenshots: ## draw the pictures of the README anew
	$(BOOTSTRAP) test
	@$(TESTING) $(PYTHON) -m scripts.start_app --exec $(PYTHON) -m scripts.screenshots $(ARGS)

format: ## let ruff put the code in order
	$(BOOTSTRAP) test
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: ## write the lock files anew (needs uv)
	@scripts/lock.sh

clean: ## remove what the other targets made, .venv too
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
