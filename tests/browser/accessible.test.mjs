// Every view in both themes and languages, before and after a case is open, against axe-core's rules.

import { readFileSync } from "node:fs";

import { assert, choose, handle, inProject, serving, verdict, withPage } from "./harness.mjs";

const ROUTES = [
  ...["#/", "#/case", "#/policy", "#/negotiation", "#/phones", "#/timeline"],
  ...["#/hash", "#/certificate", "#/rules", "#/trust"],
];
const AXE = readFileSync(inProject("node_modules/axe-core/axe.min.js"), "utf8");

async function violations(page) {
  const found = [];
  for (const route of ROUTES) {
    await page.evaluate((route) => (location.hash = route), route);
    await page.locator("#page h1").first().waitFor();
    if (route === "#/rules") {
      const rule = page.locator("details.rule").first();
      if (!(await rule.evaluate((rule) => rule.open))) await rule.locator("summary").click();
      await rule.locator("h3").first().waitFor();
    }
    if (route === "#/case") {
      // What is folded is looked at, too.
      await page.evaluate(() => document.querySelectorAll("details:not(.menu)").forEach((one) => (one.open = true)));
    }
    found.push(...(await broken(page, route)));
  }
  return found;
}

async function broken(page, where) {
  const { violations } = await page.evaluate(() => self.axe.run());
  return violations.map(({ id, nodes }) => `${where} ${id}: ${nodes.map((node) => node.target).join(" | ")}`);
}

const checked = (options) => async () => {
  await withPage(options, async ({ page }) => {
    // The page's policy lets no script in from outside; the debugger is not bound by it.
    const debug = await page.context().newCDPSession(page);
    await debug.send("Runtime.evaluate", { expression: AXE });
    await page.locator(handle("drop-zone")).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.evaluate(() => (location.hash = "#/"));
    await page.locator(handle("example-case")).click();
    await verdict(page, "cert-hash-mismatch");
    assert.deepEqual(await violations(page), []);
    await page.evaluate(() => (location.hash = "#/timeline"));
    await page.locator(`${handle("moment")} button`).first().click();
    await page.locator(handle("telling-line")).waitFor();
    assert.deepEqual(await broken(page, "viewer"), []);
    await page.keyboard.press("Escape");
    await page.locator("#search").fill("asa");
    assert.deepEqual(await broken(page, "search"), []);
    await page.locator("#search").fill("");
    await page.evaluate(() => (location.hash = "#/case"));
    await choose(page, serving());
    await page.locator(".strip a[href='#/policy']").waitFor();
    assert.deepEqual(await violations(page), []);
  });
};

export default {
  "light, English": checked({ colorScheme: "light" }),
  "dark, German": checked({ colorScheme: "dark", locale: "de-DE" }),
};
