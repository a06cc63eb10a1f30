# The two commands: `make demo` and `make test`. Each sets up .venv first if it is not there; after that all but `lock` works offline.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TEACHER := .venv-vllm
N ?= 10000

.PHONY: demo demo-llm test slow integration teacher bench lint types layers ci lock schema gallery golden clean

demo: $(READY)
	$(BIN)/madata generate tom --n $(N)
	$(BIN)/madata validate
	$(BIN)/python -P -m madata.cards.show

# A real model that says next to nothing of use: what the checks make of it. Exit code 1 means fewer episodes than asked for.
demo-llm: $(READY) $(TEACHER)/ready
	$(BIN)/madata generate tom --n 16 --attempts 2 --serve $(TEACHER)/models/smollm2-135m --out runs/demo-llm || [ $$? -eq 1 ]

test: $(READY)
	$(BIN)/pytest

slow: $(READY)
	$(BIN)/pytest -m "slow or not integration" --hypothesis-profile default --timeout 3600

integration: $(READY)
	$(BIN)/pytest -m "integration and not slow" --timeout 600

teacher: $(TEACHER)/ready

bench: $(READY)
	$(BIN)/madata generate tom --n $(N)
	for file in tests/benchmarks/*.py; do echo "== $$file"; PYTHONPATH=tests:tests/benchmarks $(BIN)/python -P $$file || exit 1; done

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# mypy needs a directory named like the package; run from beside the link, it prints paths that start with madata/.
types: $(READY)
	cd .venv/src && ../bin/mypy --config-file madata/pyproject.toml --cache-dir ../mypy -p madata

layers: $(READY)
	$(BIN)/lint-imports --no-cache --no-logo

ci:
	bash .ci/run

schema: $(READY)
	$(BIN)/python -P -m madata.schemas

# A page with one episode of every family.
gallery: $(READY)
	$(BIN)/python -P -m madata.cards.gallery > docs/episodes.md

# Hashes of some episodes, for tests/test_golden.py.
golden: $(READY)
	PYTHONPATH=tests $(BIN)/python -P tests/golden.py > tests/data/golden.txt

lock: $(READY)
	$(PYTHON) -m venv .venv/uv
	.venv/uv/bin/pip install -q uv
	.venv/uv/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --extra dev \
		--custom-compile-command 'make lock' --quiet pyproject.toml -o requirements.lock

clean:
	rm -rf .venv $(TEACHER) build *.egg-info .hypothesis .pytest_cache .ruff_cache

# Complete only once the stamp is there, so an interrupted set-up starts over.
.venv/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"madata needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. Try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(READY): .venv/locked pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	mkdir -p .venv/src && ln -sfn ../.. .venv/src/madata
	touch $@

# A vLLM server on the CPU, and two small models for it. PyPI has no CPU build of torch; where no index of pip's configuration has
# one, PyTorch's own does.
$(TEACHER)/ready: requirements-teacher.lock tests/integration/models.py
	$(PYTHON) -m venv --clear $(TEACHER)
	torch=$$(grep ^torch== $<) && export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_QUIET=1 && cd $(TEACHER)/bin && \
		{ ./pip install --no-deps $$torch || ./pip install --no-deps --index-url https://download.pytorch.org/whl/cpu $$torch; }
	$(TEACHER)/bin/pip install --quiet --disable-pip-version-check --no-deps -r $<
	$(TEACHER)/bin/python tests/integration/models.py $(TEACHER)/models
	touch $@
