#!/usr/bin/env python3
"""Makes the binary samples, and the independent truth of the certificates. They are committed: run this only to change
them. Needs OpenSSL's command line. Keys are made anew and thrown away; nothing here protects anything.

signed_file, trust_list   headers as CUCM writes them (usecallmanager certutils), with signatures of zeros
capture, archive          an empty pcap and pcapng, a zip, a tar and a gzip with one log
keystore                  a PKCS#12 file without anything to protect
certificate/truth.jsonl   what OpenSSL says of each file in `certificate`; hashes are Python's own
fingerprints/*.jsonl      one hash in the notations of tools, and snippets as people paste them
"""
import base64, gzip, hashlib, io, json, pathlib, re, struct, subprocess, tarfile, zipfile

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
LOG = b"Mar 02 2026 07:14:03 vpn-gw : %ASA-6-725002: Device completed SSL handshake with client internet:203.0.113.77/40012\n"


def write(name, data):
    (HERE / name).write_bytes(data)


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True).stdout


def element(tag, value):
    return bytes([tag]) + struct.pack(">H", len(value)) + value


def signed(version, body, name, algorithm=3):
    signer = element(4, b"CN=cucm-sub,O=Example\0") + element(6, b"CN=Example CA\0") + element(5, b"\x0c\x2d")
    tail = element(3, signer) + bytes([7, 0, 15]) + element(8, bytes([algorithm])) + bytes([9, 0, 8])
    tail += element(10, b"\0") + element(11, b"\2") + element(12, bytes(256)) + element(14, name + b"\0")
    tail += element(15, struct.pack(">I", 1_780_000_000)) + bytes([13, 13])
    head = element(1, version)
    return head + element(2, struct.pack(">H", len(head) + 5 + len(tail))) + tail + body


def record(role, subject, certificate):
    fields = element(3, subject + b"\0") + element(5, b"CN=Example CA\0") + element(6, b"\x0c\x2d")
    fields += element(4, struct.pack(">H", role)) + element(9, certificate)
    return element(1, struct.pack(">H", len(fields) + 5)) + fields


def der(path):
    return openssl("x509", "-in", str(path), "-outform", "DER")


