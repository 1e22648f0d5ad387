# `make run` and `make test` do everything on a machine that has Python 3.11 to 3.13, make and git.
# LEAN=1 leaves out torch and ONNX Runtime and is remembered; LEAN=0 adds them. ARGS go to the command.

BIN := .venv/bin
comma := ,
PYTHON = $(shell for python in $(BIN)/python python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)
LEAN ?= $(if $(wildcard .venv/installed-lean),1,0)
INSTALLED := .venv/installed-$(if $(filter 1,$(LEAN)),lean,full)
EXTRAS := $(if $(filter 1,$(LEAN)),dev,networks$(comma)dev)
ARGS =

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test test-tour check bench tour build translations

help:
	@echo "make run           the program              make check         formatting, lint, types, layers, translations"
	@echo "make test          all tests                make bench         speed against references"
	@echo "make tour          a picture of every view  make translations  gather new words, compile the catalogue"
	@echo "make test-tour     every stop of the tour"
	@echo "make install       only the environment     make build         a folder that runs without Python"

install: $(INSTALLED)

run: install
	@$(BIN)/fusiform run $(ARGS)

test: install
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n auto --dist loadfile $(ARGS)

test-tour: install
	$(BIN)/pytest -m whole_tour

check: install
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m resources.translations.gather --check

bench: install
	@$(BIN)/fusiform bench $(ARGS)

tour: install
	@$(BIN)/fusiform tour --out tour/en --lang en $(ARGS)
	@$(BIN)/fusiform tour --out tour/ja --lang ja $(ARGS)

build: install
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[build]"
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	@$(BIN)/fusiform pipelines --json | grep '"name"' > build/names
	@dist/fusiform/fusiform pipelines --json | grep '"name"' | cmp - build/names
	@echo "dist/fusiform/fusiform starts and has every pipeline and parameter"

translations: install
	$(BIN)/python -m resources.translations.gather

# The mark is made last, so that an install that was interrupted is done again.
$(INSTALLED): $(BIN)/python pyproject.toml constraints.txt
	$(if $(PYTHON),,$(error Fusiform needs Python 3.11, 3.12 or 3.13, and there is none here))
	@$(bring_system_packages)
	@test -x $(BIN)/python || $(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e ".[$(EXTRAS)]"
	@rm -f .venv/installed-* && touch $@

# No recipe: where the Python of the environment is gone, the environment is made anew.
$(BIN)/python:

# As root on Debian and Ubuntu they are installed, otherwise named; the program says so again if it must.
define bring_system_packages
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	missing=$$($(PYTHON) desktop/system.py --missing --for-tests); \
	test -z "$$missing" || { apt-get -q update \
		&& DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $$missing; } \
		|| echo "These system packages could not be installed: $$missing"; \
else \
	missing=$$($(PYTHON) desktop/system.py --missing); \
	test -z "$$missing" || echo "System packages are missing. On Debian and Ubuntu: sudo apt-get install $$missing"; \
fi
endef
