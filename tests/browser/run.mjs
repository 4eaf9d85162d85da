// Runs the browser's tests one after the other and prints how many passed. Words on the command line choose the
// tests whose names contain one of them; `SLOW=4` makes the processor four times slower.

import { readdirSync } from "node:fs";

import { PATIENCE, SLOW } from "./harness.mjs";

const words = process.argv.slice(2);
const folder = new URL("./", import.meta.url);
/// A whole test waits many times.
const LONGEST = 10 * PATIENCE;

if (SLOW > 1) console.log(`   the processor is made ${SLOW} times slower`);
let passed = 0;
const failed = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort()) {
  const { default: tests } = await import(new URL(file, folder));
  for (const [title, work] of Object.entries(tests)) {
    const name = `${file.replace(".test.mjs", "")}: ${title}`;
    if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
    const start = performance.now();
    let timer;
    const tooLong = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not done after ${LONGEST / 1000} s`)), LONGEST);
    });
    try {
      await Promise.race([work(), tooLong]);
      passed += 1;
      console.log(`   ok      ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed.push(name);
      console.log(`   FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, "           ")}`);
    } finally {
      clearTimeout(timer);
    }
  }
}
if (failed.length > 0) console.log(`failed:\n${failed.map((name) => `  ${name}`).join("\n")}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 || passed === 0 ? 1 : 0);
