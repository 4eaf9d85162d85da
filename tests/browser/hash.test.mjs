// The converter: two notations of one hash are equal, and it says so.

import { assert, counts, handle, withPage } from "./harness.mjs";

const BASE64 = "5X6B6plUwUSXZnjQ4kGM33mpMXY=";
const HEX = "E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76";
const OTHER = "1289B8A7AA9FFD84865E38939F3466A61B5608FC";

export default {
  async "compares hex with base64"() {
    await withPage({ route: "#/hash" }, async ({ page, problems }) => {
      const inputs = page.locator(`${handle("hash-input")}:visible`);
      const verdict = page.locator(`${handle("hash-verdict")}:visible`);
      const state = (wanted) => page.locator(`${handle("hash-verdict")}[data-state=${wanted}]:visible`).waitFor();
      await inputs.nth(0).fill(BASE64);
      await inputs.nth(1).fill(HEX);
      await state("equal");
      await inputs.nth(1).fill(OTHER);
      await state("different");
      await inputs.nth(1).fill("surely no hash");
      await state("invalid");
      await counts(verdict, 1);
      const result = (await page.locator(`${handle("hash-result")}:visible`).first().innerText()).replace(/[^0-9a-z]/gi, "");
      assert.match(result.toLowerCase(), /e57e81ea9954c144976678d0e2418cdf79a93176/);
      assert.deepEqual(problems, []);
    });
  },
};
