// What makes a case pleasant to work with: one phone's story in one click, a file that was taken out by mistake, a script
// that collects what is missing, short evidence, certificates and settings that stand there once, keys.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { assert, choose, counts, example, file, handle, judged, says, serving, sound, verdict, withPage } from "./harness.mjs";
import { go } from "./states.mjs";

const opened = async (page) => {
  await page.locator(handle("example-case")).click();
  await verdict(page, "cert-hash-mismatch");
};

const phone = (n) => `SEP0011223344${String(n).padStart(2, "0")}`;

/// A log of forty phones whose login fails.
const fleet = () => {
  const at = (n) => `Nov 24 2026 08:${String(n % 60).padStart(2, "0")}:01: `;
  const of = (n) => [
    `${at(n)}%ASA-6-113039: Group <GP> User <CP-7962G-${phone(n)}> IP <198.51.100.${n}> AnyConnect parent session started.\n`,
    `${at(n)}%ASA-6-716039: Group <GP> User <CP-7962G-${phone(n)}> IP <198.51.100.${n}> Authentication: rejected, Session Type: WebVPN.\n`,
  ];
  return Array.from({ length: 40 }, (_, n) => of(n + 1).join("")).join("");
};

export default {
  async "from forty phones to one phone's story in one click"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("asa.log", fleet())]);
      await judged(page);
      await page.locator(".strip a[href='#/phones']").click();
      await counts(page.locator(handle("phone")), 40);
      await page.locator(`${handle("phone")}[data-name=${phone(7)}] ${handle("choose-phone")}`).click();
      await page.waitForFunction(() => location.hash === "#/timeline");
      await page.locator(`${handle("only-phone")}[data-name=${phone(7)}]`).waitFor();
      const moments = page.locator(handle("moment"));
      await counts(moments, 2, "its session and its login, and nothing of another phone");
      await says(page.locator(handle("timeline")), /08:07:01\s/);
      assert.doesNotMatch(await page.locator(handle("timeline")).innerText(), /08:07:01\.0/, "no digits that the log does not have");
      assert.doesNotMatch(await page.evaluate(() => location.href), /SEP/);
      await sound(page, "one phone's story");
      assert.deepEqual(problems, []);
    });
  },

  async "a file that was taken out is put back, also the last one"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await opened(page);
      const files = page.locator(handle("input"));
      const before = await files.count();
      await page.locator("li.file button[aria-label]").first().click();
      await page.waitForFunction(() => document.activeElement?.dataset.testid === "put-back");
      await sound(page, "a file was taken out");
      await page.keyboard.press("Enter");
      await counts(files, before);
      await verdict(page, "cert-hash-mismatch");
      await page.locator(handle("put-back")).waitFor({ state: "detached" });
      await page.evaluate(() => (location.hash = "#/"));
      await page.locator(handle("wipe")).waitFor({ state: "detached" });
      await choose(page, [file("phone.log", example("phone-console.log"))]);
      await judged(page);
      await page.locator("li.file button[aria-label]").first().click();
      await page.locator(handle("put-back")).click();
      await counts(files, 1);
      await judged(page);
      assert.deepEqual(problems, []);
    });
  },

  async "what is missing is collected by a script for each system"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("asa.log", fleet())]);
      await judged(page);
      const scripts = page.locator(handle("collection-script"));
      await counts(scripts, 3);
      for (const system of ["Linux", "macOS", "Windows"]) {
        const offered = page.waitForEvent("download");
        await page.locator(`${handle("collection-script")}[data-system=${system}]`).click();
        const one = await offered;
        assert.match(one.suggestedFilename(), /^collect-evidence-[a-z]+\.(sh|ps1)$/);
        const text = readFileSync(await one.path(), "utf8");
        assert.match(text, /\.cnf\.xml\.sgn/);
        assert.match(text, /show running-config/);
        assert.match(text, new RegExp(phone(1).slice(0, 12)));
        if (system !== "Windows") execFileSync("sh", ["-n", "-c", text]);
      }
      assert.deepEqual(problems, []);
    });
  },

  async "of many lines of evidence three are shown, and how many more there are"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("asa.log", fleet())]);
      await judged(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      const long = page.locator(handle("finding")).filter({ has: page.locator(`${handle("more-evidence")}:visible`) }).first();
      await counts(long.locator(`${handle("evidence")}:visible`), 3);
      await says(long.locator(handle("more-evidence")), /^\d+ more$/);
      const all = Number(/\d+/.exec(await long.locator("summary").filter({ hasText: "Evidence" }).innerText()));
      assert.ok(all > 3);
      const rule = await long.getAttribute("data-rule");
      const shown = page.locator(`${handle("finding")}[data-rule=${rule}]`).first().locator(`${handle("evidence")}:visible`);
      await page.emulateMedia({ media: "print" });
      await counts(shown, all, "paper shows all of them");
      await page.emulateMedia({ media: "screen" });
      await counts(shown, 3, "and the screen the first of them");
      await long.locator(handle("more-evidence")).click();
      await page.waitForFunction(() => document.querySelectorAll("[data-testid=evidence]").length > 3);
      assert.ok((await page.locator(`${handle("evidence")}:visible`).count()) > 3);
      assert.deepEqual(problems, []);
    });
  },

  async "what is printed as soon as its verdict stands is whole"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("asa.log", fleet())]);
      await page.locator(handle("verdict")).waitFor();
      await page.pdf();
      await judged(page);
      const long = page.locator(handle("finding")).filter({ has: page.locator(handle("more-evidence")) }).first();
      const summary = long.locator("summary").filter({ hasText: "Evidence" });
      const all = Number(/\d+/.exec(await summary.textContent()));
      assert.equal(await long.locator(handle("evidence")).count(), all);
      assert.deepEqual(problems, []);
    });
  },

  async "a certificate stands there once, with what counts for the phones"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("asa.pem", example("asa.pem")), file("again.pem", example("asa.pem")), file("asa.txt", example("asa-running-config.txt"))]);
      await judged(page);
      await go(page, "#/certificate");
      const shown = await page.locator(`${handle("certificate")} h2 .device`).allInnerTexts();
      const hashes = await page.locator(`${handle("certificate")} .hashes > div:nth-child(3) .device`).allInnerTexts();
      assert.equal(new Set(hashes).size, hashes.length, "each once");
      assert.ok(shown.length > 0);
      const twice = page.locator(handle("certificate")).filter({ hasText: "again.pem" });
      await says(twice, /asa\.pem/);
      await twice.locator("[data-badge=bound]").waitFor();
      await sound(page, "certificates with badges");
      assert.deepEqual(problems, []);
    });
  },

  async "settings that nobody set stand below the others once, and a filter finds any"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await choose(page, serving());
      await judged(page);
      await go(page, "#/policy");
      await counts(page.locator(`${handle("setting")}[data-origin=default]`), 0);
      assert.ok((await page.locator(handle("default")).count()) > 1);
      await page.locator(handle("policy-filter")).fill("simultaneous dflt");
      await counts(page.locator(handle("setting")), 1);
      await counts(page.locator(handle("default")), 0);
      await sound(page, "a filtered policy");
      assert.deepEqual(problems, []);
    });
  },

  async "keys lead to the files and save, and the ladder stands above a comparison"() {
    await withPage({}, async ({ page, problems }) => {
      await opened(page);
      await page.keyboard.press("f");
      await page.waitForFunction(() => document.activeElement.id === "files");
      await page.keyboard.press("s");
      await page.locator(`${handle("save-report")} dialog[open]`).waitFor();
      await page.locator(handle("redact")).uncheck();
      const offered = page.waitForEvent("download");
      await page.locator(`${handle("save-report")} [data-form=json]`).click();
      const report = readFileSync(await (await offered).path(), "utf8");
      await page.keyboard.press("Escape");
      await choose(page, [file("report.json", report), file("phone.log", example("phone-console.log"))]);
      await page.locator(handle("changes")).waitFor();
      const above = await page.evaluate(() => {
        const [ladder, changes] = ["ladder", "changes"].map((id) => document.querySelector(`[data-testid=${id}]`));
        return Boolean(ladder.compareDocumentPosition(changes) & Node.DOCUMENT_POSITION_FOLLOWING);
      });
      assert.ok(above);
      assert.deepEqual(problems, []);
    });
  },

  async "an empty view takes what fills it, and abbreviations explain themselves"() {
    await withPage({}, async ({ page, problems }) => {
      for (const route of ["#/timeline", "#/phones", "#/policy", "#/negotiation"]) {
        await go(page, route);
        await page.locator(`#main ${handle("drop-zone")}`).waitFor();
      }
      const who = "User <CP-7962G-SEP001122334455> IP <198.51.100.7>";
      const ended = "%ASA-6-734001: DAP: User CP-7962G-SEP001122334455, Addr 198.51.100.7, Connection AnyConnect: The following DAP records were selected for this connection: HANDSETS\n";
      await choose(page, [file("asa.log", `%ASA-6-113039: Group <GP> ${who} AnyConnect parent session started.\n${ended}%ASA-6-716002: Group <GP> ${who} WebVPN session terminated: DAP terminate.\n%ASA-5-734002: DAP: User CP-7962G-SEP001122334455, Addr 198.51.100.7: Connection terminated by the following DAP records: HANDSETS\n`)]);
      await judged(page);
      await page.locator(`${handle("terms")}:visible`).first().waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "phones that are locked out come first in the plan, and a missing web page is no dead end"() {
    await withPage({}, async ({ page, problems }) => {
      await go(page, "#/symptom/renew-certificate");
      await page.locator("[data-answer=yes]").first().click();
      const parts = page.locator(`${handle("renewal")} > section`);
      await parts.first().waitFor();
      assert.deepEqual(await parts.evaluateAll((all) => all.map((one) => one.dataset.part)), ["undo", "rescue", "steps"]);
      await go(page, "#/symptom/collect-evidence");
      await page.locator("[data-answer=no]").first().click();
      await page.locator("[data-answer=no]").first().click();
      await says(page.locator(`${handle("collection")} [data-need=phone-log]`), /SSH/);
      assert.deepEqual(problems, []);
    });
  },
};
