# make check is what continuous integration runs.
GOLANGCI_VERSION := v2.15.0
GOBIN := $(shell go env GOPATH)/bin
FUZZTIME ?= 20s

.PHONY: check test lint generate bench fuzz build release

check: lint test

build:
	CGO_ENABLED=0 go build -trimpath -o bin/drlint ./cmd/drlint

# All archives of a release: make release VERSION=v1.2.0
release:
	.ci/release $(VERSION) bin/release

test:
	go test ./...

lint: $(GOBIN)/golangci-lint-$(GOLANGCI_VERSION)
	$(GOBIN)/golangci-lint-$(GOLANGCI_VERSION) run ./...

$(GOBIN)/golangci-lint-$(GOLANGCI_VERSION):
	go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(GOBIN)/golangci-lint $@

generate:
	go generate ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...
	sh testdata/bench/process.sh

# Every fuzz target for FUZZTIME each.
fuzz:
	@go list ./... | while read -r package; do \
	  go test -list '^Fuzz' "$$package" | grep '^Fuzz' | while read -r target; do \
	    go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) "$$package" || exit 1; \
	  done || exit 1; \
	done
