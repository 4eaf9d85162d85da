// What a change will do, and what differs: from the case to an answer in a few clicks, with the lines that say so.

import { readFileSync } from "node:fs";

import { assert, choose, counts, drop, file, handle, has, inProject, judged, says, sound, withPage } from "./harness.mjs";
import { PAIR, PHONES, go, openPair, openPlan, unfold } from "./states.mjs";

const field = (page, key) => page.locator(`${handle("plan-change")}[data-key=${key}]`);
const row = (page, words) => page.locator(handle("plan-row")).filter({ hasText: words });

async function asked(page) {
  await page.locator(handle("plan-ask")).click();
  await page.locator(handle("plan-result")).waitFor();
}

/// What a click offers as a download.
async function download(page, button) {
  const offered = page.waitForEvent("download");
  await button.click();
  const one = await offered;
  return { name: one.suggestedFilename(), text: readFileSync(await one.path(), "utf8") };
}

export default {
  async "a plan says for each phone what breaks, by which rule and line, and how to undo it"() {
    for (const [locale, words] of [["en-GB", { breaks: /breaks/, undo: /no ssl server-version/ }], ["de-DE", { breaks: /scheitert/, undo: /no ssl server-version/ }]]) {
      await withPage({ locale }, async ({ page, problems }) => {
        await openPlan(page);
        await field(page, "ssl").locator("textarea").fill("ssl server-version tlsv1.2\n");
        await asked(page);
        const old = row(page, PHONES.old);
        await has(old, "data-today", "connects");
        await has(old, "data-after", "breaks");
        await has(old, "data-rule", "tls-version-too-new-for-phone");
        await says(old, words.breaks);
        await has(row(page, PHONES.new), "data-after", "unknown");
        await says(page.locator(handle("plan-result")), /ssl server-version tlsv1\.2/);
        await says(page.locator(handle("plan-steps")), words.undo);
        await sound(page, "a plan");
        assert.deepEqual(problems, []);
      });
    }
  },

  async "what the case knows is offered, and a value that is none is told at its field"() {
    await withPage({}, async ({ page, problems }) => {
      await openPlan(page);
      const release = field(page, "asa-release");
      await says(release, /today\s*9\.8\(2\)/);
      await counts(release.locator("datalist option[value='9.16(1)']"), 1);
      await counts(field(page, "ssl").locator("option[value^='ssl cipher']"), 5);
      await field(page, "ssl").locator("select").selectOption("ssl server-version tlsv1.2");
      assert.equal(await field(page, "ssl").locator("textarea").inputValue(), "ssl server-version tlsv1.2\n");
      await field(page, "ssl").locator("textarea").fill("");
      await release.locator("input").fill("newest");
      await release.locator("input").press("Enter");
      await says(release.locator("[role=alert]"), /9\.16\(4\)/);
      await counts(page.locator(handle("plan-result")), 0);
      await release.locator("input").fill("9.16(4)");
      await counts(release.locator("[role=alert]:not(:empty)"), 0);
      await release.locator("input").press("Enter");
      await page.locator(handle("plan-result")).waitFor();
      await unfold(page);
      await says(page.locator(handle("plan-result")), /ASA 9\.16 release notes/);
      assert.deepEqual(problems, []);
    });
  },

  async "several changes stand across, each alone and all together"() {
    await withPage({}, async ({ page, problems }) => {
      await openPlan(page);
      await field(page, "host-id-check").locator("select").selectOption("off");
      await field(page, "ssl").locator("textarea").fill("ssl server-version tlsv1.2\n");
      await asked(page);
      await counts(page.locator(".plan-matrix thead th"), 5);
      const cells = row(page, PHONES.old).locator("td");
      await counts(cells, 4);
      assert.match(await cells.nth(1).getAttribute("class"), /is-bad/, "the lines alone break it");
      assert.match(await cells.nth(2).getAttribute("class"), /is-good/, "the check alone does not");
      assert.match(await cells.nth(3).getAttribute("class"), /is-bad/, "together they do");
      assert.deepEqual(problems, []);
    });
  },

  async "a certificate is taken from a file that is dropped onto its field, and the case stays what it is"() {
    const pem = readFileSync(inProject("tests/fixtures/other.pem"), "utf8");
    await withPage({}, async ({ page, problems }) => {
      await openPlan(page);
      const files = await page.evaluate(([name, text]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], name));
        const target = document.querySelector("[data-drop=certificate]");
        target.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        return document.querySelectorAll("[data-testid=input]").length;
      }, ["new.pem", pem]);
      assert.equal(files, 0);
      await says(field(page, "certificate"), /new\.pem/);
      await field(page, "capf").locator("input[type=file]").setInputFiles([file("capf.txt", "hello\n")]);
      await says(field(page, "capf").locator("[role=alert]"), /certificate/);
      await field(page, "certificate").locator(".taken button").click();
      await counts(field(page, "certificate").locator(".taken"), 0);
      await go(page, "#/case");
      await counts(page.locator(handle("input")), 4, "nothing came to the case");
      assert.deepEqual(problems, []);
    });
  },

  async "a plan leaves redacted like a report, and no formula survives in a table"() {
    await withPage({}, async ({ page, problems }) => {
      await openPlan(page);
      await field(page, "asa-config").locator("textarea").fill("ssl server-version tlsv1.2\n=1+1\n");
      await asked(page);
      const csv = await download(page, page.locator(handle("sheet-csv")));
      assert.equal(csv.name, "vpn-phone-doctor-plan-redacted.csv");
      assert.doesNotMatch(csv.text, /SEP0011|vpn\.example/);
      assert.doesNotMatch(csv.text, /(^|,|\n)"?[=+@]/);
      await page.locator(handle("redact-sheet")).uncheck();
      const markdown = await download(page, page.locator(handle("sheet-markdown")));
      assert.equal(markdown.name, "vpn-phone-doctor-plan.md");
      assert.match(markdown.text, new RegExp(PHONES.old));
      assert.match(markdown.text, /tls-version-too-new-for-phone/);
      assert.deepEqual(problems, []);
    });
  },

  async "an empty plan takes files where it stands, and a file that comes later is foretold with"() {
    await withPage({ route: "#/plan" }, async ({ page, problems }) => {
      await choose(page, PAIR.slice(0, 2));
      await field(page, "host-id-check").locator("option[value=off]").waitFor({ state: "attached" });
      assert.equal(await page.evaluate(() => location.hash), "#/plan");
      await field(page, "host-id-check").locator("select").selectOption("off");
      await asked(page);
      await has(page.locator(handle("plan-row")), "data-today", "unknown", "nothing shows it");
      await page.locator(handle("plan-works")).check();
      await has(page.locator(handle("plan-row")), "data-today", "connects", "the person says so");
      await page.locator(handle("plan-works")).uncheck();
      await has(page.locator(handle("plan-row")), "data-today", "unknown");
      await choose(page, PAIR.slice(3));
      await has(row(page, PHONES.old), "data-today", "connects", "a log shows it");
      assert.deepEqual(problems, []);
    });
  },

  async "a plan that cannot be worked out says so, and the page goes on"() {
    const deaf = () => {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message, ...rest) {
        if (self.deaf && message?.job !== undefined) {
          setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: { failed: "stopped", place: "" } })));
          return;
        }
        post.call(this, message, ...rest);
      };
    };
    await withPage({ prepare: deaf }, async ({ page }) => {
      await openPlan(page);
      await field(page, "host-id-check").locator("select").selectOption("off");
      await page.evaluate(() => (self.deaf = true));
      await page.locator(handle("plan-ask")).click();
      await says(page.locator(handle("plan-status")), /stopped/);
      await page.evaluate(() => (self.deaf = false));
      await page.locator(handle("plan-ask")).click();
      await page.locator(handle("plan-result")).waitFor();
    });
  },

  async "from a phone that works and one that fails it is one click to what differs"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, PAIR);
      await judged(page);
      let clicks = 0;
      const click = async (locator) => {
        clicks += 1;
        await locator.click();
      };
      await click(page.locator(".strip a[href='#/compare']"));
      const first = page.locator(handle("difference")).first();
      await first.waitFor();
      assert.equal(clicks, 1);
      assert.notEqual(await first.getAttribute("data-matters"), "no");
      await says(page.locator(".differences"), /SIP45[\s\S]*sip88xx/);
      await counts(page.locator(`.differences > ul > li > ${handle("difference")}[data-matters=no]`), 0);
      await page.locator(handle("folded-differences")).waitFor();
      const sides = () => page.locator(`${handle("compare-side")} select`).evaluateAll((all) => all.map((one) => one.selectedOptions[0].textContent));
      assert.deepEqual(await sides(), [PHONES.old, PHONES.new], "who works, and who fails");
      await page.locator(handle("swap-sides")).click();
      await says(page.locator(".differences dt").first(), new RegExp(PHONES.new));
      assert.deepEqual(await sides(), [PHONES.new, PHONES.old]);
      const csv = await download(page, page.locator(handle("sheet-csv")));
      assert.equal(csv.name, "vpn-phone-doctor-comparison-redacted.csv");
      assert.doesNotMatch(csv.text, /SEP0011/);
      await sound(page, "a comparison");
      assert.deepEqual(problems, []);
    });
  },

  async "the list of phones leads to what differs, too"() {
    await withPage({}, async ({ page }) => {
      await openPair(page);
      await go(page, "#/phones");
      await page.locator(handle("to-compare")).click();
      await page.locator(handle("difference")).first().waitFor();
    });
  },

  async "two cases and two configurations are compared without a case"() {
    const config = (cipher) => `ASA Version 9.8(2)\nhostname asa\nssl cipher tlsv1 custom "${cipher}"\nwebvpn\n enable outside\n: end\n`;
    await withPage({ route: "#/compare" }, async ({ page, problems }) => {
      await says(page.locator(handle("compare-status")), /no files/);
      const files = (side) => page.locator(`[data-drop=side-${side}] input[multiple]`);
      await files("a").setInputFiles([file("a.cfg", config("AES256-SHA"))]);
      await files("b").setInputFiles([file("b.cfg", config("AES128-SHA"))]);
      const cipher = page.locator(handle("difference")).filter({ hasText: "ssl cipher tlsv1" });
      await says(cipher, /AES256-SHA[\s\S]*AES128-SHA/);
      assert.equal(await page.evaluate(() => location.hash), "#/compare");
      await drop(page, [["one.cfg", config("AES256-SHA")], ["two.cfg", config("AES256-SHA:AES128-SHA")]]);
      const side = page.locator(`${handle("compare-side")}[data-side=a] select`);
      await side.locator("option", { hasText: "one.cfg" }).waitFor({ state: "attached" });
      assert.equal(await page.evaluate(() => location.hash), "#/compare");
      await says(cipher, /AES256-SHA:AES128-SHA/);
      assert.deepEqual(problems, []);
    });
  },
};
