# Five verbs. `make run` and `make test` need nothing but Python 3.11, make and git.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: setup run test check soak format fresh lock
.DEFAULT_GOAL := setup

setup: $(READY)

# uv installs in a third of pip's time; pip only has to fetch uv itself.
$(READY): requirements.lock bootstrap.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock bootstrap.lock
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -c "from knowledge.chinese.general import general_chinese; general_chinese()"
	touch $@

run: setup
	$(BIN)/yanxiu run --demo

# Forget the demonstration's people, chats and clock.
fresh:
	rm -rf var/demo

# With bytecode kept, every process of the tests compiles our code once and not again. Three workers
# for two cores: the tests of whole processes wait more than they count.
test: setup
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 3 --dist worksteal

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 3 --dist worksteal

# Long runs that are no part of the tests: kill -9 in real mailings, what arrived is counted; a day
# of questions; updates that come again, and hostile ones.
SOAK ?= --people 300 --kills 10
soak: setup
	$(BIN)/python -m tests.soak --orders 300 --database sqlite $(SOAK)
	$(BIN)/python -m tests.soak --database postgresql $(SOAK)
	$(BIN)/python -m tests.soak.questions_day
	$(BIN)/python -m tests.soak --kills 0 --hostile 20000 --replays 10000

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: setup
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements.lock
