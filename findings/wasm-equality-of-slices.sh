#!/usr/bin/env bash
# `==` of two slices of bytes, compiled by rustc 1.95.0 for wasm32-unknown-unknown with `-O` and `simd128`, run by
# wasmtime 50.0.1 (from PyPI).
#
# Guess: with vectors allowed, equality of slices is compiled to the widest loads there are, as natively.
# Seen: it calls the `memcmp` of compiler_builtins, which on this target loads one byte of each side at a time. For 1,000
# and for a million equal bytes it takes 4 to 14 times as long as comparing words of eight bytes by an iterator over
# `as_chunks::<8>()`; in V8 (Node.js 20) a like program took 8 to 13 times as long.
# What follows: whoever compares much in WebAssembly compares words, and measures there and not natively.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
version=$(rustc +1.95.0 --version)
echo "$version"
cat > "$folder/lib.rs" <<'RUST'
#![no_std]

use core::hint::black_box;

#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

static ONE: [u8; 1 << 20] = [7; 1 << 20];
static OTHER: [u8; 1 << 20] = [7; 1 << 20];

fn count(length: usize, times: u32, same: impl Fn(&[u8], &[u8]) -> bool) -> u32 {
    (0..times).map(|_| u32::from(same(&black_box(&ONE)[..length], &black_box(&OTHER)[..length]))).sum()
}

#[unsafe(no_mangle)]
extern "C" fn slices(length: usize, times: u32) -> u32 {
    count(length, times, |one, other| one == other)
}

#[unsafe(no_mangle)]
extern "C" fn words(length: usize, times: u32) -> u32 {
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    count(length, times, |one, other| {
        let ((one, rest), (other, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
        one.iter().map(word).eq(other.iter().map(word)) && rest == other_rest
    })
}
RUST
rustc +1.95.0 --edition 2024 --target wasm32-unknown-unknown -O -C target-feature=+simd128 --crate-type cdylib \
    -o "$folder/compare.wasm" "$folder/lib.rs"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wasmtime==50.0.1
"$folder/venv/bin/python" - "$folder/compare.wasm" <<'PYTHON'
import sys
import time

from wasmtime import Instance, Module, Store

store = Store()
functions = Instance(store, Module.from_file(store.engine, sys.argv[1]), []).exports(store)
for length in (1000, 1 << 20):
    times = 200_000_000 // length
    quickest = {"slices": float("inf"), "words": float("inf")}
    for _ in range(5):
        for name in quickest:
            begin = time.perf_counter()
            same = functions[name](store, length, times)
            quickest[name] = min(quickest[name], time.perf_counter() - begin)
            assert same == times, (name, same)
    ratio = quickest["slices"] / quickest["words"]
    print(f"{length} bytes: `==` takes {ratio:.1f} times as long as words of eight")
    assert ratio > 3, "equality of slices is no longer much slower than words"
PYTHON
