#!/usr/bin/env bash
# A VPN profile of a CUCM, read over AXL with zeep 4.3.3 and the schema that comes with ciscoaxl 0.164; nothing is sent,
# the answer is made here after that schema (AXLSoap.xsd of 12.5, RVpnProfile).
#
# Guess: `enableHostIdCheck` has the type "boolean", so zeep makes True or False of it, as of every xsd:boolean.
# Seen: the type is the schema's own `axlapi:boolean`, a string of the pattern t, f, true, false, 0 or 1. The value comes
# back as the text 'false', which Python takes for true: a script that asks `if profile.enableHostIdCheck` reports the
# host check as on where it is off, and so with `pwdPersistant` and `autoNetworkDetection`. `mtu` beside it is a number.
# The other way round zeep writes Python's False as "False", which that pattern does not allow, and raises nothing.
# What follows: a switch of a VPN profile that came over AXL is compared with the six words, and a report of "host check
# on" that was made by such a script is no evidence.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check zeep==4.3.3 ciscoaxl==0.164
"$folder/venv/bin/python" - <<'PYTHON'
import re
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

from zeep import Client, Transport

SCHEMA = Path(find_spec("ciscoaxl").origin).parent / "schema" / "12.5"
TYPES = (SCHEMA / "AXLSoap.xsd").read_text()
NAMESPACE = re.search(r'targetNamespace="([^"]+/AXL/API/[^"]+)"', TYPES).group(1)
SWITCHES = ("autoNetworkDetection", "pwdPersistant", "enableHostIdCheck")
ANSWER = f"""<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>
<ns:getVpnProfileResponse xmlns:ns="{NAMESPACE}" xmlns=""><return><vpnProfile><name>Phones</name>
<autoNetworkDetection>f</autoNetworkDetection><mtu>1290</mtu><pwdPersistant>0</pwdPersistant>
<enableHostIdCheck>false</enableHostIdCheck></vpnProfile></return></ns:getVpnProfileResponse></Body></Envelope>"""


class Wire(Transport):
    """Answers each request itself."""

    def post(self, address, message, headers):
        kind = {"Content-Type": "text/xml"}
        return SimpleNamespace(status_code=200, content=ANSWER.encode(), headers=kind, encoding="utf-8")


client = Client(str(SCHEMA / "AXLAPI.wsdl"), transport=Wire())
service = client.create_service("{http://www.cisco.com/AXLAPIService/}AXLAPIBinding", "https://cucm.example.com/axl/")
profile = service.getVpnProfile(name="Phones")["return"]["vpnProfile"]
for name in SWITCHES:
    print(f"read {name}: {profile[name]!r}, to Python {bool(profile[name])}")
print(f"read mtu: {profile['mtu']!r}")
assert [profile[name] for name in SWITCHES] == ["f", "0", "false"], profile
assert all(profile[name] for name in SWITCHES) and profile["mtu"] == 1290, profile

message = client.create_message(service, "updateVpnProfile", name="Phones", enableHostIdCheck=False)
written = message.findtext(".//enableHostIdCheck")
allowed = re.search(r'simpleType name="boolean">.*?pattern value="([^"]+)"', TYPES, re.S).group(1)
print(f"written for False: {written!r}; the schema allows {allowed}")
assert written == "False" and not re.fullmatch(allowed, written), (written, allowed)
PYTHON
