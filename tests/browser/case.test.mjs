// The main job, as a person does it: files in, verdict out.

import { readFileSync, readdirSync } from "node:fs";

import { assert, choose, counts, drop, file, handle, has, inProject, judged, paste, verdict, withPage } from "./harness.mjs";

const EXAMPLE = inProject("assets/examples/replaced-certificate");
const NAMES = readdirSync(EXAMPLE).sort();
const text = (name) => readFileSync(`${EXAMPLE}/${name}`, "utf8");
const RULE = "cert-hash-mismatch";

/// A log of two hundred phones whose logins are rejected.
const many = () => Array.from({ length: 200 }, (_, n) =>
  `Nov 24 2026 08:01:01: %ASA-6-716039: Group <GP> User <CP-7962G-SEP001122334${String(n + 100)}> IP <198.51.100.${n + 1}> Authentication: rejected, Session Type: WebVPN.\n`).join("");

/// To be given as `prepare`: notes what is there whenever something has come to a case with a verdict.
const watchPieces = () => {
  self.pieces = [];
  new MutationObserver(() => {
    if (!document.querySelector("[data-testid=verdict]")) return;
    const count = (what) => document.querySelectorAll(what).length;
    const busy = count(".findings[aria-busy=true]") > 0;
    self.pieces.push({ busy, findings: count("[data-testid=finding]"), folded: count(".findings details:not([open]) *") });
  }).observe(document, { childList: true, subtree: true, attributes: true });
};

export default {
  async "chosen files give a verdict, a ladder and a proof"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, NAMES.map((name) => `${EXAMPLE}/${name}`));
      await verdict(page, RULE);
      await has(page.locator(handle("verdict")), "data-state", "fault");
      const ladder = page.locator(`${handle("ladder")} [data-stage]`);
      await counts(ladder, 12);
      await has(page.locator(`${handle("ladder")} [data-stage=trust]`), "data-state", "failed");
      const finding = page.locator(`${handle("finding")}[data-rule="${RULE}"]`);
      await has(finding, "data-severity", "blocker");
      assert.ok((await finding.locator(handle("evidence")).count()) > 0);
      assert.ok((await finding.locator(handle("fix")).count()) > 0);
      const states = await page.locator(handle("input")).evaluateAll((all) => all.map((one) => one.dataset.state));
      assert.ok(states.length >= NAMES.length && states.every((state) => state === "read"), states.join());
      assert.deepEqual(problems, []);
    });
  },

  async "below its verdict a large case comes piece by piece, a small one at once, and both are whole in the end"() {
    const example = NAMES.map((name) => file(name, text(name)));
    for (const [files, isLarge] of [[[...example, file("many.log", many())], true], [example, false]]) {
      await withPage({ prepare: watchPieces }, async ({ page, problems }) => {
        await choose(page, files);
        await judged(page);
        const seen = await page.evaluate(() => self.pieces);
        assert.ok(seen[0].busy && seen[0].findings === 0, "the verdict comes first");
        const findings = new Set(seen.map((one) => one.findings));
        assert.equal(findings.size > 2, isLarge, `so many findings are there, one after the other: ${[...findings]}`);
        // What is folded comes behind what is seen, and before the case is called whole.
        const last = seen.at(-1);
        assert.equal(seen.some((one) => one.findings === last.findings && one.folded < last.folded), isLarge);
        const empty = await page.evaluate(() => [...document.querySelectorAll(".case details:not([hidden])")]
          .filter((one) => [...one.children].every((child) => child.tagName === "SUMMARY" || child.hidden || !child.textContent.trim()))
          .map((one) => one.textContent));
        assert.deepEqual(empty, [], "nothing that can be unfolded is empty");
        assert.deepEqual(problems, []);
      });
    }
  },

  async "dropped files give the same verdict"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await drop(page, NAMES.map((name) => [name, text(name)]));
      await verdict(page, RULE);
      assert.deepEqual(problems, []);
    });
  },

  async "pasted text gives the same verdict"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await paste(page, text(NAMES.find((name) => name.endsWith(".cnf.xml"))));
      await page.locator(`${handle("input")}[data-kind=phone-config]`).first().waitFor();
      await paste(page, text("phone-console.log"));
      await verdict(page, RULE);
      assert.deepEqual(problems, []);
    });
  },

  async "the example that ships inside works, and everything can be forgotten"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, RULE);
      await page.locator(handle("wipe")).first().click();
      const confirm = page.locator(handle("wipe-confirm"));
      if ((await page.locator(handle("finding")).count()) > 0) await confirm.click();
      await page.locator(handle("finding")).first().waitFor({ state: "detached" });
      assert.equal(await page.locator(handle("input")).count(), 0);
      assert.deepEqual(problems, []);
    });
  },

  async "a file of nothing known does not stop the others"() {
    await withPage({}, async ({ page }) => {
      const odd = [
        { name: "empty.log", mimeType: "text/plain", buffer: Buffer.alloc(0) },
        { name: "core.bin", mimeType: "application/octet-stream", buffer: Buffer.from([0, 1, 2, 0xff, 0xfe, 0, 7]) },
      ];
      const files = NAMES.map((name) => ({ name, mimeType: "text/plain", buffer: readFileSync(`${EXAMPLE}/${name}`) }));
      await choose(page, [odd[0], ...files, odd[1]]);
      await verdict(page, RULE);
      await counts(page.locator(`${handle("input")}[data-state=unrecognised]`), 2);
    });
  },

  async "everything is said in German, too"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, RULE);
      assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
      const german = await page.locator(handle("verdict")).innerText();
      await page.locator(handle("language")).click();
      await page.locator("html[lang=en]").waitFor();
      assert.notEqual(await page.locator(handle("verdict")).innerText(), german);
      await page.locator(handle("language")).click();
      await page.locator("html[lang=de]").waitFor();
      assert.equal(await page.locator(handle("verdict")).innerText(), german);
      assert.deepEqual(problems, []);
    });
  },
};
