bin := .venv/bin
notebooks := $(wildcard source/*/*.ipynb release/*/*.ipynb docs/*.ipynb)
benches := $(wildcard bench/*.py)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test quick lab teach bench clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

setup: ## make .venv, with what the course runs on (every target below does this first)
	@sh tools/setup.sh

setup-dev: ## ... and with what its tests need
	@sh tools/setup.sh dev

demo: setup ## simulate a class, grade it, and print what came of it
	@$(bin)/examiner demo

lab: setup ## open the released course in JupyterLab, as a student sees it
	@$(bin)/examiner lab

teach: setup ## open the course in JupyterLab with nbgrader's tools, as an instructor sees it
	@$(bin)/examiner teach

test: setup-dev ## check everything, the cheap things first
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(if $(notebooks),$(bin)/nbstripout --keep-id --verify $(notebooks))
	$(bin)/examiner freeze --check
	$(bin)/examiner release --check
	$(bin)/python tools/pictures.py --check
	$(bin)/pytest

quick: setup-dev ## only the tests that take no longer than a breath
	$(bin)/pytest -m "not slow"

bench: setup-dev ## measure every figure that the README quotes
	@set -e; for bench in $(benches); do echo "== $$bench"; $(bin)/python "$$bench"; done

clean: ## remove what commands made in build/, never submissions or grades
	rm -rf build
