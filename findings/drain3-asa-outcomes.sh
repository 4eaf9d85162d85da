#!/usr/bin/env bash
# drain3 0.9.11, which sorts log lines into kinds by their common words, on messages of an ASA, with its defaults.
#
# Guess: each number of a message is a kind of its own, since a line begins with it and it never changes.
# Seen: a word with a digit in it counts as a value, so the number keeps no two lines apart. The rest of 716038 differs
# from that of 716039 in one word, and so does 722022 from 722023: logins that were accepted and logins that were
# rejected come back as one kind ("Authentication: <*> Session Type: WebVPN."), connections that came up and those that
# ended as another. The first rejected login is no new kind, so whoever watches for new ones hears nothing. With
# `parametrize_numeric_tokens` off there are four kinds. The words of the messages are those of "Cisco Secure Firewall
# ASA Series Syslog Messages".
# What follows: the number is taken from the line before anything is compared, and a count of kinds that was made
# without it says nothing about how many logins failed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check drain3==0.9.11 cachetools==4.2.1 jsonpickle==1.5.1
"$folder/venv/bin/python" - <<'PYTHON'
from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig

WHO = "Group <Phones> User <CP-7962G-SEP00112233445{digit}> IP <203.0.113.{digit}>"
TEXTS = [
    f"%ASA-6-716038: {WHO} Authentication: successful, Session Type: WebVPN.",
    f"%ASA-6-716039: {WHO} Authentication: rejected, Session Type: WebVPN.",
    f"%ASA-6-722022: {WHO} TCP SVC connection established without compression",
    f"%ASA-6-722023: {WHO} TCP SVC connection terminated without compression",
]


def kinds(**settings):
    config = TemplateMinerConfig()
    for name, value in settings.items():
        assert hasattr(config, name), name
        setattr(config, name, value)
    miner = TemplateMiner(config=config)
    new = []
    for text in TEXTS:
        for digit in range(5, 9):
            if miner.add_log_message(text.format(digit=digit))["change_type"] == "cluster_created":
                new.append(text[7:13])
    return new, [(kind.size, kind.get_template()) for kind in miner.drain.clusters]


new, merged = kinds()
print("four messages, four times each; a new kind began at", new)
for size, template in merged:
    print(f"  {size} lines: {template}")
apart, _ = kinds(parametrize_numeric_tokens=False)
print("with the numbers kept, a new kind began at", apart)
assert new == ["716038", "722022"], new
assert merged == [
    (8, "<*> Group <Phones> User <*> IP <*> Authentication: <*> Session Type: WebVPN."),
    (8, "<*> Group <Phones> User <*> IP <*> TCP SVC connection <*> without compression"),
], merged
assert apart == ["716038", "716039", "722022", "722023"], apart
PYTHON
