// Ratios of one run in one browser, each with the times it is made of, the least of several:
//
// node tests/browser/bench.mjs                       opening the page, and a normal set of files to the verdict
// BEFORE=other.html node tests/browser/bench.mjs     the same beside another build of the page, by turns
// node tests/browser/bench.mjs FILE...               besides: each file from its choice to the verdict, and only read
// LONG=1 node tests/browser/bench.mjs FILE...        each file alone: memory, gaps of the page, and how soon it stops
//
// In brackets stands the processor time of all of the browser's processes: on a machine that is busy with something else
// it tells more than the clock.

import { readFileSync, readdirSync } from "node:fs";

import { PAGE, choose, handle, inProject, judged, verdict, withPage } from "./harness.mjs";

const EXAMPLE = inProject("assets/examples/replaced-certificate");
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const WINDOW = ["--window-size=1280,900"];

/// One phone configuration, five logs, two megabytes of ASA text, certificates.
function normalCase() {
  const files = readdirSync(EXAMPLE).map((name) => ({ name, buffer: readFileSync(`${EXAMPLE}/${name}`) }));
  const by = (name) => files.find((file) => file.name === name).buffer;
  const more = [1, 2, 3, 4].map((number) => ({ name: `phone-${number}.log`, buffer: by("phone-console.log") }));
  const asa = by("asa-logging.txt");
  const long = Buffer.concat(Array(Math.ceil(2e6 / asa.length)).fill(asa));
  return [...files, ...more, { name: "asa.log", buffer: long }].map((file) => ({ ...file, mimeType: "text/plain" }));
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const all = (values) => values.map((value) => value.toFixed(0)).join(", ");

/// Opening and the normal case, once, in milliseconds.
async function normal(file) {
  return withPage({ file, args: WINDOW }, async ({ page, profile }) => {
    await page.locator(handle("drop-zone")).waitFor();
    // The first visit of a new browser also starts processes; what counts is the page.
    await page.reload();
    await page.locator(handle("drop-zone")).waitFor();
    const paint = await page.evaluate(
      () =>
        new Promise((resolve) => {
          new PerformanceObserver((list) => {
            const paint = list.getEntriesByName("first-contentful-paint")[0];
            if (paint) resolve(paint.startTime);
          }).observe({ type: "paint", buffered: true });
        }),
    );
    const answers = await page.evaluate(() => performance.getEntriesByName("page-ready")[0]?.startTime ?? NaN);
    // Nobody drops a file within the page's first second; what the page does in it is part of the page.
    await page.waitForTimeout(Number(process.env.REST ?? 1000));
    // Measured inside the page: from the change of the file chooser to the verdict in the document.
    await page.evaluate((selector) => {
      addEventListener("change", () => (self.chosen = performance.now()), { capture: true, once: true });
      new MutationObserver((_, observer) => {
        if (!document.querySelector(selector)) return;
        self.judged = performance.now();
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true, attributes: true });
    }, `${handle("verdict")}[data-rule="cert-hash-mismatch"]`);
    const before = processor(profile);
    await choose(page, normalCase());
    await verdict(page, "cert-hash-mismatch");
    const work = processor(profile) - before;
    return { paint, answers, work, judged: await page.evaluate(() => self.judged - self.chosen) };
  });
}

const NAMES = {
  paint: "open to first paint",
  answers: "open to a page that answers",
  judged: "normal case to verdict",
  work: "normal case, processor time of handing it over and of what it shows",
};

async function opening() {
  const pages = [PAGE, ...(process.env.BEFORE ? [process.env.BEFORE] : [])];
  const rounds = pages.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, file] of pages.entries()) rounds[at].push(await normal(file));
  }
  for (const [key, name] of Object.entries(NAMES)) {
    const [own, before] = rounds.map((all) => all.map((one) => one[key]));
    console.log(`   ${name}: ${median(own).toFixed(0)} ms (median of ${own.length}; all: ${all(own)})`);
    if (!before) continue;
    const ratios = [median(own) / median(before), Math.min(...own) / Math.min(...before)].map((ratio) => ratio.toFixed(2));
    console.log(`      before: ${median(before).toFixed(0)} ms (all: ${all(before)}): ${ratios[0]}, of the least ${ratios[1]}`);
  }
}

/// A file to the verdict, beside only reading it in the same browser.
async function beside(path) {
  const [read, judgedIn, readWork, judgedWork] = [[], [], [], []];
  for (let round = 0; round < 3; round += 1) {
    await withPage({ args: WINDOW }, async ({ page, profile }) => {
      const other = await page.context().newPage();
      await other.setContent("<input type=file>");
      await other.locator("input").setInputFiles(path);
      const idle = processor(profile);
      read.push(await other.evaluate(onlyRead));
      readWork.push(processor(profile) - idle);
      await other.close();
      await page.locator(handle("drop-zone")).waitFor();
      await page.waitForTimeout(1000);
      await page.evaluate(() => addEventListener("change", () => (self.chosen = performance.now()), { capture: true, once: true }));
      const before = processor(profile);
      await choose(page, path);
      await judged(page);
      judgedWork.push(processor(profile) - before);
      judgedIn.push(await page.evaluate(() => performance.now() - self.chosen));
    });
  }
  const [least, own, leastWork, ownWork] = [read, judgedIn, readWork, judgedWork].map((values) => Math.min(...values));
  console.log(`   ${path}: ${own.toFixed(0)} ms to the verdict (${all(judgedIn)}), ${least.toFixed(0)} ms only read (${all(read)}): ${(own / least).toFixed(2)}`);
  console.log(`      (${ownWork} and ${leastWork} ms: ${(ownWork / leastWork).toFixed(2)})`);
}

