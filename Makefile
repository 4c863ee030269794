# oms2mqtt: the two commands of the README, and a few for those who work on it.
# All targets install what they need with apt, ask nothing and say what they do.

SWIFT ?= swift
LIBRARIES = libusb-1.0-0-dev libmosquitto-dev libssl-dev libyaml-dev libsqlite3-dev pkg-config
BROKER = mosquitto mosquitto-clients
PROGRAM = .build/release/oms2mqtt

.PHONY: run test lint build meters dependencies clean

# Builds the program and shows it at work: with the stick that is plugged in and your e2m.yaml, or
# with recorded telegrams through simulated sticks. Ctrl-C ends it.
run: build
	$(PROGRAM) demo

# All tests; among them a real broker and simulated sticks on real pseudo terminals. Those of USB
# run a second time on a bus that umockdev makes up, with the real libusb.
test: MOCKS = umockdev
test: dependencies
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	umockdev-wrapper $(SWIFT) test --skip-build --filter USBDevicesTests

build: dependencies
	$(SWIFT) build -c release --product oms2mqtt

# Puts the files of meters/ into the program; to be run when one of them has changed.
meters:
	$(SWIFT) run EmbedMeters meters Sources/Gateway/Meters/BuiltInMeterFiles.swift

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests

# Installs the Debian packages that are missing, and only those.
dependencies:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "Swift 6.2 or later is needed: https://www.swift.org/install/linux" >&2; exit 1; }
	@missing=""; for package in $(LIBRARIES) $(BROKER) $(MOCKS); do \
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
	rm -rf .build
