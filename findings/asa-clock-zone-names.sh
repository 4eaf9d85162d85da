#!/usr/bin/env bash
# Times with a zone's name, as an ASA shows them, read by chrono-node 2.10.3 (npm) and pendulum 3.3.0 (python-dateutil
# 4.0.0).
#
# On an ASA the zone's name is free text beside an offset ("Cisco Secure Firewall ASA Series Command Reference"). Public
# configurations have `clock timezone CEST 1` with `clock summer-time CEDT recurring last Sun Mar 2:00 last Sun Oct 3:00`.
# Lists of sessions and of certificates then say "10:19:27 CEDT Mon Jul 20 2026" and "10:19:27 CEDT Jul 20 2026".
#
# Guess: a zone that a reader does not know is refused, or the time comes back without one; the day is that of the text.
# Seen:
# - chrono-node reads such a line as two things, a time of today and a day at noon, and `parseDate` gives the first: the
#   session of July began today, and the certificate too. With a zone that it knows the same line is right. No error,
#   and its strict mode does the same. MET and MEST are as unknown to it as CEDT.
# - pendulum gives the wall clock as it stands and calls it UTC: here two hours late. So it does with MEST and EST too.
#   Below it python-dateutil warns that the name is not understood and says "no zone"; pendulum makes UTC of it. On a
#   machine whose own clock knows the name (CEST in Berlin) it raises AttributeError instead.
# What follows: a zone's name is no offset. The offset stands in `show running-config clock`; without it the time is the
# device's own and is compared with no other clock's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" chrono-node@2.10.3 >/dev/null
cat >"$folder/look.js" <<'JS'
const assert = require("node:assert");
const chrono = require("chrono-node");
const today = { instant: new Date("2026-11-30T12:00:00Z"), timezone: "UTC" };
const told = (reader, text) => reader.parseDate(text, today).toISOString();
const TEXTS = [
  ["10:19:27 UTC Mon Jul 20 2026", "2026-07-20T10:19:27.000Z"],
  ["10:19:27 EDT Mon Jul 20 2026", "2026-07-20T14:19:27.000Z"],
  ["10:19:27 CEDT Mon Jul 20 2026", "2026-11-30T10:19:27.000Z"],
  ["10:19:27 CEDT Jul 20 2026", "2026-11-30T10:19:27.000Z"],
  ["10:19:27 MEST Mon Jul 20 2026", "2026-11-30T10:19:27.000Z"],
  ["10:19:27 MET Mon Nov 23 2026", "2026-11-30T10:19:27.000Z"],
];
for (const [text, expected] of TEXTS) {
  console.log(`chrono-node, on 30 November 2026: ${text} is ${told(chrono, text)}`);
  assert.deepStrictEqual([told(chrono, text), told(chrono.strict, text)], [expected, expected]);
}
const parts = chrono.parse(TEXTS[2][0], today).map((part) => part.text);
console.log("chrono-node, the parts of one time:", parts);
assert.deepStrictEqual(parts, ["10:19:27", "Mon Jul 20 2026"]);
JS
NODE_PATH="$folder/node_modules" node "$folder/look.js"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pendulum==3.3.0 python-dateutil==4.0.0
cat >"$folder/look.py" <<'PYTHON'
import sys

import pendulum
from dateutil import parser

for zone in sys.argv[1:]:
    text = f"10:19:27 {zone} Mon Jul 20 2026"
    below = parser.parse(text).isoformat()
    try:
        seen = pendulum.parse(text, strict=False).isoformat()
    except AttributeError as error:
        seen = repr(error)
    print(f"pendulum: {text} is {seen} (python-dateutil: {below})")
    if zone == "CEST":
        assert seen.startswith("AttributeError"), seen
        assert below == "2026-07-20T10:19:27+02:00", below
    else:
        assert seen.replace("Z", "+00:00") == "2026-07-20T10:19:27+00:00", seen
        assert below == "2026-07-20T10:19:27" + ("+00:00" if zone == "UTC" else ""), below
PYTHON
TZ=UTC0 "$folder/venv/bin/python" -W ignore "$folder/look.py" UTC CEDT MEST EST
TZ=CET-1CEST,M3.5.0,M10.5.0/3 "$folder/venv/bin/python" -W ignore "$folder/look.py" CEDT CEST
