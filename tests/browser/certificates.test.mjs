// The certificate view: the chain that the ASA presents, who shows it, who trusts it, and each hash as it stands.

import { assert, choose, counts, example, file, handle, judged, says, sound, verdict, withPage } from "./harness.mjs";

/// The certificates that the example's ASA holds: the one that the phone trusts, and the one that is bound since.
const [OLD, NEW] = ["882ADCF1CB20A34B8E01008E81F2F70A5DB146EA", "F4CAEBA8348F037AC1A2A0C27FA0648C5412BF52"];

const fits = async (page) => {
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
};

const certificates = async (page) => {
  await page.evaluate(() => (location.hash = "#/certificate"));
  return page.locator(handle("chains"));
};

export default {
  async "the chain says who presents it, where its hash stands in which notation, and that no phone trusts it"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      const chains = await certificates(page);
      await counts(chains.locator(".chain > li"), 1);
      await says(chains, /Presented: the phone logged it phone-console\.log:7/);
      await says(chains, /Presented: its trust-point is bound show running-config:90/);
      await says(chains, new RegExp(`Hash printed in phone-console\\.log:7: ${NEW} \\(hexadecimal\\)`));
      await says(chains, /No phone trusts it by its hash/);
      assert.equal(await page.locator(handle("dispute")).isVisible(), false);
      await sound(page);
      assert.deepEqual(problems, []);
    });
  },

  async "two witnesses that name different certificates are a dispute, and the stronger one stands first"() {
    await withPage({ viewport: { width: 390, height: 844 }, locale: "de-DE", colorScheme: "dark" }, async ({ page, problems }) => {
      const log = example("phone-console.log");
      assert.ok(log.includes(NEW));
      const names = ["asa-running-config.txt", "SEP001122334455.cnf.xml"];
      await choose(page, [...names.map((name) => file(name, example(name))), file("phone-console.log", log.replaceAll(NEW, OLD))]);
      await judged(page);
      const chains = await certificates(page);
      await says(page.locator(handle("dispute")), /Ihre Dateien nennen verschiedene Zertifikate/);
      await counts(chains.locator(".chains > li"), 2);
      const [first, second] = [chains.locator(".chains > li").first(), chains.locator(".chains > li").last()];
      await says(first, /Vorgelegt: [\s\S]*phone-console\.log:7/);
      await says(first, new RegExp(`Vertraut von SEP001122334455\\.cnf\\.xml:\\d+: [\\w+/=]{28} \\(Base64\\)`));
      await counts(first.locator(".is-warn"), 0);
      await says(second, /Umstritten: Ein stärkerer Beleg zeigt ein anderes/);
      await counts(second.locator(".is-warn"), 1);
      await fits(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await fits(page);
      await sound(page);
      assert.deepEqual(problems, []);
    });
  },

  async "a case without certificates says what fills the view"() {
    await withPage({}, async ({ page, problems }) => {
      const chains = await certificates(page);
      await counts(chains, 0);
      await says(page.locator("#main"), /certificate/i);
      await counts(page.locator(`#main ${handle("drop-zone")}`), 1);
      assert.deepEqual(problems, []);
    });
  },
};
