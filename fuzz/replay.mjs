// Runs every input of the corpus and every sample through the entries as WebAssembly: node fuzz/replay.mjs MODULE
//
// A trap, a stack that is too deep and memory that is too much name the file; the next one gets an instance of its own.

import { readFileSync, readdirSync } from "node:fs";

/// What one input may make of the module's memory, in bytes: the limit of `cargo xtask fuzz`.
const LARGEST = 512 << 20;

const root = new URL("../", import.meta.url);
const module = new WebAssembly.Module(readFileSync(process.argv[2]));

/// What the readers import for the page is there and never called.
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = () => {
    throw new Error(`${from}.${name} was called`);
  };
}

class Entries {
  constructor() {
    this.exports = new WebAssembly.Instance(module, imports).exports;
  }
  run(name, bytes) {
    const input = Buffer.concat([Buffer.from(`${name}\n`), bytes]);
    const at = this.exports.room(input.length) >>> 0;
    new Uint8Array(this.exports.memory.buffer, at, input.length).set(input);
    if (this.exports.run() !== 1) throw new Error(`${name} is no entry`);
    const memory = this.exports.memory.buffer.byteLength;
    if (memory > LARGEST) throw new Error(`it took ${memory} bytes of memory`);
  }
  /// What a panic said; nothing where the stack is gone.
  panic() {
    try {
      return this.said();
    } catch {
      return "it said nothing";
    }
  }
  said() {
    const at = this.exports.said() >>> 0;
    return Buffer.from(this.exports.memory.buffer, at, this.exports.said_bytes()).toString();
  }
  names() {
    this.exports.names();
    return this.said().split("\n");
  }
}

function files(folder) {
  try {
    const entries = readdirSync(new URL(folder, root), { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => `${folder}/${entry.name}`).sort();
  } catch {
    return [];
  }
}

let entries = new Entries();
let inputs = 0;
const fell = [];
for (const name of entries.names()) {
  const own = [...files(`fuzz/corpus/${name}`), ...files(`tests/samples/${name}`)];
  if (own.length === 0) fell.push(`${name} begins with nothing`);
  for (const file of own) {
    inputs += 1;
    try {
      entries.run(name, readFileSync(new URL(file, root)));
    } catch (error) {
      fell.push(`${name} fell with ${file}: ${error.message}\n   ${entries.panic()}`);
      entries = new Entries();
    }
  }
}
if (fell.length > 0) console.log(fell.join("\n"));
console.log(`   ${inputs} inputs as WebAssembly, ${fell.length} fell`);
process.exit(fell.length > 0 || inputs < 100 ? 1 : 0);
