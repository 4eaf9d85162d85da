// A case that is saved opens again in another page: the same findings, files and answers, or a reason why not.

import { readFileSync } from "node:fs";

import { assert, choose, example, file, handle, says, verdict, withPage } from "./harness.mjs";

const RULE = "cert-hash-mismatch";
const FILES = ["phone-console.log", "asa-running-config.txt", "asa.pem", "SEP001122334455.cnf.xml"];
const CASE = FILES.map((name) => file(name, example(name)));

/// What a button of the dialog offers as a download.
async function saved(page, button) {
  if (!(await page.locator(`${handle("save-report")} dialog`).isVisible())) await page.locator(handle("save-report")).click();
  await page.locator(handle("redact")).uncheck();
  const offered = page.waitForEvent("download");
  await page.locator(button).click();
  const one = await offered;
  return { name: one.suggestedFilename(), text: readFileSync(await one.path(), "utf8") };
}

const report = async (page) => (await saved(page, `${handle("save-report")} [data-form=json]`)).text;

/// Every finding as it stands there.
const findings = (page) =>
  page.locator(handle("finding")).evaluateAll((all) => all.map((one) => [one.dataset.rule, one.dataset.severity, one.textContent]));

/// Opens a case of some files, hands its page to `work`, and closes it.
const opened = (files, work) =>
  withPage({}, async ({ page, problems }) => {
    await choose(page, files);
    await verdict(page, RULE);
    await page.locator(handle("progress")).waitFor({ state: "detached" });
    const told = await work(page);
    assert.deepEqual(problems, []);
    return told;
  });

export default {
  async "a saved case opens in another page and says the same"() {
    const before = await opened(CASE, async (page) => {
      const kept = await saved(page, handle("save-case"));
      return { kept, report: await report(page), findings: await findings(page) };
    });
    assert.equal(before.kept.name, "case.vpn-phone-case");
    assert.ok(before.findings.length > 0);
    const again = file("ticket 7.vpn-phone-case", before.kept.text);
    const after = await opened([again], async (page) => ({ report: await report(page), findings: await findings(page) }));
    assert.deepEqual(after.findings, before.findings);
    assert.equal(after.report, before.report, "byte for byte");
  },

  async "a saved case comes to the files that are there"() {
    const kept = await opened(CASE.slice(1), (page) => saved(page, handle("save-case")));
    await opened([file("1.vpn-phone-case", kept.text), CASE[0]], async (page) => {
      const names = await page.locator(handle("input")).allTextContents();
      for (const name of FILES) assert.ok(names.some((one) => one.includes(name)), `${name}: ${names}`);
    });
  },

  async "a damaged case is refused with its reason, and nothing of it is shown"() {
    const kept = await opened(CASE, (page) => saved(page, handle("save-case")));
    const cut = kept.text.slice(0, -40);
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("cut.vpn-phone-case", cut)]);
      await says(page.locator("#page"), /was cut or changed since it was saved/);
      assert.equal(await page.locator(handle("finding")).count(), 0);
      assert.deepEqual(problems, []);
    });
  },
};
