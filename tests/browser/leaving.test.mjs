// Going back, and going away: "back" closes an open file and not the case, leaving a case asks, and the window's title
// says where the person is and nothing of a file.

import { assert, choose, drop, example, file, handle, inVain, verdict, withPage } from "./harness.mjs";
import { go, openExample, unfold } from "./states.mjs";

const viewer = (page) => page.locator(handle("viewer"));
const back = (page) => page.evaluate(() => history.back());
const at = (page, route) => page.waitForFunction((route) => location.hash === route && document.querySelector("#main .view").dataset.route === route, route);

async function look(page) {
  await unfold(page);
  await page.locator(handle("view-line")).first().click();
  await page.locator(handle("telling-line")).waitFor();
}

/// Whether the browser would ask before it leaves the page.
const asks = (page) => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));

export default {
  async "back closes an open file and leaves the case, however often"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      for (let turn = 0; turn < 3; turn += 1) {
        await look(page);
        assert.equal(await page.evaluate(() => location.hash), "#/case", "nothing of the file is in the address");
        await back(page);
        await viewer(page).waitFor({ state: "detached" });
        await page.waitForFunction(() => document.activeElement?.dataset.testid === "view-line");
        assert.equal(await page.evaluate(() => location.hash), "#/case");
        assert.equal(await page.locator(handle("verdict")).isVisible(), true);
      }
      await back(page);
      await at(page, "#/");
      await page.evaluate(() => history.forward());
      await at(page, "#/case");
      await verdict(page, "cert-hash-mismatch");
      assert.deepEqual(problems, []);
    });
  },

  async "a file that was closed by key or by another view is no step to go back to"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      for (let turn = 0; turn < 2; turn += 1) {
        await look(page);
        await page.keyboard.press("Escape");
        await viewer(page).waitFor({ state: "detached" });
      }
      // From an open file to another view, by its key.
      await look(page);
      await page.keyboard.press("4");
      await at(page, "#/rules");
      await viewer(page).waitFor({ state: "detached" });
      await back(page);
      await at(page, "#/case");
      assert.equal(await viewer(page).count(), 0);
      await look(page);
      await page.keyboard.press("Escape");
      await viewer(page).waitFor({ state: "detached" });
      await back(page);
      await at(page, "#/");
      assert.deepEqual(problems, []);
    });
  },

  async "where a file was closed a key leads to another view, which stays"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      await look(page);
      await page.keyboard.press("Escape");
      await viewer(page).waitFor({ state: "detached" });
      await page.keyboard.press("4");
      await at(page, "#/rules");
      await page.waitForTimeout(inVain(300));
      await at(page, "#/rules");
      await back(page);
      await at(page, "#/case");
      await verdict(page, "cert-hash-mismatch");
      assert.deepEqual(problems, []);
    });
  },

  async "the browser tells of an address late, and the view that was gone to meanwhile stays"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      await page.evaluate(() => {
        dispatchEvent(new KeyboardEvent("keydown", { key: "4", bubbles: true }));
        // The news of the step before: the new view is not in the address yet.
        if (location.hash !== "#/case") throw new Error(`the address is ${location.hash} already`);
        dispatchEvent(new HashChangeEvent("hashchange"));
      });
      await at(page, "#/rules");
      await page.waitForTimeout(inVain(300));
      await at(page, "#/rules");
      // A person's own way through the addresses is followed as before, there and back.
      await page.evaluate(() => (location.hash = "#/case"));
      await at(page, "#/case");
      await back(page);
      await at(page, "#/rules");
      await back(page);
      await at(page, "#/case");
      assert.deepEqual(problems, []);
    });
  },

  async "leaving asks where a case is open, and only there"() {
    await withPage({}, async ({ page, context }) => {
      await page.locator(handle("drop-zone")).waitFor();
      assert.equal(await asks(page), false, "nothing to lose yet");
      // A second page keeps the browser open.
      await context.newPage();
      await page.bringToFront();
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      const asked = page.waitForEvent("dialog");
      await page.close({ runBeforeUnload: true });
      const dialog = await asked;
      assert.equal(dialog.type(), "beforeunload");
      await dialog.dismiss();
      assert.equal(await page.locator(handle("verdict")).isVisible(), true, "the case is still there");
      await page.locator(handle("wipe")).click();
      assert.equal(await page.locator("#dialog-title").innerText(), "Clear the case?");
      await page.locator(handle("wipe-confirm")).click();
      await page.locator(handle("example-case")).waitFor();
      assert.equal(await asks(page), false, "the case is gone");
    });
  },

  async "the title names the view and how the case stands, and nothing of a file"() {
    for (const [locale, words] of [
      ["en-GB", { rules: "Rules – VPN Phone Doctor", unknown: /^Not known yet – Case – VPN Phone Doctor$/, fault: /^(Fault found|Probably the fault) – /, name: "Case" }],
      ["de-DE", { rules: "Regeln – VPN Phone Doctor", unknown: /^Noch nicht bekannt – Fall – VPN Phone Doctor$/, fault: /^(Fehler gefunden|Wahrscheinlich der Fehler) – /, name: "Fall" }],
    ]) {
      await withPage({ locale }, async ({ page, problems }) => {
        const title = (wanted) => page.waitForFunction((wanted) => (wanted.test ? wanted.test(document.title) : document.title === wanted), wanted);
        await title("VPN Phone Doctor");
        await go(page, "#/rules");
        await title(words.rules);
        await drop(page, [["192.0.2.77.txt", "nothing that anybody knows\n"]]);
        await title(words.unknown);
        await choose(page, ["SEP001122334455.cnf.xml", "phone-console.log"].map((name) => file(name, example(name))));
        await verdict(page, "cert-hash-mismatch");
        await title(words.fault);
        const titles = new Set();
        for (const route of ["#/", "#/case", "#/timeline", "#/certificate", "#/symptom/hash-mismatch", "#/trust"]) {
          await go(page, route);
          await page.waitForFunction((name) => document.title.includes("VPN Phone Doctor") && (location.hash === "#/case") === document.title.includes(` – ${name} – `), words.name);
          titles.add(await page.title());
        }
        assert.equal(titles.size, 6);
        for (const one of titles) assert.doesNotMatch(one, /192|SEP|example|\.xml|\.log/);
        assert.deepEqual(problems, []);
      });
    }
  },
};
