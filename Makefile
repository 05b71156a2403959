# duvo-mock. `make` builds build/duvo-mock, `make run` starts it, `make test` checks everything,
# `make help` lists the rest.
#
# FLAVOUR=release|debug|asan|tsan|cov|fuzz   what to build, each under build/<flavour>/ (make static has one of its own)
# WERROR=1                              warnings are errors (make test sets it)
# V=1                                   show the commands
# CFLAGS, LDFLAGS                       go after our own flags

VERSION := 0.1.0
FLAVOUR ?= release
LIBS    := libmicrohttpd sqlite3 jansson libsodium liburiparser libcurl gnutls

ifeq ($(FLAVOUR),static)
include docker/static/flavour.mk
else ifeq ($(origin CC),default)
CC := $(if $(filter fuzz,$(FLAVOUR)),clang,gcc)
endif
JOBS := $(shell nproc)
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -r -j$(JOBS) --no-print-directory
endif
Q := $(if $(V),,@)
# Where tests/deps.sh puts a Node for the tests when the machine's own is too old.
export PATH := $(CURDIR)/build/npm/node/bin:$(PATH)
B := build/$(FLAVOUR)$(if $(filter static,$(FLAVOUR)),/$(MACHINE))
EMBED := build/$(if $(filter static,$(FLAVOUR)),static/)embed
PKG_CONFIG ?= pkg-config

# --- flags --------------------------------------------------------------------------------------------------

# Hidden: a function of ours never takes the place of a library's own function of the same name.
STD  := -std=c17 -D_GNU_SOURCE -fvisibility=hidden
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wold-style-definition -Wvla -Wwrite-strings -Wcast-qual -Wcast-align=strict -Wformat=2 \
        -Wformat-signedness -Wundef -Wdouble-promotion -Wnull-dereference -Wduplicated-cond -Wduplicated-branches \
        -Wlogical-op -Wimplicit-fallthrough=5 -Wswitch-enum -Walloca -fno-common
BRANCHES := $(if $(filter x86_64,$(if $(filter static,$(FLAVOUR)),$(MACHINE),$(shell uname -m))),-fcf-protection=full,-mbranch-protection=standard)
SANITIZER := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all

COMPILE_release := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
                   -fstack-clash-protection $(BRANCHES) -ftrivial-auto-var-init=zero -fPIE
LINK_release    := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,-z,pack-relative-relocs
COMPILE_debug   := -Og -g3 -fno-omit-frame-pointer
COMPILE_asan    := $(SANITIZER) -fsanitize=address,undefined
LINK_asan       := -fsanitize=address,undefined
COMPILE_tsan    := $(SANITIZER) -fsanitize=thread
LINK_tsan       := -fsanitize=thread
COMPILE_cov     := -O0 -g --coverage
LINK_cov        := --coverage
COMPILE_fuzz    := $(SANITIZER) -fsanitize=fuzzer-no-link,address,undefined
LINK_fuzz       := -fsanitize=fuzzer,address,undefined
COMPILE_analyze := -O1 -fanalyzer

ifndef COMPILE_$(FLAVOUR)
$(error FLAVOUR=$(FLAVOUR) is none of release, debug, asan, tsan, cov, fuzz)
endif
ifeq ($(FLAVOUR),fuzz)
WARN := -w # they are gcc's
endif

OPTIONS := $(COMPILE_$(FLAVOUR))

# Expanded when a command runs and not before: by then `deps` has seen to pkg-config and the libraries.
COMPILE = $(CC) $(STD) $(WARN) $(if $(filter 1,$(WERROR)),-Werror) $(OPTIONS) -pthread -Iserver -Itests \
          -DDUVO_MOCK_VERSION='"$(VERSION)"' $(shell $(PKG_CONFIG) --cflags $(LIBS)) $(CFLAGS)
LINK    = $(CC) $(LINK_$(FLAVOUR)) -pthread -Wl,--as-needed $(LDFLAGS)
LINK_LIBS ?= $(shell $(PKG_CONFIG) --libs $(LIBS)) -lm
DEPEND  = -MMD -MP -MF $(@:.o=.d)

# --- what is built from what --------------------------------------------------------------------------------