def files():
    config = (HERE / "phone_config/SEP0011223344D7.cnf.xml").read_bytes()
    write("signed_file/phone.sgn", signed(b"\1\0", config, b"SEP0011223344D7.cnf.xml.sgn"))
    write("signed_file/encrypted.sgn", signed(b"\2\0", bytes(range(64)), b"SEP0011223344D7.cnf.xml.enc.sgn"))
    list_of = record(2, b"CN=cucm-sub,O=Example", der(FIXTURES / "vpn.pem"))
    list_of += record(4, b"CN=CAPF-0a1b2c3d,O=Example", der(FIXTURES / "phone-capf-old.pem"))
    write("trust_list/list.tlv", signed(b"\1\2", list_of, b"ITLSEP0011223344D7.tlv", 1))
    write("capture/empty.pcap", struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    write("capture/empty.pcapng", struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo("vpn-gw.log"), LOG)
    write("archive/logs.zip", held.getvalue())
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        member = tarfile.TarInfo("vpn-gw.log")
        member.size = len(LOG)
        archive.addfile(member, io.BytesIO(LOG))
    write("archive/logs.tar", held.getvalue())
    write("archive/vpn-gw.log.gz", gzip.compress(LOG, mtime=0))
    key = openssl("genrsa", "1024")
    request = openssl("req", "-new", "-x509", "-key", "/dev/stdin", "-subj", "/CN=store.example.com", data=key)
    write("keystore/store.p12", openssl("pkcs12", "-export", "-passout", "pass:", data=key + request))
    write("certificate/key-and-certificate.pem", key + request)
    write("certificate/cut.pem", (FIXTURES / "vpn.pem").read_bytes()[:400])
    write("certificate/none.der", b"\x30\x82\x01\x00" + bytes(60))
    for name in ["issued", "vpn-elliptic", "phone-mic-sha1", "phone-capf-old", "vpn-wildcard"]:
        write(f"certificate/{name}.crt", der(FIXTURES / f"{name}.pem"))


def certificates(data):
    """Label and DER of every certificate of a file."""
    found = []
    for label, body in re.findall(rb"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", data, re.S):
        if label == b"CERTIFICATE":
            found.append((label.decode(), base64.b64decode(b"".join(body.split()))))
        elif label == b"PKCS7":
            found += members(data, "PEM")
    if b"-----BEGIN CERTIFICATE" in data and not found:
        return [("CERTIFICATE (cut)", None)]
    if not found and data[:1] == b"\x30":
        return members(data, "DER") or [("DER", data)]
    return found


def members(data, form):
    printed = openssl("pkcs7", "-inform", form, "-print_certs", data=data)
    blocks = re.findall(rb"-----BEGIN CERTIFICATE-----(.*?)-----END", printed, re.S)
    return [("PKCS7 member", base64.b64decode(b"".join(block.split()))) for block in blocks]


def truth(data):
    hashes = {name: hashlib.new(name, data).hexdigest() for name in ("md5", "sha1", "sha256")}
    row = hashes | {"sha1_b64": base64.b64encode(hashlib.sha1(data).digest()).decode(), "verdict": "neither"}
    text = openssl(
        "x509", "-inform", "DER", "-noout", "-subject", "-issuer", "-serial", "-startdate", "-enddate",
        "-nameopt", "RFC2253,utf8,-esc_msb", data=data,
    ).decode()
    if not text:
        return row
    said = {key.lower(): value for key, _, value in (line.partition("=") for line in text.splitlines())}
    printed = openssl("x509", "-inform", "DER", "-noout", "-text", data=data).decode()
    one = lambda pattern: next(iter(re.findall(pattern, printed)), None)
    bits = one(r"Public-Key: \((\d+) bit")
    said |= {"sigalg": one(r"Signature Algorithm: (\S+)"), "bits": bits and int(bits), "ca": one(r"CA:(TRUE|FALSE)")}
    said["san"] = one(r"Subject Alternative Name:[^\n]*\n\s*([^\n]*)")
    return row | {"openssl": said, "verdict": "both"}


def all_truth():
    rows = []
    for path in sorted((HERE / "certificate").iterdir()):
        if path.name in ("truth.jsonl", "want.json"):
            continue
        data = path.read_bytes()
        found = [{"label": label} | (truth(one) if one else {}) for label, one in certificates(data)]
        rows.append({"path": path.name, "has_private_key": b"PRIVATE KEY-----" in data, "certs": found})
    (HERE / "certificate/truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def fingerprints():
    data = der(FIXTURES / "vpn.pem")
    row = truth(data)
    low, upper, text = row["sha1"], row["sha1"].upper(), row["sha1_b64"]
    pairs, words = [low[at:at + 2] for at in range(0, 40, 2)], [upper[at:at + 8] for at in range(0, 40, 8)]
    other = "md5 sha256".split()
    colons = {name: ":".join(re.findall("..", row[name].upper())) for name in ["sha1", *other]}
    notations = [
        ("tool", "openssl x509 -fingerprint -sha1", "sha1", f"SHA1 Fingerprint={colons['sha1']}\n"),
        ("tool", "openssl x509 -fingerprint -sha256", "sha256", f"sha256 Fingerprint={colons['sha256']}\n"),
        ("tool", "openssl x509 -fingerprint -md5", "md5", f"md5 Fingerprint={colons['md5']}\n"),
        ("tool", "sha1sum", "sha1", f"{low}  vpn.der\n"),
        ("tool", "sha1sum --tag", "sha1", f"SHA1 (vpn.der) = {low}\n"),
        ("tool", "openssl dgst -sha1 -c", "sha1", f"SHA1(vpn.der)= {':'.join(pairs)}\n"),
        ("tool", "dgst -binary | base64", "sha1", text + "\n"),
        ("rebuilt", "Windows dialog, old", "sha1", "\u200e" + " ".join(pairs)),
        ("rebuilt", "Firefox", "sha1", "SHA-1\t" + colons["sha1"]),
        ("rebuilt", "Cisco IOS", "sha1", "Fingerprint SHA1: " + " ".join(words) + " "),
        ("rebuilt", "phone log", "sha1", f"511: NOT 07:14:03.118211 SECD: Leaf cert hash = {upper}"),
        ("rebuilt", "phone config", "sha1", f"<certHash2>{text}</certHash2>"),
        ("rebuilt", "base64 without padding", "sha1", text.rstrip("=")),
        ("rebuilt", "base64 url-safe", "sha1", text.replace("+", "-").replace("/", "_")),
        ("rebuilt", "dashes", "sha1", "-".join(pairs).upper()),
        ("rebuilt", "0x, commas", "sha1", ",".join("0x" + pair for pair in pairs)),
        ("negative", "one digit lost", "none", low[:-1]),
        ("negative", "one digit too many", "none", low + "0"),
        ("negative", "letter O for zero", "none", low.replace("0", "O", 1)),
        ("negative", "base64 of the hex text", "none", base64.b64encode(low.encode()).decode()),
        ("negative", "base64 with a character lost", "none", text[:9] + text[10:]),
        ("negative", "serial number, not a hash", "none", ":".join(pairs[:16]).upper()),
    ]
    keep = {key: row[key] for key in ("md5", "sha1", "sha256", "sha1_b64")}
    rows = [{"kind": kind, "notation": name, "algorithm": what, "text": said} | keep for kind, name, what, said in notations]
    (HERE / "fingerprints/tools.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    snippets = [
        (f"Hi, our new cert has SHA1 {colons['sha1']}, is that the one?", [low]),
        (f"> Fingerprint SHA1: {' '.join(words)}", [low]),
        ("Please call extension 4711 about the phones.", []),
    ]
    wild = [{"notation": "mail", "text": said, "expected": hashes} for said, hashes in snippets]
    (HERE / "fingerprints/wild.jsonl").write_text("".join(json.dumps(row) + "\n" for row in wild))


if __name__ == "__main__":
    files()
    all_truth()
    fingerprints()
