#!/usr/bin/env python3
"""Makes what the targets begin with where `tests/samples` holds nothing for them: `fuzz/corpus/TARGET/seed-…`.

Run it only to change the seeds. Names and addresses are those for examples; `zqxcanary` is the word that the target
`redactor` looks for behind redaction.

redactor, unwrap, lookup   our samples, with the canary in the place of names; in a mail, a table, JSON and a recording
check                      two or three files in one, parted as `fuzz/src/entries/check.rs` reads them
capture…                   one conversation of each kind as pcap and pcapng; reassembly: its packets as commands
gzip, tar, zip             the same log in each, with long names and behind a directory
"""
import gzip, io, json, pathlib, re, struct, tarfile, zipfile

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent / "tests/samples"
CANARY = "zqxcanary"


def write(target, name, data):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"seed-{name}").write_bytes(data if isinstance(data, bytes) else data.encode())


def texts():
    for path in sorted(SAMPLES.glob("*/*")):
        if path.name in ("want.json", "truth.jsonl") or path.suffix == ".jsonl" or path.stat().st_size > 12_000:
            continue
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            pass


def with_canary(text):
    return re.sub(r"\bexample\b|\bPHONES?\b|\boperator\b|\bvpn\b(?=\.)", CANARY, text)


def wrapped():
    for path, text in texts():
        name = f"{path.parent.name}-{path.stem}"
        write("redactor", name, with_canary(text))
    log = (SAMPLES / "asa_syslog/vpn-gw.log").read_text().splitlines()[:4]
    quoted = "\n".join("> " + line for line in log)
    write("unwrap", "mail", f"From: a@example.com\nSubject: VPN\nContent-Type: text/plain\n\n{quoted}\n")
    parts = "\n".join(f"--x\nContent-Type: text/plain; name=a{n}.log\nContent-Transfer-Encoding: quoted-printable\n\n{line.replace('=', '=3D')}\n" for n, line in enumerate(log))
    write("unwrap", "parts", f"From: a@example.com\nContent-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n")
    write("unwrap", "json", "\n".join(json.dumps({"host": "asa", "log": line}) for line in log))
    write("unwrap", "json-nested", json.dumps([{"a": {"b": "\n".join(log)}}]))
    rows = "".join(f"<tr><td>asa</td><td>{line}</td></tr>" for line in log)
    write("unwrap", "html", f"<html><body><table>{rows}</table><pre>{log[0]}</pre></body></html>")
    write("unwrap", "csv", "time,message\n" + "".join(f'x,"{line}"\n' for line in log))
    write("unwrap", "table", "".join(f"| asa | {line} |\n" for line in log))
    write("unwrap", "sql", "".join(f"INSERT INTO log VALUES ('asa', '{line}');\n" for line in log))
    write("unwrap", "xml", "".join(f"<event><data>{line}</data></event>\n" for line in log))
    write("unwrap", "recorded", "".join(f"[2026-11-23 10:19:2{n}] {line}\n" for n, line in enumerate(log)))
    write("unwrap", "diff", "--- a\n+++ b\n@@ -1,2 +1,2 @@\n" + "".join(f"+{line}\n" for line in log))
    write("unwrap", "escaped", "\\n".join(log))
    write("unwrap", "screen", "\x1b[1masa# \x1b[0mshow version\r\n<--- More --->\r              \r" + log[0])
    write("unwrap", "backwards", "\n".join(reversed(log)))


def together():
    between = "\n--- 8< ---\n"
    read = lambda name: (SAMPLES / name).read_text()
    config, phone, console = "asa_config/run.txt", "phone_config/SEP0011223344D7.cnf.xml", "phone_log/console.log"
    write("check", "config-phone", read(config) + between + read(phone))
    write("check", "log-console", read("asa_syslog/vpn-gw.log") + between + read(console))
    write("check", "three", read(phone) + between + read("asa_debug/debug.txt") + between + read("asa_ssl/ssl.txt"))
    write("check", "session", read("terminal/session.txt") + between + read("certificate/vpn.pem"))
    write("lookup", "session", read("terminal/session.txt"))
    write("lookup", "mail", (HERE / "corpus/unwrap/seed-parts").read_bytes())
    write("lookup", "zip", (SAMPLES / "archive/logs.zip").read_bytes())
    for n, line in enumerate((SAMPLES / "fingerprints/tools.jsonl").read_text().splitlines()[:120:10]):
        write("fingerprint", f"{n:02}", str(json.loads(line).get("text", line)))
    for name in ("vpn.der", "chain-ber.p7b", "chain.p7b", "none.der"):
        write("der", name, (SAMPLES / "certificate" / name).read_bytes())
    write("x509", "vpn.der", (SAMPLES / "certificate/vpn.der").read_bytes())
    write("pkcs7", "chain-ber.p7b", (SAMPLES / "certificate/chain-ber.p7b").read_bytes())
    for name in ("key-and-certificate.pem", "chain.p7b.pem", "request.pem"):
        write("pem", name, (SAMPLES / "certificate" / name).read_bytes())


CLIENT, SERVER = bytes([192, 0, 2, 10]), bytes([198, 51, 100, 1])


def record(kind, body):
    return bytes([kind, 3, 1]) + struct.pack(">H", len(body)) + body


def handshake(kind, body):
    return record(22, bytes([kind]) + struct.pack(">I", len(body))[1:] + body)


def hello():
    name = b"vpn.example.com"
    sni = struct.pack(">HHHBH", 0, len(name) + 5, len(name) + 3, 0, len(name)) + name
    extensions = sni + struct.pack(">HHHHHH", 10, 4, 2, 23, 11, 0)
    return handshake(1, b"\3\1" + bytes(32) + b"\0" + b"\0\4\0\x2f\0\x35" + b"\1\0" + struct.pack(">H", len(extensions)) + extensions)


