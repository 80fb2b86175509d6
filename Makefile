# The words a newcomer needs: demo, test, check, bench – and lock, when a dependency changes.
PY ?= python3
VENV = .venv
RUN = $(VENV)/bin
# Two at a time: browser and server tests take free ports, and CI has two cores.
PYTEST = $(RUN)/pytest --numprocesses=2 --dist=loadfile
export UV_LINK_MODE = copy

.PHONY: demo test check bench lock build python-style python-types imports python-tests sdk ui

demo: build  ## the demo shop with Innesco beside it: make demo ARGS="--port 9000"
	$(RUN)/innesco demo $(ARGS)

test: python-tests sdk-tests ui-tests

check: python-style python-types imports python-tests sdk ui

bench: build
	$(RUN)/python -m bench $(ARGS)

lock: $(VENV)/.ready
	$(RUN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-emit-index-url --no-emit-find-links --group dev pyproject.toml -o requirements.lock

# -- what they are made of -------------------------------------------------------------------------

# uv installs the rest in seconds; like everything else it must have the hash of the lock file.
$(VENV)/.ready: requirements.lock pyproject.toml
	test -x $(RUN)/pip || $(PY) -m venv $(VENV) \
	  || { echo "Python's venv is missing: on Debian, apt install python3-venv"; exit 1; }
	sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.txt
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt
	VIRTUAL_ENV=$(VENV) $(RUN)/uv pip install --quiet --require-hashes -r requirements.lock
	VIRTUAL_ENV=$(VENV) $(RUN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

build: $(VENV)/.ready
	$(RUN)/python hatch_build.py

python-style: $(VENV)/.ready
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .

python-types: $(VENV)/.ready
	$(RUN)/mypy

imports: $(VENV)/.ready
	$(RUN)/lint-imports

python-tests: build
	$(RUN)/python hatch_build.py tests/stories/sdks
	$(PYTEST) $(ARGS)

sdk: sdk-tests
	$(RUN)/python hatch_build.py sdk check

ui: ui-tests
	$(RUN)/python hatch_build.py ui types

sdk-tests ui-tests: %-tests: build
	$(RUN)/python hatch_build.py $* test
