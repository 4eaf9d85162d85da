#!/usr/bin/env bash
# ntc-templates 9.3.0 (textfsm 2.1.0), `show running-config tunnel-group` of an ASA.
#
# Guess: what decides whether a phone can log in (SAML, posture left out) comes back with the group.
# Seen: the template's line for `saml identity-provider` allows no blank between command and address, so the provider
# is never read; `without-csd` is read only with a word behind it, so the usual bare form is lost, while
# `without-csd anyconnect` is read. Unknown lines of this template raise no error.
# What follows: an empty field of this parser does not say that the setting is absent, so a table made with it is no
# evidence for "no SAML" or "posture is asked".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ntc-templates==9.3.0 textfsm==2.1.0
"$folder/venv/bin/python" - <<'PYTHON'
from ntc_templates.parse import parse_output

GROUPS = """tunnel-group Phones type remote-access
tunnel-group Phones webvpn-attributes
 authentication certificate
 group-url https://vpn.example.com/phones enable
 without-csd
tunnel-group Staff type remote-access
tunnel-group Staff webvpn-attributes
 authentication saml
 group-url https://vpn.example.com/staff enable
 saml identity-provider https://idp.example.com/metadata
 without-csd anyconnect
"""
rows = {row["name"]: row for row in parse_output("cisco_asa", "show running-config tunnel-group", GROUPS)}
for name, row in rows.items():
    print(name, {key: row[key] for key in ("webvpn_auth", "webvpn_grp_url", "saml_id_provider", "without_csd")})
assert rows["Phones"]["webvpn_auth"] == "certificate" and rows["Phones"]["without_csd"] == "", rows["Phones"]
assert rows["Staff"]["webvpn_auth"] == "saml" and rows["Staff"]["saml_id_provider"] == "", rows["Staff"]
assert rows["Staff"]["without_csd"] == "anyconnect", rows["Staff"]
PYTHON
