# oms2mqtt: the two commands of the README, and a few for those who install it or work on it.
# Targets that need Debian packages install those that are missing with apt; none asks anything.

SWIFT ?= swift
LIBRARIES = libusb-1.0-0-dev libmosquitto-dev libssl-dev libyaml-dev libsqlite3-dev pkg-config
BROKER = mosquitto mosquitto-clients
PACKAGING = debhelper dpkg-dev
CHECKERS = lintian man-db systemd udev umockdev
# The Swift libraries go into the program: it runs where there is no Swift.
RELEASE = $(SWIFT) build $(SWIFT_FLAGS) -c release --static-swift-stdlib --disable-local-rpath
PROGRAM = .build/release/oms2mqtt
MANUAL = .build/manual

PREFIX ?= /usr/local
ROOT = $(DESTDIR)$(PREFIX)
ZSH_FUNCTIONS ?= site-functions
SYSTEMD ?= $(firstword $(filter-out systemd,$(shell systemctl --version 2>/dev/null)) 0)

.PHONY: run test bench fuzz check-arm64 lint build meters manual install uninstall deb \
  check-package clean dependencies dependencies-deb dependencies-check

# Builds the program and shows it at work: with the stick that is plugged in and your e2m.yaml, or
# with recorded telegrams through simulated sticks. Ctrl-C ends it.
run: build
	$(PROGRAM) demo

# All tests; among them a real broker and simulated sticks on real pseudo terminals. Those of USB
# run a second time on a bus that umockdev makes up, with the real libusb.
test: MOCKS = umockdev
test: dependencies
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip ReceiversTests
	$(SWIFT) test --skip-build --filter ReceiversTests
	umockdev-wrapper $(SWIFT) test --skip-build --filter USBDevicesTests
	umockdev-wrapper $(SWIFT) test --skip-build --filter MockedBusTests

build: dependencies
	$(RELEASE) --product oms2mqtt

# Puts the files of meters/ into the program; to be run when one of them has changed.
meters:
	$(SWIFT) run EmbedMeters meters Sources/Gateway/Meters/BuiltInMeterFiles.swift

# Measures decoding, the way to a subscriber and the program at rest; BENCH=name for one of them.
bench: build
	$(RELEASE) --product Benchmark
	.build/release/Benchmark $(BENCH)

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests Benchmarks

# The man page and the shells' completions, from the program's own help.
manual: build
	$(RELEASE) --product generate-manual
	packaging/manual $(PROGRAM) .build/release/generate-manual $(MANUAL)

# The package and what is in it, see Tests/package/check.sh.
check-package: dependencies-check
	PACKAGE=1 Tests/package/check.sh

# Copies what was built below DESTDIR and PREFIX; does not build, so that it may run as root.
install:
	@test -e $(MANUAL) || { echo "Nothing is built yet: run 'make manual' first." >&2; exit 1; }
	install -D -m 755 $(PROGRAM) $(ROOT)/bin/oms2mqtt
	install -D -m 644 -t $(ROOT)/share/man/man1 $(MANUAL)/oms2mqtt.1
	install -D -m 644 $(MANUAL)/bash $(ROOT)/share/bash-completion/completions/oms2mqtt
	install -D -m 644 $(MANUAL)/zsh $(ROOT)/share/zsh/$(ZSH_FUNCTIONS)/_oms2mqtt
	install -D -m 644 $(MANUAL)/fish $(ROOT)/share/fish/vendor_completions.d/oms2mqtt.fish
	install -D -m 644 -t $(ROOT)/share/doc/oms2mqtt README.md docs/*.md
	install -D -m 644 -t $(ROOT)/lib/udev/rules.d udev/60-oms2mqtt.rules
	install -D -m 644 packaging/oms2mqtt.sysusers $(ROOT)/lib/sysusers.d/oms2mqtt.conf
	install -D -m 644 -t $(ROOT)/lib/systemd/system udev/oms2mqtt.service
	sed -i 's|/usr/bin/|$(PREFIX)/bin/|; s|/usr/share/|$(PREFIX)/share/|' \
	  $(ROOT)/lib/systemd/system/oms2mqtt.service
	[ "$(SYSTEMD)" -lt 254 ] || install -D -m 644 -t $(ROOT)/lib/systemd/system/oms2mqtt.service.d \
	  packaging/back-off.conf
	test -e $(DESTDIR)/etc/oms2mqtt/e2m.yaml || \
	  install -D -m 640 -t $(DESTDIR)/etc/oms2mqtt packaging/e2m.yaml

# Removes what `install` copied, but for the configuration.
uninstall:
	cd $(ROOT) && rm -rf bin/oms2mqtt share/man/man1/oms2mqtt.1 share/doc/oms2mqtt \
	  share/bash-completion/completions/oms2mqtt share/zsh/$(ZSH_FUNCTIONS)/_oms2mqtt \
	  share/fish/vendor_completions.d/oms2mqtt.fish lib/udev/rules.d/60-oms2mqtt.rules \
	  lib/sysusers.d/oms2mqtt.conf lib/systemd/system/oms2mqtt.service \
	  lib/systemd/system/oms2mqtt.service.d

# A Debian package for this computer's architecture, in dist/.
deb: dependencies-deb manual
	DEB_RULES_REQUIRES_ROOT=no debian/rules clean binary

dependencies: PACKAGES = $(LIBRARIES) $(BROKER) $(MOCKS)
dependencies-deb: PACKAGES = $(PACKAGING)
dependencies-check: PACKAGES = $(CHECKERS)

# Random inputs to each layer of the decoder, SECONDS in all: `make fuzz SECONDS=60`. What makes
# one of them trap is kept in .build-fuzz, with what libFuzzer found on the way to it.
SECONDS = 240
FUZZ = .build-fuzz/release/Fuzz
fuzz: dependencies
	FUZZ=1 $(SWIFT) build -c release --product Fuzz --scratch-path .build-fuzz \
	  -Xswiftc -sanitize=fuzzer,address
	@for layer in link transport records whole; do \
	  corpus=.build-fuzz/corpus/$$layer; log=.build-fuzz/$$layer.log; mkdir -p $$corpus; \
	  $(FUZZ) -layer=$$layer -seeds=$$corpus || exit 1; \
	  timeout -k 5 $$(( $(SECONDS) / 4 + 30 )) $(FUZZ) -layer=$$layer -max_len=300 \
	    -max_total_time=$$(( $(SECONDS) / 4 )) -timeout=5 -rss_limit_mb=2048 \
	    -artifact_prefix=.build-fuzz/$$layer- -print_final_stats=1 $$corpus >$$log 2>&1 || { \
	      tail -40 $$log; echo "The fuzzer found a fault in $$layer; see above." >&2; exit 1; }; \
	  echo "$$layer: $$(sed -n 's/^stat::number_of_executed_units: *//p' $$log) inputs," \
	    "$$(sed -n 's/^stat::average_exec_per_sec: *//p' $$log) a second"; \
	done

# The decoder on the processor of a Raspberry Pi, run by qemu.
check-arm64: dependencies
	.ci/check-arm64

# Installs the Debian packages that are missing, and only those.
dependencies dependencies-deb dependencies-check:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "Swift 6.2 or later is needed: https://www.swift.org/install/linux" >&2; exit 1; }
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing with apt:$$missing"; \
	  root=""; [ "$$(id -u)" = 0 ] || root=sudo; \
	  $$root apt-get update -q && \
	  $$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; \
	fi

clean:
	rm -rf .build .build-fuzz .build-arm64 dist
