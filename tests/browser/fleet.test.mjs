// What many phones of one case share: one fix, which says for whom it is.

import { assert, choose, copied, counts, example, file, handle, says, verdict, watchCopies, withPage } from "./harness.mjs";

/// A fleet of this many phones that make one mistake.
const FLEET = 40;
const fleet = (made) =>
  Array.from({ length: FLEET }, (_, at) => `SEP0011223344${at + 10}`).map((name) => file(`${name}.cnf.xml`, made(name)));

export default {
  async "one fix for many phones is there once, with their number, their names and one button"() {
    for (const [locale, number, names] of [
      ["en-GB", /One fix for 40 phones/, /For 40 phones: SEP001122334410, /],
      ["de-DE", /Eine Behebung für 40 Telefone/, /Für 40 Telefone: SEP001122334410, /],
    ]) {
      await withPage({ locale, prepare: watchCopies }, async ({ page, problems }) => {
        // They trust the certificate of today, and dial an address that leads to no group.
        const other = example("SEP001122334455.cnf.xml")
          .replace("com/VPNPhone<", "com/Another<")
          .replace("iCrc8csgo0uOAQCOgfL3Cl2xRuo=", "9MrrqDSPA3rBoqDCf6BkjFQSv1I=");
        await choose(page, [...fleet(() => other), file("asa.txt", example("asa-running-config.txt"))]);
        await verdict(page, "group-url-mismatch");
        const finding = page.locator(`${handle("finding")}[data-rule=group-url-mismatch]`);
        await counts(finding, 1);
        await says(finding.locator(`${handle("concerned")} summary`), number);
        await finding.locator(`${handle("concerned")} summary`).click();
        await says(finding.locator(handle("concerned")), /SEP001122334449/);
        await page.evaluate(() => (navigator.clipboard.writeText = async (text) => void (self.text = text)));
        await page.locator(`${handle("verdict")} .copy.strong`).click();
        await copied(page);
        const text = await page.evaluate(() => self.text);
        assert.match(text, names);
        assert.equal(text.match(/^group-url https/gm)?.length, 1, text);
        assert.equal(text.match(/SEP001122334449/g)?.length, 1, "each name once");
        assert.deepEqual(problems, []);
      });
    }
  },
};
