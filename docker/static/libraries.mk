# The libraries of the static build, in the order that they need one another. `make static` calls it; everything lies
# below DIR, whose name holds a key of all that it is made from (docker/static/libraries.sh).
#
#   make -f docker/static/libraries.mk MACHINE=x86_64 DIR=build/static/x86_64-KEY ARCHIVES=build/static/archives

BUILD = MACHINE=$(MACHINE) PREFIX=$(abspath $(DIR)) WORK=$(abspath $(DIR)/work) ARCHIVES=$(abspath $(ARCHIVES)) \
        nice -n 5 docker/static/build.sh
NAMES := gnutls curl microhttpd sqlite sodium nettle zlib jansson uriparser mimalloc authorities musl

all: $(NAMES:%=$(DIR)/%.built)
.PHONY: all

$(DIR)/%.built:
	@echo "  BUILD $* for $(MACHINE)"
	@mkdir -p $(DIR)
	@$(BUILD) $* >$(DIR)/$*.log 2>&1 || { tail -n 30 $(DIR)/$*.log; echo "static build: $* for $(MACHINE) failed"; exit 1; }
	@touch $@

$(filter-out $(DIR)/musl.built $(DIR)/authorities.built,$(NAMES:%=$(DIR)/%.built)): $(DIR)/musl.built
$(DIR)/gnutls.built: $(DIR)/nettle.built
$(DIR)/curl.built: $(DIR)/gnutls.built $(DIR)/zlib.built
$(DIR)/microhttpd.built: $(DIR)/gnutls.built