/// A file of gigabytes: to its verdict, and stopped in the middle.
async function long(path) {
  await withPage({ args: WINDOW }, async ({ page, profile }) => {
    await page.locator(handle("drop-zone")).waitFor();
    await page.waitForTimeout(5000);
    const processes = renderers(profile);
    const idle = memory(processes);
    let most = idle;
    const watch = setInterval(() => (most = Math.max(most, memory(processes))), 100);
    await page.evaluate(() => {
      self.gap = 0;
      let last = performance.now();
      setInterval(() => {
        const now = performance.now();
        self.gap = Math.max(self.gap, now - last);
        last = now;
      }, 4);
      addEventListener("change", () => (self.chosen = performance.now()), { capture: true, once: true });
    });
    await choose(page, path);
    await page.locator(handle("progress")).waitFor();
    // From here on nothing of this test's own keeps the page busy.
    await page.evaluate(() => (self.gap = 0));
    await judged(page);
    await page.locator(handle("progress")).waitFor({ state: "hidden" });
    const took = await page.evaluate(() => performance.now() - self.chosen);
    // What comes behind the whole case is a part of it.
    await page.waitForTimeout(1000);
    const gap = await page.evaluate(() => self.gap);
    clearInterval(watch);
    console.log(`   ${path}: ${(took / 1000).toFixed(1)} s, ${((most - idle) / 1024).toFixed(0)} MiB over the idle page, longest gap ${gap.toFixed(0)} ms`);
  });
  await withPage({ args: WINDOW }, async ({ page }) => {
    await page.locator(handle("drop-zone")).waitFor();
    await page.waitForTimeout(2000);
    await choose(page, path);
    await page.waitForFunction((done) => document.querySelector(done)?.dataset.done > 2 ** 28, handle("progress"));
    await page.evaluate((progress) => {
      addEventListener("click", () => (self.clicked = performance.now()), { capture: true, once: true });
      new MutationObserver(() => {
        if (self.clicked && !document.querySelector(progress)) self.ended ??= performance.now();
      }).observe(document, { childList: true, subtree: true });
    }, handle("progress"));
    await page.locator(handle("cancel")).click();
    await page.locator(handle("progress")).waitFor({ state: "hidden" });
    const ended = await page.evaluate(() => self.ended - self.clicked);
    await page.locator(`${handle("input")}[data-state=partly-read]`).first().waitFor();
    console.log(`   ${path}: stopped within ${ended.toFixed(0)} ms, and what was read is kept`);
  });
}

/// What Linux tells of a process; nothing where it has ended.
const of = (id, file) => {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return "";
  }
};

/// The browser's processes.
function family(profile) {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parent = (id) => Number(/^PPid:\s+(\d+)/m.exec(of(id, "status"))?.[1] ?? 0);
  const browser = processes.find((id) => of(id, "cmdline").includes(profile) && !of(id, "cmdline").includes("--type="));
  const isOurs = (id) => {
    for (let at = Number(id); at > 1; at = parent(at)) if (at === Number(browser)) return true;
    return false;
  };
  return processes.filter(isOurs);
}

/// Those of them that show pages.
const renderers = (profile) => family(profile).filter((id) => of(id, "cmdline").includes("--type=renderer"));

/// Milliseconds of processor that all of them took so far, in steps of ten.
function processor(profile) {
  const ticks = (id) => {
    const fields = of(id, "stat").split(") ").pop().split(" ");
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  };
  return family(profile).reduce((sum, id) => sum + ticks(id) * 10, 0);
}

/// KiB that processes hold for themselves.
function memory(processes) {
  const own = (id) => Number(/^RssAnon:\s+(\d+)/m.exec(of(id, "status"))?.[1] ?? 0);
  return processes.reduce((sum, id) => sum + own(id), 0);
}

/// Reads the chosen file as the worker does and looks at none of it; milliseconds.
async function onlyRead() {
  const start = performance.now();
  const reader = document.querySelector("input").files[0].stream().getReader({ mode: "byob" });
  let spare = new ArrayBuffer(4 << 20);
  for (;;) {
    const { value, done } = await reader.read(new Uint8Array(spare));
    if (done) return performance.now() - start;
    spare = value.buffer;
  }
}

const paths = process.argv.slice(2);
if (process.env.LONG) {
  for (const path of paths) await long(path);
} else {
  await opening();
  for (const path of paths) await beside(path);
}
