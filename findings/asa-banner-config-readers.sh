#!/usr/bin/env bash
# A banner in an ASA's configuration, read by ciscoconfparse2 0.9.18 (its syntax "asa") and hier-config 3.7.1 (its
# platform GENERIC; it has none for the ASA).
#
# Guess: `banner motd Keep out.` is one line, and what stands behind it is read as ever. On an ASA each line of a banner
# is a command of its own, and no sign ends it ("Cisco Secure Firewall ASA Series Command Reference", banner).
# Seen: both read it as IOS writes banners, where the first sign of the text also ends it.
# - ciscoconfparse2 looks for the next line with a "K". There is none, so all lines to the end become children of the
#   banner: `ssl`, `webvpn` and `tunnel-group` are no lines of their own level, and removing the banner removes them.
#   Behind "Keep to your Key.", with its second "K", all is well. No error, no warning.
# - hier-config makes one text of the banner and of all that follows up to the next line that is a mere "!" or holds the
#   banner's first word. The ASA prints "!" between blocks, so every setting before the next one is gone without an
#   error. Only where no such line follows is there an error.
# What follows: in a table that such a reader made, "not there" is no evidence, and an absent `tunnel-group` may stand
# inside a banner; a reader of configurations asks first whose banner it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# ciscoconfparse2 wants an older hier-config, so each has a folder of its own.
for package in ciscoconfparse2==0.9.18 hier-config==3.7.1; do
    python3 -m venv "$folder/${package%%=*}"
    "$folder/${package%%=*}/bin/pip" install --quiet --disable-pip-version-check "$package"
done
cat >"$folder/configuration.py" <<'PYTHON'
BLOCKS = """ssl trust-point VPN outside
webvpn
 enable outside
tunnel-group Phones type remote-access
tunnel-group Phones webvpn-attributes
 authentication certificate
"""
TOP = ["ssl", "webvpn", "tunnel-group", "tunnel-group"]
LAST = "!\nprompt hostname context\n"


def configuration(banner, last=""):
    return f"hostname fw-example\n{banner}\n{BLOCKS}{last}"


def words(texts):
    """The first word of each top-level line of the blocks and behind them."""
    return [text.split()[0] for text in texts if text.split()[0] not in ("hostname", "banner", "no", "!")]
PYTHON
cat >"$folder/first.py" <<'PYTHON'
from ciscoconfparse2 import CiscoConfParse
from configuration import TOP, configuration, words

for banner, top in (("Keep out.", []), ("Keep to your Key.", TOP)):
    parsed = CiscoConfParse(configuration(f"banner motd {banner}").splitlines(), syntax="asa")
    seen = words(line.text for line in parsed.objs if not line.all_parents)
    group = parsed.find_objects("^tunnel-group Phones webvpn")[0]
    parent = group.parent.text
    parsed.find_objects("^banner")[0].delete()
    left = [line.text for line in parsed.objs]
    print(f"ciscoconfparse2, {banner!r}: top level {seen}, the group is under {parent!r}")
    print(f"  with the banner removed {len(left)} of 8 lines are left")
    assert (seen, parent) == (top, "banner motd Keep out." if not top else group.text), (seen, parent)
    assert left == ["hostname fw-example"] if not top else len(left) == 7, left
PYTHON
cat >"$folder/second.py" <<'PYTHON'
from configuration import LAST, TOP, configuration, words
from hier_config import Platform, get_hconfig

plain = words(child.text for child in get_hconfig(Platform.GENERIC, configuration("no banner", LAST)).children)
assert plain == [*TOP, "prompt"], plain
parsed = get_hconfig(Platform.GENERIC, configuration("banner motd Keep out.", LAST))
seen = words(child.text for child in parsed.children)
banner = [child.text for child in parsed.children if child.text.startswith("banner")]
print("hier-config, a line `!` behind it: top level", seen, "and the banner", banner)
assert seen == ["prompt"] and "tunnel-group Phones webvpn-attributes" in banner[0], (seen, banner)
try:
    raise SystemExit(f"{get_hconfig(Platform.GENERIC, configuration('banner motd Keep out.'))}: it is read now")
except ValueError as error:
    print("hier-config, no such line:", error)
PYTHON
"$folder/ciscoconfparse2/bin/python" "$folder/first.py"
"$folder/hier-config/bin/python" "$folder/second.py"
