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

import { assert, choose, counts, example, file, handle, inProject, says, verdict, withPage } from "./harness.mjs";

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

/// Does something in every worker that reads, once some are there.
async function inReaders(page, work) {
  const readers = async () => {
    const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name)));
    return page.workers().filter((_, at) => names[at] === "reading");
  };
  const warm = await page.evaluate(() => Math.min(navigator.hardwareConcurrency, 2));
  while ((await readers()).length < warm) await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)));
  for (const worker of await readers()) await worker.evaluate(work);
}

/// Makes a worker die of a file that begins with `DIE `, in the way that stands behind it.
const deadly = () => {
  const push = wasm_bindgen.FileStream.prototype.push;
  const stack = () => 1 + stack();
  // A module whose one function is `unreachable`, which ends every panic of the engine.
  const trap = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const ways = {
    trap: () => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(trap))).exports.f(),
    // More than the engine's memory may ever be.
    memory: (stream) => push.call(stream, new Uint8Array(1.1 * 2 ** 30)),
    stack,
    loop: () => {
      for (;;);
    },
  };
  wasm_bindgen.FileStream.prototype.push = function (chunk) {
    const [word, way] = new TextDecoder().decode(chunk.subarray(0, 40)).split(/\s/);
    if (word === "DIE") ways[way](this);
    push.call(this, chunk);
  };
};

