# FLAVOUR=static MACHINE=x86_64|aarch64: what the makefile builds with, once docker/static/libraries.sh has made it.

LIBRARIES  := build/static/$(shell readlink build/static/libraries-$(MACHINE))
CC         := $(abspath $(LIBRARIES))/bin/cc
OF_RELEASE := CC=gcc PKG_CONFIG=pkg-config MACHINE=
PKG_CONFIG := PKG_CONFIG_LIBDIR=$(LIBRARIES)/lib/pkgconfig pkg-config

# What a library calls by a name that we have, too, is its own function all the same.
BINUTILS   := $(MACHINE)-linux-gnu-
LINKED     = $(B)/server.o

# The authorities are the same for every machine.
AUTHORITIES := build/static/authorities.pem

# Names of folders stay out of the program, so that it is the same wherever it is built. A thread of musl has 128 KiB of
# stack, which a deeply nested JSON text goes beyond; of what it may have instead, only touched pages count.
COMPILE_static = $(filter-out -g,$(COMPILE_release)) -DDUVO_STATIC -DDUVO_MIMALLOC -ffunction-sections -fdata-sections \
                 -fno-asynchronous-unwind-tables -ffile-prefix-map=$(CURDIR)=.
LINK_static    = -s -Wl,-z,stack-size=1048576 -Wl,--gc-sections $(PACKED_$(MACHINE))
# A position-independent program has 13,000 relocations; packed, they are 300 kB less. Debian 12's linker cannot for AArch64.
PACKED_x86_64 := -Wl,-z,pack-relative-relocs
LINK_LIBS     := -L$(LIBRARIES)/lib -Wl,--start-group -lmicrohttpd -lcurl -lgnutls -lhogweed -lnettle -lsqlite3 -ljansson \
                 -lsodium -luriparser -lz -Wl,--end-group $(LIBRARIES)/lib/mimalloc.o
