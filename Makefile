# Every command lives in scripts/dev.py, which also serves systems without make: python scripts/dev.py help
PYTHON ?= python3
COMMANDS = help run dev test corpus lint format rehearse bench cluster deploy cluster-down relevance lock api-types

.PHONY: $(COMMANDS)
$(COMMANDS): ; @$(PYTHON) scripts/dev.py $@ $(ARGS)
