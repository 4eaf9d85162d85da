// Medians of five: from opening the file to the first paint and to a page that answers, and from a normal set of
// files to the verdict. With a big log's path: from its choice to the verdict, beside only reading it in this browser.

import { readFileSync, readdirSync } from "node:fs";

import { choose, handle, inProject, judged, verdict, withPage } from "./harness.mjs";

const EXAMPLE = inProject("assets/examples/replaced-certificate");
const ROUNDS = 5;

/// One phone configuration, five logs, two megabytes of ASA text, certificates.
function normalCase() {
  const files = readdirSync(EXAMPLE).map((name) => ({ name, buffer: readFileSync(`${EXAMPLE}/${name}`) }));
  const by = (name) => files.find((file) => file.name === name).buffer;
  const more = [1, 2, 3, 4].map((number) => ({ name: `phone-${number}.log`, buffer: by("phone-console.log") }));
  const asa = by("asa-logging.txt");
  const long = Buffer.concat(Array(Math.ceil(2e6 / asa.length)).fill(asa));
  return [...files, ...more, { name: "asa.log", buffer: long }].map((file) => ({ ...file, mimeType: "text/plain" }));
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const figures = { "open to first paint": [], "open to a page that answers": [], "normal case to verdict": [] };
for (let round = 0; round < ROUNDS; round += 1) {
  await withPage({ args: ["--window-size=1280,900"] }, async ({ page }) => {
    await page.locator(handle("drop-zone")).waitFor();
    // The first visit of a new browser also starts processes; what counts is the page.
    await page.reload();
    await page.locator(handle("drop-zone")).waitFor();
    const opened = await page.evaluate(
      () =>
        new Promise((resolve) => {
          new PerformanceObserver((list) => {
            const paint = list.getEntriesByName("first-contentful-paint")[0];
            if (paint) resolve(paint.startTime);
          }).observe({ type: "paint", buffered: true });
        }),
    );
    figures["open to first paint"].push(opened);
    figures["open to a page that answers"].push(
      await page.evaluate(() => performance.getEntriesByName("page-ready")[0]?.startTime ?? NaN),
    );
    // Nobody drops a file within the page's first second; what the page does in it is part of the page.
    await page.waitForTimeout(1000);
    // Measured inside the page: from the change of the file chooser to the verdict in the document.
    await page.evaluate((selector) => {
      addEventListener("change", () => (self.chosen = performance.now()), { capture: true, once: true });
      new MutationObserver((_, observer) => {
        if (!document.querySelector(selector)) return;
        self.judged = performance.now();
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true, attributes: true });
    }, `${handle("verdict")}[data-rule="cert-hash-mismatch"]`);
    await choose(page, normalCase());
    await verdict(page, "cert-hash-mismatch");
    figures["normal case to verdict"].push(await page.evaluate(() => self.judged - self.chosen));
  });
}
for (const [name, values] of Object.entries(figures)) {
  console.log(`   ${name}: ${median(values).toFixed(0)} ms (median of ${values.length}; all: ${values.map((value) => value.toFixed(0)).join(", ")})`);
}

const [log] = process.argv.slice(2);
if (log) {
  const read = [];
  const judgedIn = [];
  for (let round = 0; round < 3; round += 1) {
    await withPage({ args: ["--window-size=1280,900"] }, async ({ page }) => {
      const other = await page.context().newPage();
      await other.setContent("<input type=file>");
      await other.locator("input").setInputFiles(log);
      read.push(await other.evaluate(onlyRead));
      await other.close();
      await page.locator(handle("drop-zone")).waitFor();
      await page.waitForTimeout(1000);
      await page.evaluate(() => addEventListener("change", () => (self.chosen = performance.now()), { capture: true, once: true }));
      await choose(page, log);
      await judged(page);
      judgedIn.push(await page.evaluate(() => performance.now() - self.chosen));
    });
  }
  const [least, own] = [Math.min(...read), Math.min(...judgedIn)];
  const all = (values) => values.map((value) => value.toFixed(0)).join(", ");
  console.log(`   ${log}: ${own.toFixed(0)} ms to the verdict (${all(judgedIn)}), ${least.toFixed(0)} ms only read (${all(read)}): ${(own / least).toFixed(2)}`);
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