SERVER  := $(B)/duvo-mock# make api SERVER=… asks another one
SRC     := $(sort $(wildcard server/*.c server/*/*.c server/*/*/*.c))
OBJ     := $(SRC:%.c=$(B)/%.o) $(B)/embed/embed.o $(B)/embed/embed_list.o
SCHEMA  := $(sort $(wildcard schema/store/*.sql))
IMAGES  := build/embed/empty.image build/embed/default.image
FILES   := $(sort $(SCHEMA) $(wildcard fixtures/*.json server/pages/*.html server/pages/*.css server/pages/*.js) $(AUTHORITIES))
EMBEDDED := $(sort $(FILES) $(IMAGES))
HEADERS := $(sort $(wildcard server/*.h server/*/*.h server/*/*/*.h tests/*.h tests/*/*.h))

UNIT_SRC   := $(sort $(wildcard tests/unit/test_*.c))
UNIT_HELP  := $(patsubst %.c,$(B)/%.o,$(filter-out $(UNIT_SRC),$(sort $(wildcard tests/unit/*.c))))
UNIT_NAMES := $(UNIT_SRC:tests/unit/%.c=%)
UNIT       := $(B)/unit/all
UNIT_CLOCKS := clock_real_ms clock_steady_us
IMAGE_CLOCKS := clock_real_ms clock_ticket
RUNNER_OBJ := $(patsubst %.c,build/runner/%.o,$(sort $(wildcard tests/run.c tests/runner/*.c)))

# The fuzz targets, with libFuzzer (FLAVOUR=fuzz) or with a main of their own. What a target answers for others stands
# in the place of what the server would ask.
FUZZ_OBJ     := $(patsubst %.c,$(B)/%.o,$(filter-out tests/fuzz/libfuzzer.c tests/fuzz/replay.c,$(sort $(wildcard tests/fuzz/*.c)))) \
                $(B)/tests/unit/rig.o
FUZZ_TARGETS := $(shell sed -n 's/^TARGET.\([a-z]*\),.*/\1/p' tests/fuzz/targets.def)
FUZZ_WRAPPED := -Wl,--wrap=die,--wrap=call_http

.SECONDARY:
.DELETE_ON_ERROR:
.PHONY: all run test check unit api lint figures headers schema fresh tables openapi client readme four-edits e2e mcp mcp-servers \
        control shots analyze asan tsan cov bench bench-report bench-work soak install uninstall dist install-test programs npm clients \
        wheel static release release-test test-release static-figures console-figures deb deb-test static-test static-here examples test-image fuzz fuzz-replay torture objects \
        deps test-deps fuzz-deps clean help FORCE test-packages

all: $(B)/duvo-mock  ## build the server: build/duvo-mock
ifeq ($(FLAVOUR),release)
all: build/duvo-mock
endif

build/duvo-mock: build/release/duvo-mock
	$(Q)ln -f $< $@

LINKED ?= $(OBJ)

$(B)/duvo-mock: $(LINKED)
	@echo "  LINK  $@"
	$(Q)$(LINK) -o $@ $^ $(LINK_LIBS)

# All of ours as one object from which nothing shows but main.
$(B)/server.o: $(OBJ)
	$(Q)$(BINUTILS)ld -r -o $@ $^
	$(Q)$(BINUTILS)objcopy --keep-global-symbol=main $@

$(B)/%.o: %.c $(B)/flags
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(DEPEND) -c -o $@ $<

$(B)/embed/%.o: $(EMBED)/%.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(DEPEND) -c -o $@ $<

$(B)/embed/embed.o: $(EMBED)/embed.S $(EMBEDDED) $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) -c -o $@ $<

# Databases that the server begins with: made by the server as it is here without them, and for every flavour and machine
# by this machine's.
ifeq ($(FLAVOUR),release)
$(IMAGES) &: build/embed/image
	@echo "  IMAGE $(IMAGES)"
	$(Q)$< $(IMAGES)

build/embed/image: $(filter-out $(B)/server/main.o $(B)/embed/%,$(OBJ)) $(B)/schema/image.o $(B)/bare/embed.o $(B)/bare/embed_list.o
	$(Q)$(LINK) $(IMAGE_CLOCKS:%=-Wl,--wrap=%) -o $@ $^ $(LINK_LIBS)

$(B)/bare/embed_list.o: build/embed/bare/embed_list.c $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(DEPEND) -c -o $@ $<

$(B)/bare/embed.o: build/embed/bare/embed.S $(FILES) $(B)/flags
	@mkdir -p $(@D)
	$(Q)$(CC) -c -o $@ $<

build/embed/bare/embed.S build/embed/bare/embed_list.c &: server/base/embed.sh $(EMBED)/files
	$(Q)server/base/embed.sh build/embed/bare $(FILES)
else
$(IMAGES) &: FORCE
	@$(MAKE) -s FLAVOUR=release $(OF_RELEASE) $(IMAGES)
endif

$(EMBED)/embed.S $(EMBED)/embed_list.c &: server/base/embed.sh $(EMBED)/files
	@echo "  EMBED $(words $(EMBEDDED)) files"
	$(Q)server/base/embed.sh $(EMBED) $(EMBEDDED)

# A stamp's file changes only when its text does. The text is written while make expands the recipe, hence
# the mkdir; each make has a file of its own for it, because several may look at one stamp at once.
PID := $(shell echo $$PPID)
stamp = $(shell mkdir -p $(@D))$(file >$@.$(PID),$(1))@cmp -s $@.$(PID) $@ && rm $@.$(PID) || mv $@.$(PID) $@

$(B)/flags: FORCE | deps
	$(call stamp,$(COMPILE) / $(LINK) $(LINK_LIBS))

$(EMBED)/files: FORCE
	$(call stamp,$(EMBEDDED))

# One program of all unit tests: each file's main gets the file's name.
$(UNIT): $(UNIT_NAMES:%=$(B)/unit/%.o) $(UNIT_HELP) $(filter-out $(B)/server/main.o,$(OBJ))
	@echo "  LINK  $@"
	$(Q)$(LINK) $(UNIT_CLOCKS:%=-Wl,--wrap=%) -o $@ $^ $(LINK_LIBS) -lcmocka

$(B)/unit/%.o: $(B)/tests/unit/%.o
	@mkdir -p $(@D)
	$(Q)objcopy --redefine-sym main=main_of_$* $< $@

build/unit/programs.def: FORCE
	$(call stamp,$(foreach name,$(UNIT_NAMES),PROGRAM($(name))))

$(B)/tests/unit/main.o: private OPTIONS := $(OPTIONS) -Ibuild
$(B)/tests/unit/main.o: build/unit/programs.def

$(UNIT_SRC:%.c=$(B)/%.o) $(UNIT_HELP): | test-deps

$(B)/fuzz/libfuzzer $(B)/fuzz/replay: $(B)/fuzz/%: $(B)/tests/fuzz/%.o $(FUZZ_OBJ) $(filter-out $(B)/server/main.o,$(OBJ))
	@echo "  LINK  $@"
	@mkdir -p $(@D)
	$(Q)$(LINK) $(FUZZ_WRAPPED) -o $@ $^ $(LINK_LIBS) -lcmocka

$(FUZZ_OBJ): | test-deps

# The tests' own programs are always the same, whatever flavour of the server they look at.
build/runner/%.o: OPTIONS := $(COMPILE_release)
build/runner/%.o: %.c Makefile | deps
	@echo "  CC    $<"
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(DEPEND) -c -o $@ $<

build/runner/run: $(RUNNER_OBJ)
	@echo "  LINK  $@"
	$(Q)$(CC) $(LINK_release) -pthread -o $@ $^ $(shell pkg-config --libs jansson)

objects: $(OBJ)
programs: all $(UNIT) build/runner/run $(B)/fuzz/replay

# --- running ------------------------------------------------------------------------------------------------

run: all  ## start the server; ARGS="--port 9000" goes to it
	@exec $(SERVER) $(ARGS)

soak: $(SERVER)  ## load the server for SECONDS=3600 and see that nothing grows: memory, descriptors, files
	@$(SANITIZED) node tests/load/soak.mjs $< $(or $(SECONDS),3600)

bench: build/release/duvo-mock | test-deps  ## measure the server under load; ARGS go to tests/load/bench.sh
	@tests/load/bench.sh $< $(ARGS)
bench-report: build/release/duvo-mock | test-deps  ## measure, and write the figures into the README
	@tests/load/bench.sh $<
	@node tests/load/readme.mjs build/bench.json README.md
bench-work: build/release/duvo-mock | test-deps  ## count the instructions that requests cost, all or some: T=create,patch
	@BENCH_WORK="$(or $(T),1)" tests/load/bench.sh $<

static-figures: build/release/duvo-mock static-here  ## measure the static program beside the dynamic one: size, memory, starts, processor time
	@mkdir -p build/load
	$(Q)gcc -O2 -o build/load/start tests/load/start.c
	@node tests/load/static.mjs $< $(call static_program,$(HERE)) build/load/start

console-figures: build/release/duvo-mock build/npm/e2e/installed  ## measure the console in Chromium with much in the mock; T="paint scroll" measures some
	@node tests/load/console.mjs $< build/npm/e2e $(T)

# --- checking -----------------------------------------------------------------------------------------------

# Tests may be written anew; the run fails when fewer cases than these are left.
CASES := 12500

SANITIZED := $(if $(filter asan tsan,$(FLAVOUR)),tests/sanitized.sh $(FLAVOUR))
# ThreadSanitizer has something to say of those that start threads alone.
UNIT_THREADED := $(shell sed -n 's/^THREADED(\(.*\))$$/\1/p' tests/unit/threaded.def)
UNIT_ALL    := $(if $(filter tsan,$(FLAVOUR)),$(UNIT_THREADED),$(UNIT_NAMES))
UNIT_WANTED := $(if $(T),$(foreach u,$(UNIT_NAMES),$(if $(findstring $(T),$u),$u)),$(UNIT_ALL))

test: test-deps  ## run every check there is; STAGES="lint unit" runs some
	@tests/all.sh $(STAGES)

check:  ## run what is quick: lint, headers, unit and black-box tests
	@tests/all.sh lint headers unit api

unit: $(UNIT)  ## run the unit tests; T=name runs the files whose name contains it
	@$(SANITIZED) tests/unit.sh $(UNIT) $(UNIT_WANTED)

api: $(SERVER) build/runner/run | test-deps  ## run the tests against a real server; T=name runs one
	@$(SANITIZED) build/runner/run --server $(SERVER) --schema schema/openapi.json -j $(JOBS) \
	    $(if $(T),$(T),--cases $(CASES) --coverage-file $(B)/routes.txt $(wildcard tests/api tests/cli))

lint: | test-deps  ## check includes, banned functions, SQL and layout of the source text
	@node tests/lint/lint.mjs

figures:  ## print how large server/ is: lines, files, functions
	@node tests/lint/figures.mjs

headers: $(HEADERS:%=$(B)/headers/%.ok)  ## compile every header alone
	@echo "$(words $^) passed, 0 failed"

$(B)/headers/%.h.ok: %.h $(B)/flags
	@mkdir -p $(@D)
	$(Q)printf '#include "$<"\nextern int alone;\n' | \
	    $(COMPILE) -Werror -I. -MMD -MP -MF $@.d -MT $@ -fsyntax-only -x c -
	@touch $@

schema: $(SERVER)  ## write schema/openapi.json and schema/fixtures.json anew from the route and field tables
	$(Q)$(SERVER) describe >build/openapi.json
	$(Q)cp build/openapi.json schema/openapi.json
	$(Q)$(SERVER) describe --fixtures >build/fixtures.json
	$(Q)cp build/fixtures.json schema/fixtures.json

fresh: $(SERVER)  ## check that schema/, the tables in the README files and the clients are what `make schema tables` writes
	$(Q)$(SERVER) describe >build/openapi.json
	$(Q)$(SERVER) describe --fixtures >build/fixtures.json
	@for one in openapi fixtures; do diff -u schema/$$one.json build/$$one.json >build/$$one.diff || \
	    { head -n 40 build/$$one.diff; echo "schema/$$one.json is stale: run make schema"; exit 1; }; done
	@node schema/tables.mjs $(SERVER) --check
	@node docker/packages/generate/index.mjs $(SERVER) --check

clients: $(SERVER)  ## write the generated halves of the npm and Python packages anew, from the contract
	$(Q)node docker/packages/generate/index.mjs $(SERVER)

tables: $(SERVER) clients  ## write the tables in the README files anew: what is supported, options, control calls, fixtures
	$(Q)node schema/tables.mjs $(SERVER)

openapi: build/npm/openapi/installed  ## check schema/openapi.json with an independent OpenAPI linter
	@node tests/openapi/lint.mjs schema/openapi.json build/npm/openapi

client: $(SERVER) build/npm/openapi/installed  ## generate a client from the served contract, compile a story with it strictly, run it
	@node tests/openapi/client.mjs $(SERVER) build/npm/openapi

e2e: $(SERVER) build/npm/e2e/installed  ## use the server as people do, with Chromium; T=name runs some
	@$(SANITIZED) node tests/e2e/run.mjs $(SERVER) build/npm/e2e $(T)

mcp: $(SERVER) build/npm/e2e/mcp/installed  ## let the official MCP clients use the built-in servers; T=name runs some
	@$(SANITIZED) node tests/e2e/mcp/run.mjs $(SERVER) build/npm/e2e/mcp $(T)

mcp-servers: $(SERVER) build/npm/e2e/mcp-servers/installed  ## probe and authorize MCP servers of others; T=name runs some
	@$(SANITIZED) node tests/e2e/mcp-servers/run.mjs $(SERVER) build/npm/e2e/mcp-servers $(T)

control: $(SERVER) build/npm/control/installed  ## prove the control plane on whole servers; T=name runs some
	@$(SANITIZED) node tests/control/run.mjs $(SERVER) build/npm/control $(T)

examples: $(SERVER) build/npm/examples/installed  ## run the examples of tests/e2e/examples; T=name runs some
	@$(SANITIZED) node tests/examples/run.mjs $(SERVER) build/npm/examples $(T)

test-image: build/npm/examples/installed static-here | test-deps  ## build the container image (docker/Dockerfile) and use it, with Docker or else buildah
	@node tests/image/run.mjs $(T)

shots: $(SERVER) build/npm/e2e/installed  ## take pictures of the pages: build/shots
	@node tests/e2e/shots.mjs $(SERVER) build/npm/e2e build/shots

build/npm/%/installed: tests/%/package.json tests/%/package-lock.json | test-deps
	@mkdir -p $(@D)
	@cp $^ $(@D)
	$(Q)npm --prefix $(@D) ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

# One page after the other: each has a server of its own.
PAGES := README.md $(wildcard docker/README.md docker/packages/README.md docker/packages/*/README.md fixtures/README.md schema/README.md server/README.md server/*/README.md)

readme: all npm wheel | test-deps  ## run the commands of the README files and compare what they print; T=path runs one
	@tests/pages.sh $(or $(T),$(PAGES))

four-edits: build/duvo-mock build/runner/run | test-deps  ## add server/README.md's example of an endpoint in a copy, by four edits
	@tests/four-edits.sh $(TREE)

fuzz: | fuzz-deps  ## let libFuzzer look for inputs that break something; T=target, SECONDS=300 for each
	@$(MAKE) FLAVOUR=fuzz build/fuzz/fuzz/libfuzzer
	@tests/fuzz.sh search build/fuzz $(or $(SECONDS),300) $(JOBS) $(or $(T),$(FUZZ_TARGETS))

fuzz-replay: $(B)/fuzz/replay  ## run the inputs of tests/fuzz/corpus, and some made of them; T=target, FLAVOUR=asan
	@tests/fuzz.sh replay $(B) $(or $(SECONDS),4) $(JOBS) $(or $(T),$(FUZZ_TARGETS))

torture: $(SERVER) build/torture/shim.so build/torture/shim-alloc.so | test-deps  ## let every call fail once: EVERY=1, T="sql write accept send thread alloc"
	@$(SANITIZED) node tests/torture/run.mjs $(SERVER) build/torture $(or $(EVERY),1) $(T)

# The same for every flavour: it stands before the libraries.
build/torture/shim.so build/torture/shim-alloc.so: tests/torture/shim.c Makefile | deps
	@mkdir -p $(@D)
	$(Q)$(CC) $(STD) -Wall -Wextra -O2 -fPIC -shared $(if $(findstring alloc,$@),-DTORTURE_ALLOC) -o $@ $<

analyze:  ## run gcc's static analyzer over the server
	@$(MAKE) -k FLAVOUR=analyze WERROR=1 objects

asan tsan:  ## run unit, api and load tests with AddressSanitizer and UBSan (asan) or ThreadSanitizer (tsan)
	@status=0; for t in unit api 'control T=load'; do $(MAKE) FLAVOUR=$@ $$t || status=1; done; exit $$status

cov:  ## run unit and api tests and print the lines covered in each file
	@rm -f $$(find build/cov -name '*.gcda' 2>/dev/null)
	@for t in unit api; do $(MAKE) FLAVOUR=cov $$t || true; done
	@tests/cov.sh build/cov

# --- installing -----------------------------------------------------------------------------------------------

PREFIX  ?= /usr/local
INSTALL ?= install
BIN := $(DESTDIR)$(PREFIX)/bin
MAN := $(DESTDIR)$(PREFIX)/share/man/man1
DOC := $(DESTDIR)$(PREFIX)/share/doc/duvo-mock

install: build/release/duvo-mock  ## install below PREFIX=/usr/local; DESTDIR= comes before it, INSTALL="install -s" strips
	@$< describe --man >build/duvo-mock.1
	$(Q)install -d $(BIN) $(MAN) $(DOC)/fixtures
	$(Q)$(INSTALL) -m 755 $< $(BIN)/duvo-mock
	$(Q)install -m 644 build/duvo-mock.1 $(MAN)
	$(Q)install -m 644 README.md server/LICENSE schema/openapi.json $(DOC)
	$(Q)install -m 644 fixtures/*.json $(DOC)/fixtures

uninstall:  ## remove what `make install` has installed
	rm -f $(BIN)/duvo-mock $(MAN)/duvo-mock.1
	rm -rf $(DOC)

# The same bytes from the same files, whoever packs them: sorted, owned by nobody, as old as the last commit.
DIST := duvo-mock-$(VERSION)
TREE := Makefile README.md docker fixtures schema server tests

dist:  ## pack the sources: build/duvo-mock-VERSION.tar.gz, the same bytes each time
	@mkdir -p build
	$(Q)(git ls-files -z -- $(TREE) 2>/dev/null | grep -z . || find $(TREE) -type f -print0) | LC_ALL=C sort -z | \
	    tar --null --no-recursion -T - --format=ustar --owner=0 --group=0 --numeric-owner \
	    --mode=a+rX,u+w,go-w --transform='s,^,$(DIST)/,' \
	    --mtime=@$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 0)} -cf - | \
	    gzip -9n >build/$(DIST).tar.gz
	@echo build/$(DIST).tar.gz

install-test: build/release/duvo-mock | test-deps  ## install and uninstall it, pack it, and build what was packed
	@tests/install.sh $(DIST)

# --- releasing ------------------------------------------------------------------------------------------------

# MACHINE=x86_64 makes static programs for that one alone.
MACHINES := x86_64 aarch64
RELEASE  := build/release-files
static_program = $(RELEASE)/duvo-mock-$(VERSION)-linux-$(1)
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

static: $(IMAGES) | deps  ## build static programs of musl, for every Linux: build/release-files; MACHINE=x86_64 one, SOURCES=DIR has the sources
	@mkdir -p $(RELEASE)
	$(Q)set -e; for machine in $(or $(MACHINE),$(MACHINES)); do \
	    docker/static/libraries.sh $$machine; \
	    $(MAKE) FLAVOUR=static MACHINE=$$machine build/static/$$machine/duvo-mock; \
	    install -m 755 build/static/$$machine/duvo-mock $(call static_program,$$machine); \
	    docker/static/image.sh $$machine $(call static_program,$$machine) $(RELEASE)/image; \
	done

# The Debian names of machines.
debian_x86_64  := amd64
debian_aarch64 := arm64
HERE := $(shell uname -m)

deb: static build/duvo-mock  ## make Debian packages of the static programs: build/release-files; MACHINE=x86_64 one
	$(Q)tests/deps.sh deb
	$(Q)set -e; for machine in $(or $(MACHINE),$(MACHINES)); do \
	    docker/packages/deb/build.sh $$machine $(call static_program,$$machine) build/duvo-mock $(RELEASE); \
	done

deb-test: | test-deps  ## install the Debian package in a root of its own and use it
	@$(MAKE) -s deb MACHINE=$(HERE)
	@tests/deps.sh deb-test
	@tests/deb.sh $(RELEASE)/duvo-mock_$(VERSION)_$(debian_$(HERE)).deb $(VERSION)

static-test: build/runner/run | test-deps  ## try the static program: black-box tests, empty roots; MACHINE=aarch64 with QEMU, T=name runs some
	@$(MAKE) -s static MACHINE=$(or $(MACHINE),$(HERE))
	@tests/deps.sh static-test $(or $(MACHINE),$(HERE))
	@tests/static.sh $(call static_program,$(or $(MACHINE),$(HERE))) $(or $(MACHINE),$(HERE)) $(T)

# Nothing of an earlier one stays.
release: | test-deps  ## make all files of a release: build/release-files; MACHINE=x86_64 for that one alone
	@rm -rf $(RELEASE)
	@$(MAKE) deb dist
	@$(MAKE) npm wheel
	$(Q)docker/release.sh $(VERSION) $(RELEASE)
	@cd $(RELEASE) && ls -l *

release-test: | test-deps  ## make a release for this machine and look at its files
	@$(MAKE) -s release MACHINE=$(HERE)
	@tests/release.sh $(RELEASE) $(VERSION) $(HERE)

test-release: | test-deps  ## what takes an hour: all of a release twice with the same bytes, AArch64 under QEMU, three versions of Debian
	@$(MAKE) release
	@$(MAKE) static-test MACHINE=aarch64 T="$(or $(T),tests/api/connections)"
	@tests/deps.sh test-release
	@tests/release.sh --all $(RELEASE) $(VERSION) $(MACHINES)

static-here:
	@$(MAKE) -s static MACHINE=$(HERE)

# --- packages ---------------------------------------------------------------------------------------------------

# What the packages carry: the static programs of `make static`, or else the one for this machine and its libraries.
PROGRAMS ?= $(or $(wildcard $(RELEASE)/duvo-mock-$(VERSION)-linux-x86_64 $(RELEASE)/duvo-mock-$(VERSION)-linux-aarch64),build/packages/duvo-mock)

build/packages/duvo-mock: build/release/duvo-mock
	@mkdir -p $(@D)
	$(Q)strip -o $@ $<

npm: $(PROGRAMS) | test-deps  ## build the npm packages: build/release-files/duvo-mock*.tgz; PROGRAMS="FILE…"
	@rm -f $(RELEASE)/duvo-mock*.tgz
	$(Q)node docker/packages/npm/build.mjs $(VERSION) $(RELEASE) $(PROGRAMS)

wheel: $(PROGRAMS) | test-deps  ## build the Python wheels: build/release-files/duvo_mock-*.whl; PROGRAMS="FILE…"
	@rm -f $(RELEASE)/duvo_mock-*.whl
	$(Q)python3 docker/packages/python/wheel.py $(VERSION) $(RELEASE) $(PROGRAMS)

test-packages: npm wheel build/npm/packages/installed  ## install the packages where nothing else is, and use them; T=name runs some
	@node tests/packages/run.mjs $(VERSION) $(RELEASE) build/npm/packages $(T)

# --- the rest -----------------------------------------------------------------------------------------------

deps:  ## see to the compiler and libraries (on Debian, as root, installs what is missing)
	@tests/deps.sh build $(LIBS)

test-deps: deps  ## the same for what the tests need
	@tests/deps.sh test

fuzz-deps: deps  ## the same for `make fuzz`: clang and its runtime libraries
	@tests/deps.sh fuzz

clean:  ## remove everything that was built
	rm -rf build

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z][a-z -]*:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile

-include $(patsubst %.o,%.d,$(OBJ) $(UNIT_HELP) $(RUNNER_OBJ)) $(patsubst %.c,$(B)/%.d,$(wildcard tests/fuzz/*.c)) $(UNIT_SRC:%.c=$(B)/%.d) \
         $(HEADERS:%=$(B)/headers/%.ok.d) $(B)/schema/image.d
