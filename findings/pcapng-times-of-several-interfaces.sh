#!/usr/bin/env bash
# Times of packets in a pcapng file that was put together from several captures, as dpkt 1.9.8, scapy 2.8.0 and
# python-pcapng 2.1.1 read them. Every file here follows draft-ietf-opsawg-pcapng: each interface of a section has a
# resolution (if_tsresol) and an offset (if_tsoffset) of its own, and each section numbers its interfaces anew.
#
# Guess: three libraries that read pcapng give one packet one time, and none of them loses a packet without a word.
# Seen, each without any error:
# - dpkt counts every packet in the resolution of the section's first interface: behind one of microseconds a packet
#   of a nanosecond interface lies some 57,000 years ahead. What stands in a second section is not returned where its
#   byte order is another, and packets without a time (Simple Packet Blocks) are left out.
# - scapy goes on counting interfaces over sections, so a second section's packet has the resolution of the first
#   section's interface; it does not add if_tsoffset; and a packet that has no time gets the time of reading it.
# - python-pcapng has resolution and sections right, and does not add if_tsoffset.
# What follows: a time in a list made with such a library proves nothing across interfaces; resolution and offset are
# looked up for each packet by section and interface, and a packet without a time has none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dpkt==1.9.8 scapy==2.8.0 python-pcapng==2.1.1
"$folder/venv/bin/python" - <<'PYTHON'
import io
import logging
import struct
import time

logging.disable(logging.CRITICAL)
import dpkt
from pcapng import FileScanner
from pcapng.blocks import EnhancedPacket
from scapy.utils import PcapNgReader

SECONDS = 1795429167
PACKET = bytes.fromhex("0011223344550200000000010800450000200001000040110000c0000209c6336401")
PACKET += bytes.fromhex("c35b01bb000c00000d0e0a0d")


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    length = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + length + body + length


def section(order):
    return block(order, 0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))


def interface(order, digits=6, offset=0):
    options = struct.pack(order + "HHB3x", 9, 1, digits)
    if offset:
        options += struct.pack(order + "HHq", 14, 8, offset)
    return block(order, 1, struct.pack(order + "HHI", 1, 0, 65535) + options + bytes(4))


def packet(order, number, ticks):
    head = struct.pack(order + "5I", number, ticks >> 32, ticks & 0xFFFFFFFF, len(PACKET), len(PACKET))
    return block(order, 6, head + PACKET)


def simple(order):
    return block(order, 3, struct.pack(order + "I", len(PACKET)) + PACKET)


MICROS, NANOS = SECONDS * 10**6, SECONDS * 10**9
FILES = {
    "two interfaces": section("<") + interface("<") + interface("<", 9) + packet("<", 0, MICROS) + packet("<", 1, NANOS),
    "two sections": section("<") + interface("<") + packet("<", 0, MICROS) + section(">") + interface(">", 9) + packet(">", 0, NANOS),
    "an offset": section("<") + interface("<", 6, SECONDS) + packet("<", 0, 0),
    "no time": section("<") + interface("<") + simple("<"),
}


def told(times):
    """Each time against the right one: 0 right, - none, now, or how many seconds off."""
    words = []
    for at in times:
        off = None if at is None else round(float(at) - SECONDS)
        is_now = at is not None and abs(float(at) - time.time()) < 60
        words.append("-" if at is None else "now" if is_now else str(off))
    return " ".join(words) or "nothing"


def by_dpkt(data):
    return told(at for at, _ in dpkt.pcapng.Reader(io.BytesIO(data)))


def by_scapy(data):
    return told(one.time for one in PcapNgReader(io.BytesIO(data)))


def by_python_pcapng(data):
    blocks = FileScanner(io.BytesIO(data))
    return told(one.timestamp for one in blocks if isinstance(one, EnhancedPacket))


AHEAD = str(SECONDS * 10**3 - SECONDS)
EXPECTED = {
    "two interfaces": [f"0 {AHEAD}", "0 0", "0 0"],
    "two sections": ["0", f"0 {AHEAD}", "0 0"],
    "an offset": ["0", str(-SECONDS), str(-SECONDS)],
    "no time": ["nothing", "now", "nothing"],
}
changed = False
for name, data in FILES.items():
    seen = [read(data) for read in (by_dpkt, by_scapy, by_python_pcapng)]
    print(f"{name}: dpkt {seen[0]} | scapy {seen[1]} | python-pcapng {seen[2]}")
    changed |= seen != EXPECTED[name]
raise SystemExit(1 if changed else 0)
PYTHON