def talk():
    """Side, datagram, port's number in the table of `reassembly.rs`, payload."""
    der = (SAMPLES / "certificate/vpn.der").read_bytes()
    listed = struct.pack(">I", len(der) + 3)[1:] + struct.pack(">I", len(der))[1:] + der
    server = handshake(2, b"\3\1" + bytes(32) + b"\0\0\x35\0") + handshake(11, listed) + handshake(14, b"")
    question = struct.pack(">HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\3vpn\7example\3com\0\0\1\0\1"
    answer = struct.pack(">HHHHHH", 7, 0x8180, 1, 1, 0, 0) + question[12:] + b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + SERVER
    dhcp = b"\1\1\6\0" + bytes(24) + bytes.fromhex("001122334455") + bytes(202) + b"\x63\x82\x53\x63\x35\1\1\x96\4" + SERVER + b"\xff"
    sip = b"REGISTER sip:cucm.example.com SIP/2.0\r\nContent-Length: 0\r\n\r\n"
    http = b"GET /+webvpn+/index.html HTTP/1.1\r\nHost: vpn.example.com\r\n\r\n"
    sccp = struct.pack("<III", 20, 0, 1) + b"SEP001122334455\0"
    dtls = b"\x16\1\0" + bytes(8) + struct.pack(">H", 60) + b"\1\0\0\x30\0\0\0\0\0\0\0\x30" + b"\1\0" + bytes(46)
    return {
        "tls": [(0, 0, 0, hello()), (1, 0, 0, server), (0, 0, 0, record(21, b"\2\x30"))],
        "http": [(0, 0, 1, http), (1, 0, 1, b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")],
        "dns": [(0, 1, 2, question), (1, 1, 2, answer)],
        "sccp": [(0, 0, 3, sccp)],
        "tftp": [(0, 1, 4, b"\0\1SEP001122334455.cnf.xml\0octet\0"), (1, 1, 4, b"\0\5\0\1File not found\0")],
        "sip": [(0, 1, 5, sip), (0, 0, 5, sip), (1, 1, 5, b"SIP/2.0 200 OK\r\n\r\n")],
        "dhcp": [(0, 1, 6, dhcp)],
        "dtls": [(0, 1, 0, dtls)],
    }


PORTS = [443, 8080, 53, 2000, 69, 5060, 67, 8443]


def captures():
    for name, packets in talk().items():
        commands, frames, sent = b"", [], [1, 0xFFFFFF9B]
        for side, datagram, port, payload in packets:
            for piece in [payload[at : at + 255] for at in range(0, len(payload), 255)]:
                commands += bytes([side << 7 | datagram << 3 | port, 0, len(piece)]) + piece
            ends = [(CLIENT, 50_000), (SERVER, PORTS[port])]
            (source, source_port), (target, target_port) = ends[side], ends[1 - side]
            head = struct.pack(">HH", source_port, target_port)
            if datagram:
                head += struct.pack(">HH", len(payload) + 8, 0)
            else:
                head += struct.pack(">IIBBHHH", sent[side], sent[1 - side], 0x50, 16, 65535, 0, 0)
                sent[side] = (sent[side] + len(payload)) % (1 << 32)
            body = head + payload
            ip = struct.pack(">BBHHHBBH", 0x45, 0, len(body) + 20, 1, 0x4000, 64, 17 if datagram else 6, 0)
            frames.append(bytes(12) + b"\x08\0" + ip + source + target + body)
        frames.append(bytes(12) + b"\x81\0\0\x05\x08\0" + frames[0][14:])
        notice = b"\3\3" + bytes(6) + frames[0][14:42]
        frames.append(bytes(12) + b"\x08\0" + struct.pack(">BBHHHBBH", 0x45, 0, len(notice) + 20, 1, 0, 64, 1, 0) + SERVER + CLIENT + notice)
        pcap = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
        block = lambda kind, body: struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)
        pcapng = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)) + block(1, struct.pack("<HHI", 1, 0, 65535))
        for n, frame in enumerate(frames):
            pcap += struct.pack("<IIII", 1_795_608_000, n * 1000, len(frame), len(frame)) + frame
            padded = frame + bytes(-len(frame) % 4)
            pcapng += block(6, struct.pack("<IIIII", 0, 400_000, n, len(frame), len(frame)) + padded)
        write("reassembly", name, commands)
        write("capture", f"{name}.pcap", pcap)
        write("capture_in_pieces", f"{name}.pcapng", pcapng)


def archives():
    log = (SAMPLES / "asa_syslog/vpn-gw.log").read_bytes()[:600]
    for name, form in (("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT), ("ustar", tarfile.USTAR_FORMAT)):
        held = io.BytesIO()
        with tarfile.open(fileobj=held, mode="w", format=form) as archive:
            for path in ("a.log", "logs/" + "long" * 20 + ("/" + "name" * 12)):
                info = tarfile.TarInfo(path)
                info.size = len(log)
                archive.addfile(info, io.BytesIO(log))
        data = held.getvalue()[: 10 * 512]
        write("tar", name, data)
        write("archive", f"{name}.tar", data)
        write("gzip", f"{name}.tgz", gzip.compress(data, mtime=0))
    write("gzip", "two", gzip.compress(log, mtime=0) + gzip.compress(log[:50], mtime=0))
    for name, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED), ("bzip2", zipfile.ZIP_BZIP2)):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", method) as archive:
            for path in ("a.log", "logs/b.log"):
                archive.writestr(zipfile.ZipInfo(path), log, method)
        write("zip", name, held.getvalue())
        write("archive", f"{name}.zip", held.getvalue())


wrapped()
together()
captures()
archives()
