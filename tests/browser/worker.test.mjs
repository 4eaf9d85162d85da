// A worker that dies costs its file and nothing else.

import {
  appendFileSync,
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { assert, choose, handle, inProject, verdict, withPage } from "./harness.mjs";

const EXAMPLE = inProject("assets/examples/replaced-certificate");
const SMALL = ["SEP001122334455.cnf.xml", "phone-console.log"].map((name) => `${EXAMPLE}/${name}`);

/// A log whose end is a hole: three gigabytes to read, none on the disk.
async function withLongLog(work) {
  const folder = mkdtempSync(join(tmpdir(), "vpn-phone-doctor-"));
  const path = join(folder, "endless.log");
  const file = openSync(path, "w");
  const lines = readFileSync(`${EXAMPLE}/asa-logging.txt`);
  for (let at = 0; at < 1 << 20; at += lines.length) writeSync(file, lines);
  ftruncateSync(file, 3 * 2 ** 30);
  closeSync(file);
  try {
    await work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/// Ends all workers that read, from inside and while the page knows nothing of it, once one is in the middle.
async function killReaders(page) {
  const readers = [];
  while (readers.length === 0) {
    for (const worker of page.workers()) {
      if (await worker.evaluate(() => self.name === "reading" && taken > 0)) readers.push(worker);
    }
  }
  for (const worker of page.workers()) {
    if (await worker.evaluate(() => self.name === "reading")) await worker.evaluate(() => self.close());
  }
}

export default {
  async "killed in the middle: its file says so, the others keep their verdict, the next file is read"() {
    await withLongLog(async (long) => {
      await withPage({}, async ({ page }) => {
        await choose(page, SMALL);
        await verdict(page, "cert-hash-mismatch");
        const before = await page.locator(handle("input")).count();
        await choose(page, long);
        await page.locator(handle("progress")).waitFor();
        await killReaders(page);
        await page.locator(`${handle("input")}[data-state=refused]`).waitFor();
        await verdict(page, "cert-hash-mismatch");
        await choose(page, `${EXAMPLE}/asa.pem`);
        await page.locator(`${handle("input")}[data-kind=certificate]`).first().waitFor();
        assert.equal(await page.locator(`${handle("input")}[data-state=refused]`).count(), 1);
        assert.ok((await page.locator(handle("input")).count()) >= before + 2);
      });
    });
  },

  async "cancelled: reading ends at once"() {
    await withLongLog(async (long) => {
      await withPage({}, async ({ page }) => {
        await choose(page, SMALL);
        await verdict(page, "cert-hash-mismatch");
        await choose(page, long);
        await page.locator(handle("cancel")).click();
        await page.locator(handle("progress")).waitFor({ state: "hidden", timeout: 2_000 });
        await verdict(page, "cert-hash-mismatch");
      });
    });
  },

  async "changed after it was chosen: the file says so"() {
    await withLongLog(async (long) => {
      await withPage({}, async ({ page }) => {
        const folder = dirname(long);
        const changing = join(folder, "still-written.log");
        copyFileSync(SMALL[1], changing);
        // As many long logs as there are workers, so that the last file has to wait for one.
        const workers = await page.evaluate(() => Math.min(navigator.hardwareConcurrency, 4));
        const before = Array.from({ length: workers }, (_, number) => join(folder, `endless-${number}.log`));
        for (const path of before) symlinkSync(long, path);
        await choose(page, [...before, changing]);
        await page.locator(handle("progress")).waitFor();
        appendFileSync(changing, "one more line\n");
        await killReaders(page);
        const refused = page.locator(`${handle("input")}[data-state=refused]`, { hasText: "still-written.log" });
        await refused.filter({ hasText: "changed since you dropped it" }).waitFor({ timeout: 40_000 });
      });
    });
  },
};
