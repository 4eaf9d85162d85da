// Takes the pictures of the README: `cargo xtask pictures` builds the page and runs this. Each shows the example case,
// so nobody's data is in them.

import { statSync } from "node:fs";

import { handle, inProject, withPage } from "./harness.mjs";
import { go, openExample } from "./states.mjs";

/// Each picture: its file, how the browser is set, and the way to what it shows.
const PICTURES = [
  {
    file: "docs/case.png",
    options: { colorScheme: "light" },
    way: async (page) => {
      await openExample(page);
      await page.locator(".ladder").first().waitFor();
    },
  },
  {
    file: "docs/timeline.png",
    options: { colorScheme: "light", locale: "de-DE" },
    way: async (page) => {
      await openExample(page);
      await go(page, "#/timeline");
      await page.locator(handle("moment")).first().waitFor();
    },
  },
  {
    file: "docs/renewal.png",
    options: { colorScheme: "light" },
    way: async (page) => {
      await openExample(page);
      await go(page, "#/symptom/renew-certificate");
      await page.locator(`${handle("renewal-phones")} [data-phone]`).first().waitFor();
    },
  },
];

/// What a picture may have at most: the README is read over slow lines as well.
const BYTES = 200_000;

for (const { file, options, way } of PICTURES) {
  const asked = { viewport: { width: 1200, height: 860 }, reducedMotion: "reduce", ...options };
  await withPage(asked, async ({ page }) => {
    await way(page);
    await page.evaluate(() => {
      document.activeElement?.blur();
      scrollTo(0, 0);
    });
    await page.screenshot({ path: inProject(file), animations: "disabled", caret: "hide" });
  });
  const { size } = statSync(inProject(file));
  console.log(`   ${file}: ${size} bytes`);
  if (size > BYTES) throw new Error(`${file} has more than ${BYTES} bytes`);
}
