// The packed file opens from disk, needs nothing else, and says something sensible where it cannot work.

import { readFileSync, writeFileSync, mkdirSync } from "node:fs";

import { PAGE, assert, handle, inProject, withPage } from "./harness.mjs";

const ROUTES = ["#/", "#/case", "#/policy", "#/negotiation", "#/phones", "#/hash", "#/certificate", "#/rules", "#/trust"];

export default {
  async "no error and no violation on any route"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      for (const route of ROUTES) {
        await page.evaluate((route) => (location.hash = route), route);
        await page.locator("#page h1").first().waitFor();
      }
      assert.equal(await page.evaluate(() => location.hash), ROUTES.at(-1), "a route is a hash");
      assert.deepEqual(problems, []);
    });
  },

  async "the policy stands first and the file refers to nothing outside"() {
    const text = readFileSync(PAGE, "utf8");
    assert.match(text, /<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/);
    const markup = text.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<style[\s\S]*?<\/style>/g, "");
    const outside = [...markup.matchAll(/(?:src|href|srcset|action)="(?!data:,|#)([^"]*)"/g)].map((found) => found[1]);
    assert.deepEqual(outside, []);
    const scripts = [...text.matchAll(/<script[^>]*>/g)].map((found) => found[0]);
    assert.equal(scripts.filter((tag) => tag === "<script>").length, 1, "one script that runs");
    // The self-test alone tries, and is refused.
    const selfTest = readFileSync(inProject("assets/leaks.js"), "utf8");
    assert.ok(text.includes(selfTest));
    const evaluates = /\beval\(|new Function\(/.test(text.replace(selfTest, () => ""));
    assert.equal(evaluates, false, "nothing else makes code of text");
  },

  async "without WebAssembly two hashes can still be compared"() {
    await withPage({ args: ["--js-flags=--jitless"] }, async ({ page, problems }) => {
      await page.locator("#fallback-first").fill("5X6B6plUwUSXZnjQ4kGM33mpMXY=");
      const second = page.locator("#fallback-second");
      const verdict = page.locator("#fallback-verdict");
      await second.fill("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76");
      assert.match(await verdict.textContent(), /Equal · Gleich/);
      await second.fill("SHA1 Fingerprint=1289B8A7AA9FFD84865E38939F3466A61B5608FC");
      assert.match(await verdict.textContent(), /Different · Verschieden/);
      await second.fill("no hash");
      assert.match(await verdict.textContent(), /Not a hash · Kein Hash/);
      assert.deepEqual(problems, []);
    });
  },

  async "a page that stopped offers to start again"() {
    await withPage({}, async ({ page }) => {
      await page.locator("#page h1").first().waitFor();
      await page.evaluate(() => {
        setTimeout(() => {
          throw new WebAssembly.RuntimeError("unreachable");
        });
      });
      await page.locator("#recovery").waitFor();
      assert.equal(await page.locator("#page").isVisible(), false);
      await page.locator("#recovery-restart").click();
      await page.locator("#page h1").first().waitFor();
      assert.equal(await page.locator("#recovery").isVisible(), false);
    });
  },

  async "inside another page it shows nothing of itself"() {
    const outer = inProject("target/browser/outer.html");
    mkdirSync(inProject("target/browser"), { recursive: true });
    writeFileSync(outer, `<!doctype html><iframe src="../../dist/vpn-phone-doctor.html"></iframe>`);
    await withPage({ file: outer }, async ({ page }) => {
      const inner = page.frameLocator("iframe").locator("#page");
      await inner.filter({ hasText: "Open this page by itself" }).waitFor();
      assert.equal(await inner.locator("*").count(), 0);
    });
  },
};
