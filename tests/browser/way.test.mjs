// The picture of the way from the phone to CUCM: what is where, and where it breaks, for eyes, ears, keys and paper.

import { assert, counts, handle, has, says, verdict, withPage } from "./harness.mjs";

const RULE = "cert-hash-mismatch";
const place = (page, part) => page.locator(`${handle("place")}[data-part=${part}]`);

export default {
  async "the way shows what is where and breaks at its place, in words, keys and on paper"() {
    for (const [locale, breaks, unknown, off] of [
      ["en-GB", /Here it breaks: Trust/, /not shown in your files/, /Login: not reached/],
      ["de-DE", /Hier bricht es ab: Vertrauen/, /aus den Dateien nicht erkennbar/, /Anmeldung: nicht erreicht/],
    ]) {
      await withPage({ locale }, async ({ page, problems }) => {
        await page.locator(handle("example-case")).click();
        await verdict(page, RULE);
        await counts(page.locator(handle("place")), 5);
        await counts(page.locator(`${handle("place")}[data-break]`), 1);
        await says(place(page, "way"), breaks);
        await says(place(page, "way"), /https:\/\/asa\.example\.com\/VPNPhone/);
        await says(place(page, "phone"), /SEP001122334455/);
        await says(place(page, "gateway"), /asa[^]*9\.1\(7\)[^]*outside 192\.0\.2\.1/);
        await says(place(page, "tunnel"), unknown);
        await says(place(page, "cucm"), /cucm\.example\.com/);
        await says(place(page, "gateway"), off);

        // Each part leads to its stage, and where it breaks to the finding.
        await place(page, "gateway").locator("button").focus();
        await page.keyboard.press("Enter");
        await has(page.locator(`${handle("ladder")} [data-stage=login]`), "aria-pressed", "true");
        await place(page, "way").locator("button").focus();
        await page.keyboard.press("Enter");
        await page.waitForFunction((rule) => document.activeElement?.dataset.rule === rule, RULE);
        await has(page.locator(`${handle("ladder")} [data-stage=login]`), "aria-pressed", "false");

        await page.emulateMedia({ media: "print" });
        await says(place(page, "way"), breaks);
        await page.emulateMedia({ media: "screen" });
        await page.setViewportSize({ width: 390, height: 800 });
        const boxes = await page.locator(handle("place")).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
        assert.deepEqual(boxes, boxes.toSorted((one, other) => one - other), "one below the other");
        assert.ok(new Set(boxes).size === 5);
        assert.deepEqual(problems, []);
      });
    }
  },
};
