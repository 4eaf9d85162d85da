// A line in its file: context, the way from evidence to evidence, explanations; and the search over a case.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { assert, choose, example, file, handle, judged, says, verdict, withPage } from "./harness.mjs";

const opened = async (page) => {
  await page.locator(handle("example-case")).click();
  await verdict(page, "cert-hash-mismatch");
};
const view = async (page, number = 0) => {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await page.locator(handle("view-line")).nth(number).click();
  await page.locator(handle("telling-line")).waitFor();
};

export default {
  async "evidence opens at its line, keys lead on, Escape leads back"() {
    await withPage({}, async ({ page, problems }) => {
      await opened(page);
      await view(page);
      const viewer = page.locator(handle("viewer"));
      const title = () => viewer.locator("h2").innerText();
      const first = await title();
      assert.match(first, /:\d+$/);
      const telling = page.locator(handle("telling-line"));
      assert.ok((await telling.locator("mark").first().innerText()).length > 0, "the telling part is marked");
      assert.ok((await viewer.locator(".row").count()) > 10, "with what stands around it");
      await says(viewer, /Evidence 1 of \d+/);
      await page.keyboard.press("n");
      await viewer.getByText(/Evidence 2 of/).waitFor();
      assert.notEqual(await title(), first);
      await page.keyboard.press("p");
      await viewer.getByText(/Evidence 1 of/).waitFor();
      assert.equal(await title(), first);
      await page.keyboard.press("Escape");
      await viewer.waitFor({ state: "detached" });
      // The page gives the focus back once the viewer is gone.
      await page.waitForFunction(() => document.activeElement?.dataset.testid === "view-line");
      assert.deepEqual(problems, []);
    });
  },

  async "a line of a log explains itself"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await choose(page, [file("phone.log", example("phone-console.log"))]);
      await judged(page);
      await view(page);
      const row = page.locator(`${handle("viewer")} .row`).filter({ hasText: "code 48, unknown CA" });
      await row.locator("button").click();
      assert.ok((await row.locator(".meaning .prose").innerText()).length > 20);
      assert.deepEqual(problems, []);
    });
  },

  async "a long file is leafed through with its own line numbers"() {
    await withPage({}, async ({ page, problems }) => {
      const filler = Array.from({ length: 30_000 }, (_, n) => `${n}: NOT 09:00:00.000000 DHCP: something else ${n}\n`);
      await choose(page, [file("long.log", filler.join("") + example("phone-console.log") + filler.slice(0, 3_000).join(""))]);
      await judged(page);
      await view(page);
      const viewer = page.locator(handle("viewer"));
      const numbers = async () => (await viewer.locator(".number").allInnerTexts()).map(Number);
      const before = await numbers();
      assert.ok(before.length <= 401 && before[0] > 29_000, "not the whole file");
      await viewer.locator(handle("earlier")).click();
      await page.waitForFunction((first) => Number(document.querySelector("[data-testid=viewer] .number").innerText) < first, before[0]);
      const earlier = await numbers();
      assert.ok(earlier.includes(before[0]) && earlier.length <= 401);
      await says(viewer.locator(".row").first(), new RegExp(`something else ${earlier[0] - 1}$`));
      assert.deepEqual(problems, []);
    });
  },

  async "a command of a session is shown in the session, a file that changed says so"() {
    const folder = mkdtempSync(join(tmpdir(), "vpn-phone-doctor-"));
    try {
      await withPage({}, async ({ page, problems }) => {
        const session = `asa# show logging\n${example("asa-logging.txt")}asa# show clock\n12:00:00.000 UTC Tue Nov 24 2026\n`;
        const path = join(folder, "session.txt");
        writeFileSync(path, session);
        await choose(page, [path]);
        await judged(page);
        await page.evaluate(() => (location.hash = "#/timeline"));
        await page.locator(`${handle("moment")} button`).first().click();
        const viewer = page.locator(handle("viewer"));
        await viewer.locator(".rows .row").first().waitFor();
        await says(viewer.locator(".row").first(), /asa# show logging/);
        await page.keyboard.press("Escape");
        writeFileSync(path, "another\n" + session);
        await page.locator(`${handle("moment")} button`).first().click();
        await viewer.getByText(/changed since/).waitFor();
        assert.deepEqual(problems, []);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },

  async "search finds what a case holds and leads there"() {
    await withPage({}, async ({ page, problems }) => {
      await opened(page);
      await page.keyboard.press("/");
      assert.equal(await page.evaluate(() => document.activeElement.id), "search");
      await page.keyboard.type("unknown ca alert");
      await page.locator(handle("hit")).first().waitFor();
      await page.locator("#search").fill("asa.example.com");
      const hit = page.locator(handle("hit")).filter({ hasText: "asa.pem" });
      await hit.first().click();
      await page.waitForFunction(() => location.hash === "#/certificate" || document.querySelector("[data-testid=viewer]"));
      assert.doesNotMatch(await page.evaluate(() => location.href), /example\.com/, "nothing of it in the address");
      assert.deepEqual(problems, []);
    });
  },
};
