#!/usr/bin/env bash
# An ASA's `logging timestamp rfc5424` (9.10 and later), read by syslog-rfc5424-parser 0.3.2 and by
# ntc-templates 9.3.0 (textfsm 2.1.0).
#
# Guess: with that setting the ASA sends what RFC 5424 describes, and a parser of RFC 5424 reads it.
# Seen: only the time has that form. The message (the sample of Cisco's syslog guide, in the words of
# "Cisco Secure Firewall ASA Series Syslog Messages", Timestamp Logging) has no version, no fields for process and
# structured data, and a blank before the colon: the RFC 5424 parser refuses it. The template for `show logging`
# raises nothing: it returns no message at all, as for an empty buffer, while the same lines with the old time give two.
# What follows: such a line is told by its `%ASA-` tag, never by the grammar of the RFC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    ntc-templates==9.3.0 textfsm==2.1.0 syslog-rfc5424-parser==0.3.2 lark-parser==0.6.7
"$folder/venv/bin/python" - <<'PYTHON'
from ntc_templates.parse import parse_output
from syslog_rfc5424_parser import ParseError, SyslogMessage

LINES = [
    "{time}%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.9/49520 for TLSv1 session.",
    "{time}%ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca",
]

try:
    SyslogMessage.parse("<166>" + LINES[0].format(time="2026-11-23T10:19:27Z fw-example : "))
    raise SystemExit("the parser of RFC 5424 reads the line now")
except ParseError as error:
    print("syslog-rfc5424-parser:", str(error)[:40], "…")
full = SyslogMessage.parse("<166>1 2026-11-23T10:19:27Z fw-example - - - - %ASA-6-725001: text").as_dict()
assert full["hostname"] == "fw-example" and full["msg"] == "%ASA-6-725001: text", full


def messages(time):
    buffer = "Syslog logging: enabled\n" + "\n".join(line.format(time=time) for line in LINES) + "\n"
    return len(parse_output("cisco_asa", "show logging", buffer))


old, new = messages("Nov 23 2026 10:19:27: "), messages("2026-11-23T10:19:27Z: ")
print(f"ntc-templates, show logging: {old} messages with the old time, {new} with the new one")
assert (old, new) == (2, 0), (old, new)
PYTHON