/// A file that is a hole: three gigabytes of nothing that any format knows.
async function withEmptyDisk(work) {
  const folder = mkdtempSync(join(tmpdir(), "vpn-phone-doctor-"));
  const path = join(folder, "disk.img");
  const file = openSync(path, "w");
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
        await counts(page.locator(`${handle("input")}[data-state=refused]`), 1);
        assert.ok((await page.locator(handle("input")).count()) >= before + 2);
      });
    });
  },

  async "a trap, no memory, a stack without end or a loop without end costs its file alone, between two good ones"() {
    for (const death of ["trap", "memory", "stack", "loop"]) {
      await withPage({}, async ({ page }) => {
        await page.locator(handle("drop-zone")).waitFor();
        await inReaders(page, deadly);
        const [phone, log] = ["SEP001122334455.cnf.xml", "phone-console.log"].map((name) => file(name, example(name)));
        await choose(page, [phone, file("bad.log", `DIE ${death}\n`), log]);
        const refused = page.locator(`${handle("input")}[data-state=refused]`);
        await refused.filter({ hasText: "bad.log" }).waitFor();
        await verdict(page, "cert-hash-mismatch");
        // What takes the dead one's place reads as well.
        await choose(page, [file("asa.pem", example("asa.pem"))]);
        await page.locator(`${handle("input")}[data-kind=certificate]`).first().waitFor();
        await counts(page.locator(`${handle("input")}[data-state=read]`), 3, death);
        await counts(refused, 1, death);
      });
    }
  },

  async "stopped: reading ends at once, what was read is kept and says that there is more"() {
    await withLongLog(async (long) => {
      await withPage({}, async ({ page, problems }) => {
        await choose(page, SMALL);
        await verdict(page, "cert-hash-mismatch");
        await choose(page, long);
        await says(page.locator(handle("progress")), /^[\d.]+ [kMG]B of 3\.0 GB read, .+ a second, about \d+ (s|min) left/, "the pace");
        await page.locator(handle("cancel")).click();
        await page.locator(handle("progress")).waitFor({ state: "hidden" });
        const part = page.locator(`${handle("input")}[data-kind=asa-syslog][data-state=partly-read]`);
        await part.filter({ hasText: /Only the first \d+ of 3221225472 bytes were read: then you stopped reading/ }).waitFor();
        await verdict(page, "cert-hash-mismatch");
        // Its worker is as good as before.
        await choose(page, `${EXAMPLE}/asa.pem`);
        await page.locator(`${handle("input")}[data-kind=certificate]`).first().waitFor();
        await counts(page.locator(`${handle("input")}[data-state=refused]`), 0);
        assert.deepEqual(problems, []);
      });
    });
  },

  async "stopped before anything was read of it: the file says that reading was cancelled"() {
    await withLongLog(async (long) => {
      await withPage({}, async ({ page }) => {
        const workers = await page.evaluate(() => Math.min(navigator.hardwareConcurrency, 4));
        const before = Array.from({ length: workers }, (_, number) => join(dirname(long), `endless-${number}.log`));
        for (const path of before) symlinkSync(long, path);
        await choose(page, [...before, SMALL[1]]);
        await page.locator(handle("progress")).waitFor();
        await page.locator(handle("cancel")).click();
        await page.locator(handle("progress")).waitFor({ state: "hidden" });
        const refused = page.locator(`${handle("input")}[data-state=refused]`, { hasText: "phone-console.log" });
        await refused.filter({ hasText: "Reading was cancelled" }).waitFor();
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
        await refused.filter({ hasText: "changed since you dropped it" }).waitFor();
      });
    });
  },

  async "what nobody knows and nothing can hold is not read to its end"() {
    await withEmptyDisk(async (disk) => {
      await withPage({}, async ({ page, problems }) => {
        await page.locator(handle("drop-zone")).waitFor();
        await inReaders(page, () => {
          self.most = 0;
          const push = wasm_bindgen.FileStream.prototype.push;
          wasm_bindgen.FileStream.prototype.push = function (chunk) {
            self.most += chunk.length;
            push.call(this, chunk);
          };
        });
        await choose(page, [...SMALL, disk]);
        await verdict(page, "cert-hash-mismatch");
        const refused = page.locator(`${handle("input")}[data-state=refused]`);
        await refused.filter({ hasText: "disk.img" }).filter({ hasText: `The file has ${3 * 2 ** 30} bytes` }).waitFor();
        const pushed = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.most ?? 0)));
        assert.ok(Math.max(...pushed) <= 16 * 2 ** 20, `${pushed} bytes were read`);
        assert.deepEqual(problems, []);
      });
    });
  },

  async "a stream that stalls is given up, and the rest is read in slices"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await inReaders(page, () => {
        Blob.prototype.stream = function () {
          let given = 0;
          const pull = async (controller) => {
            // The first bytes come, and then nothing more, for ever.
            if ((given += 1) > 1) return new Promise(() => {});
            controller.enqueue(new Uint8Array(await this.slice(0, 700).arrayBuffer()));
          };
          return new ReadableStream({ type: "bytes", pull });
        };
      });
      await choose(page, SMALL);
      await verdict(page, "cert-hash-mismatch");
      const states = await page.locator(handle("input")).evaluateAll((all) => all.map((one) => one.dataset.state));
      assert.deepEqual(states, ["read", "read"]);
      assert.deepEqual(problems, []);
    });
  },

  async "a file that stops coming for good is read as far as it came, and says so"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await inReaders(page, () => {
        const [begin, later] = [Blob.prototype.slice, self.setTimeout];
        // A minute of waiting is over at once.
        self.setTimeout = (work, millis, ...values) => later(work, millis > 1_000 ? 100 : millis, ...values);
        Blob.prototype.stream = undefined;
        Blob.prototype.slice = function (from, to) {
          const part = begin.call(this, from, Math.min(to, 1_500));
          if (from > 0) part.arrayBuffer = () => new Promise(() => {});
          return part;
        };
      });
      // Longer than one chunk, so that there is a second one to wait for.
      const log = example("phone-console.log");
      await choose(page, [file("console.log", log.repeat(Math.ceil((5 << 20) / log.length)))]);
      const cut = page.locator(`${handle("input")}[data-kind=phone-log][data-state=partly-read]`);
      await cut.filter({ hasText: /Only the first 1500 of \d+ bytes were read/ }).waitFor();
      assert.deepEqual(problems, []);
    });
  },
};
