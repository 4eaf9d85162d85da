#!/usr/bin/env bash
# fflate 0.8.3 (npm), with which pages unpack files, on a log in two gzip members, read beside it by Node's zlib.
#
# Guess: the one-call `gunzipSync` reads all members or the first, since a gzip file is a row of members, to be read one
# after the other (RFC 1952, 2.2); `cat monday.gz tuesday.gz` makes one, and fflate's own reader of streams reads it.
# Seen: it takes the length of the whole from the last four bytes, which tell the length of the last member alone, and
# makes so much room. Of the first member so many bytes come back, and never anything of the second: where a short day
# stands behind a long one the log ends in the middle of a line, and where a long day stands behind a short one it ends
# with the first. No error, though what came back is not what the first member's checksum was made of. A change that
# mends it is proposed to its authors.
# What follows: the last four bytes of a gzip file are no length of its content, and "no such message" in a log that was
# unpacked so is no evidence; the members are read to the end of the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" fflate@0.8.3 >/dev/null
cat >"$folder/look.js" <<'JS'
const assert = require("node:assert");
const zlib = require("node:zlib");
const fflate = require("fflate");

const HANDSHAKE = "%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.9/49520";
const line = (second) => `Nov 23 2026 10:19:${second}: ${HANDSHAKE}\n`;
const day = (lines) => Array.from({ length: lines }, (_, at) => line(10 + at)).join("");
const atOnce = (bytes) => Buffer.from(fflate.gunzipSync(bytes)).toString();
const asStream = (bytes) => {
  const parts = [];
  new fflate.Gunzip((part) => parts.push(part)).push(bytes, true);
  return Buffer.concat(parts).toString();
};
const short = "Nov 24 2026 00:00:00: %ASA-6-725007: SSL session with client outside:203.0.113.9/49520 terminated.\n";
for (const [first, second] of [[day(40), short], [short, day(40)], [day(40), day(40)]]) {
  const joined = Buffer.concat([zlib.gzipSync(first), zlib.gzipSync(second)]);
  const seen = atOnce(joined);
  console.log(`${first.length} and ${second.length} bytes: Node ${zlib.gunzipSync(joined).length}, fflate as a stream`);
  console.log(`  ${asStream(joined).length}, at once ${seen.length}, which end with ${JSON.stringify(seen.slice(-20))}`);
  assert.strictEqual(zlib.gunzipSync(joined).toString(), first + second);
  assert.strictEqual(asStream(joined), first + second);
  assert.strictEqual(seen, first.slice(0, second.length));
}
JS
NODE_PATH="$folder/node_modules" node "$folder/look.js"
