#!/bin/sh
# Times whole processes, from start to exit, on synthetic platforms: wall
# seconds and peak memory of the median run of five.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -trimpath -o "$work/drlint" ./cmd/drlint
go build -o "$work/write" ./internal/synthetic/write

measure() { # NAME DIR
  for _ in 1 2 3 4 5; do
    command time -f '%e %M' -o "$work/time" "$work/drlint" check --fail-on never "$2" >/dev/null
    tail -n 1 "$work/time"
  done | sort -n | sed -n 3p | awk -v name="$1" '{printf "%-24s %6.2f s %7.1f MB\n", name, $1, $2 / 1024}'
}

mkdir "$work/one"
printf 'version: 1\n' > "$work/one/.drlint.yaml"
"$work/write" "$work/some" 3
head -n 30 "$work/some/roots/team000/main.tf" > "$work/one/main.tf"
measure "one file" "$work/one"
for files in 170 500 1000 2000; do
  "$work/write" "$work/$files" "$files"
  printf 'version: 1\n' > "$work/$files/.drlint.yaml"
  measure "$files files" "$work/$files"
done
