#!/usr/bin/env bash
# An ASA's `show ip local pool NAME`, read by genie.libs.parser 26.9 (genie 26.9, pyats 26.9).
#
# Guess: the parser gives the range of a pool and its counts, and a pool with no address left is one with `free: 0`.
# Seen: `begin` and `end` are both the mask, so the range is lost. A pool of which every address is in use raises
# SchemaMissingKeyError, and so does one of which none is, with the empty heading or without it: the schema wants a list
# of free addresses and a list of used ones, and an empty list is never made. So of the pools that one asks for, the
# exhausted one is the one that cannot be read. The form of the output is the one of Cisco's command reference for the
# ASA, "show ip local pool".
# What follows: the counts of the first row tell whether a pool is exhausted, and a list that is not there is no error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check genie==26.9 pyats==26.9 genie.libs.parser==26.9
"$folder/venv/bin/python" - <<'PYTHON'
from unittest.mock import Mock

from genie.libs.parser.asa.show_ip import ShowIpLocalPool
from genie.metaparser.util.exceptions import SchemaMissingKeyError

HEAD = "Begin           End             Mask            Free     Held     In use\n"
ALL = ["198.51.100.70", "198.51.100.71"]


def pool(free, used, empty_headings):
    text = HEAD + f"198.51.100.70   198.51.100.71   255.255.255.0   {len(free)}        0        {len(used)}\n"
    for heading, addresses in (("Available", free), ("In Use", used)):
        if addresses or empty_headings:
            text += f"\n{heading} Addresses:\n" + "".join(f"{address}\n" for address in addresses)
    return text


def read(text):
    return ShowIpLocalPool(device=Mock()).parse(pool="PHONES", output=text)["pool"]["PHONES"]


row = read(pool(ALL[1:], ALL[:1], True))
print("one of two in use:", row)
assert (row["begin"], row["end"], row["mask"]) == ("255.255.255.0",) * 3, row
assert (row["free"], row["in_use"]) == (1, 1), row
for name, free, used in (("all in use", [], ALL), ("none in use", ALL, [])):
    for empty_headings in (True, False):
        try:
            raise SystemExit(f"{name}: {read(pool(free, used, empty_headings))}: it is read now")
        except SchemaMissingKeyError as error:
            print(f"{name}, headings of empty lists {'shown' if empty_headings else 'left out'}:", str(error)[:90])
PYTHON
