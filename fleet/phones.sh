#!/bin/sh
# Checks the phones whose files stand on standard input, one path a line, with evidence that all phones share. Exit
# statuses 1 and 2 say that something was found, so only what was written tells whether it was done: see spark.py.
#   usage: phones.sh VPN-PHONE-DOCTOR NOW SHARED...
doctor=$1 now=$2
shift 2
for file in "$@"; do
    set -- "$@" --shared "$file"
    shift
done
xargs -r -d '\n' "$doctor" check --each phone --format ndjson --threads 1 --now "$now" "$@" --
exit 0
