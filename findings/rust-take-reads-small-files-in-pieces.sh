#!/usr/bin/env bash
# `read_to_end` of `File` and of `File::take(n)` in the standard library of rustc 1.95.0, on Linux.
#
# Guess: `file.take(limit).read_to_end(&mut bytes)`, the usual way to bound what is read of a file, asks the system for
# a small file as often as `file.read_to_end(&mut bytes)` does.
# Seen: for a file of 1,157 bytes `File` asks twice and `Take<File>` eight times, for 32, 32, 64, 128, 256, 512 and
# 1,024 bytes and once at the end: what `File` tells of its size is not asked through `Take`, and an empty `Vec` grows from 32
# bytes on. With `bytes.reserve(size + 1)` before it, `Take<File>` asks twice as well.
# What follows: whoever bounds what is read of many small files, as of a fleet's phone configurations, reserves room for
# the size that the file states.
# Counted by the kernel (`syscr` in /proc/self/io), so nothing else is needed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
version=$(rustc +1.95.0 --version)
echo "$version"
head -c 1157 /dev/zero | tr '\0' x > "$folder/small"
cat > "$folder/reads.rs" <<'RUST'
use std::fs::{self, File};
use std::io::Read;

/// Calls of `read` of this process so far.
fn calls() -> u64 {
    let io = fs::read_to_string("/proc/self/io").unwrap();
    io.lines().find_map(|line| line.strip_prefix("syscr: ")).unwrap().parse().unwrap()
}

fn counted(read: impl Fn(File, &mut Vec<u8>) -> usize) -> u64 {
    let path = std::env::args().nth(1).unwrap();
    // What counting itself takes.
    let (first, second) = (calls(), calls());
    let file = File::open(path).unwrap();
    let before = calls();
    let mut bytes = Vec::new();
    let length = read(file, &mut bytes);
    let after = calls();
    assert_eq!(length, 1157);
    after - before - (second - first)
}

fn main() {
    let whole = counted(|mut file, bytes| file.read_to_end(bytes).unwrap());
    let bounded = counted(|file, bytes| file.take(1 << 20).read_to_end(bytes).unwrap());
    let reserved = counted(|file, bytes| {
        bytes.reserve(1158);
        file.take(1 << 20).read_to_end(bytes).unwrap()
    });
    println!("File: {whole}, Take<File>: {bounded}, Take<File> with room: {reserved}");
    assert_eq!((whole, bounded, reserved), (2, 8, 2));
}
RUST
rustc +1.95.0 --edition 2024 -O -o "$folder/reads" "$folder/reads.rs"
"$folder/reads" "$folder/small"
