#!/usr/bin/env bash
# ntc-templates 9.3.0 (textfsm 2.1.0), `show vpn-sessiondb anyconnect` of an ASA.
#
# Guess: each session of the list is one record, whatever the ASA's release; an unknown line is an error.
# Seen: the template writes a record at the line `Security Grp`, which only newer releases print. An older list has
# no such line: every session overwrites the one before, and the last one alone comes back. No error is raised, since
# each line by itself is known. The same list with that line gives both sessions.
# What follows: a session begins at its `Username` line; the end of a list is not told by a line that may be missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ntc-templates==9.3.0 textfsm==2.1.0
"$folder/venv/bin/python" - <<'PYTHON'
from ntc_templates.parse import parse_output

SESSION = """
Username     : CP-7962G-SEP{mac}
Index        : {index}
Assigned IP  : 198.51.100.{index}         Public IP    : 203.0.113.{index}
Protocol     : AnyConnect-Parent SSL-Tunnel DTLS-Tunnel
License      : AnyConnect Premium, AnyConnect for Cisco VPN Phone
Encryption   : AnyConnect-Parent: (1)none  SSL-Tunnel: (1)AES128  DTLS-Tunnel: (1)AES128
Hashing      : AnyConnect-Parent: (1)none  SSL-Tunnel: (1)SHA1  DTLS-Tunnel: (1)SHA1
Bytes Tx     : 6098                  Bytes Rx     : 5120
Group Policy : Phones                Tunnel Group : Phones
Login Time   : 10:19:27 UTC Mon Nov 23 2026
Duration     : 0h:12m:01s
Inactivity   : 0h:00m:00s
VLAN Mapping : N/A                   VLAN         : none
"""
NEWER = "Audt Sess ID : c000020100001000653a3b3c\nSecurity Grp : none\n"


def users(tail):
    sessions = "".join(SESSION.format(mac=f"00112233445{i}", index=i) + tail for i in (5, 6))
    rows = parse_output("cisco_asa", "show vpn-sessiondb anyconnect", "\nSession Type: AnyConnect\n" + sessions)
    return [row["username"] for row in rows]


older, newer = users(""), users(NEWER)
print("two sessions, as an older ASA lists them:", older)
print("the same with the lines of a newer one:  ", newer)
assert older == ["CP-7962G-SEP001122334456"], older
assert newer == ["CP-7962G-SEP001122334455", "CP-7962G-SEP001122334456"], newer
PYTHON
