# The five words a newcomer needs: demo, test, check, bench – and lock, when a dependency changes.
PY ?= python3
VENV = .venv
RUN = $(VENV)/bin

.PHONY: demo test check bench lock clean
$(VENV)/.ready: requirements.lock pyproject.toml
	test -x $(RUN)/python || $(PY) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	VIRTUAL_ENV=$(VENV) $(RUN)/uv pip install --quiet --require-hashes -r requirements.lock
	VIRTUAL_ENV=$(VENV) $(RUN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

lock:
	$(RUN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --group dev pyproject.toml -o requirements.lock
