# `make run` and `make test` do everything on a machine that has Python 3.11 to 3.13, make and git.
# LEAN=1 leaves out torch and ONNX Runtime and is remembered; LEAN=0 adds them. ARGS go to the command.

BIN := .venv/bin
comma := ,
PYTHON = $(shell for python in $(BIN)/python python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)
LEAN ?= $(if $(wildcard .venv/installed-lean),1,0)
INSTALLED := .venv/installed-$(if $(filter 1,$(LEAN)),lean,full)
BUILDER := build/venv
EXTRAS := $(if $(filter 1,$(LEAN)),dev,networks$(comma)dev)
ARGS =

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test test-tour test-soak check bench tour build test-build translations

help:
	@echo "make run           the program              make check         formatting, lint, types, layers, translations"
	@echo "make test          all tests                make bench         speed against references"
	@echo "make tour          a picture of every view  make translations  gather new words, compile the catalogue"
	@echo "make test-tour     every stop of the tour   make build         a folder that runs without Python"
	@echo "make test-soak     an exhibit under faults  make test-build    makes it and tests it"
	@echo "make install       only the environment"

install: $(INSTALLED)

run: install
	@$(BIN)/fusiform run $(ARGS)

test: install
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n auto --dist loadfile $(ARGS)

test-tour: install
	$(BIN)/pytest -m whole_tour

# Two minutes in which each fault comes once; on a machine without a screen as well.
test-soak: install
	$(BIN)/fusiform kiosk soak --hours 0.0334 --speed-up 20 $(ARGS)

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

build: $(BUILDER)/installed
	$(BUILDER)/bin/python -m PyInstaller --noconfirm --log-level WARN build.spec
	@echo "dist/fusiform is the program; the whole folder is passed on"

test-build: build
	QT_QPA_PLATFORM=offscreen $(BUILDER)/bin/python -m pytest tests/packed $(ARGS)

translations: install
	$(BIN)/python -m resources.translations.gather

# The mark is made last, so that an install that was interrupted is done again.
$(INSTALLED): $(BIN)/python pyproject.toml constraints.txt
	$(need_python)
	@$(call bring_system_packages,--for-tests)
	@test -x $(BIN)/python || $(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e ".[$(EXTRAS)]"
	@rm -f .venv/installed-* && touch $@

# An environment of its own, with ONNX Runtime for the CPU and without torch: what is not there is not packed.
$(BUILDER)/installed: pyproject.toml constraints.txt
	$(need_python)
	@$(call bring_system_packages,--for-build,--for-build)
	$(PYTHON) -m venv --clear $(BUILDER)
	$(BUILDER)/bin/python -m pip install --disable-pip-version-check -c constraints.txt -e ".[build]"
	@touch $@

# No recipe: where the Python of the environment is gone, the environment is made anew.
$(BIN)/python:

need_python = $(if $(PYTHON),,$(error Fusiform needs Python 3.11, 3.12 or 3.13, and there is none here))

# As root on Debian and Ubuntu they are installed, otherwise named; the program says so again if it must.
# The first words ask for what root installs besides, the second ones for what is named besides.
define bring_system_packages
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	missing=$$($(PYTHON) desktop/system.py --missing $(1)); \
	test -z "$$missing" || { apt-get -q update \
		&& DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $$missing; } \
		|| echo "These system packages could not be installed: $$missing"; \
else \
	missing=$$($(PYTHON) desktop/system.py --missing $(2)); \
	test -z "$$missing" || echo "System packages are missing. On Debian and Ubuntu: sudo apt-get install $$missing"; \
fi
endef
