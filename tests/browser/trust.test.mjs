// The trust page: the self-test says what the browser did, the policy is explained line by line, a file gets its hash.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { PAGE, assert, file, handle, withPage } from "./harness.mjs";

export default {
  async "every line of the policy has its sentence, in both languages"() {
    await withPage({ route: "#/trust" }, async ({ page }) => {
      const lines = page.locator(".policy li");
      await lines.first().waitFor();
      const directives = readFileSync(PAGE, "utf8").match(/Content-Security-Policy" content="([^"]*)"/)[1].split(";");
      for (const unknown of ["has no sentence", "nichts zu sagen"]) {
        const texts = await lines.allInnerTexts();
        assert.equal(texts.length, directives.length);
        for (const text of texts) {
          assert.ok(text.split("\n").at(-1).length > 15, text);
          assert.ok(!text.includes(unknown), text);
        }
        await page.locator(handle("language")).click();
      }
    });
  },

  async "a chosen file gets its SHA-256, and the published value is compared"() {
    await withPage({ route: "#/trust" }, async ({ page, problems }) => {
      const choose = (files) => page.locator(`${handle("check-file")} input`).setInputFiles(files);
      await choose(PAGE);
      const hash = createHash("sha256").update(readFileSync(PAGE)).digest("hex");
      await page.locator(handle("file-hash")).filter({ hasText: hash }).waitFor();
      const verdict = page.locator(handle("file-verdict"));
      for (const [published, said] of [
        [`${hash}  vpn-phone-doctor.html`, "Equal"],
        [hash.toUpperCase(), "Equal"],
        [hash.replace(/^./, (digit) => (digit === "0" ? "1" : "0")), "Different"],
        ["no hash", "No SHA-256"],
      ]) {
        await page.locator(handle("published")).fill(published);
        await verdict.filter({ hasText: said }).waitFor();
      }
      await page.locator(handle("published")).fill(hash);
      await choose([file("other.html", "altered")]);
      await verdict.filter({ hasText: "Different" }).waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "the page says how many rules it has, and names its licences"() {
    await withPage({ route: "#/trust" }, async ({ page }) => {
      await page.locator(".trust").filter({ hasText: /VPN Phone Doctor \d+\.\d+\.\d+, with \d\d+ rules/ }).waitFor();
      await page.locator(`${handle("licences")} summary`).click();
      // They are written once they are asked for.
      const licences = page.locator(`${handle("licences")} pre`).filter({ hasText: "yew 0." });
      const text = await licences.innerText();
      for (const wanted of ["yew 0.", "wasm-bindgen 0.", "Permission is hereby granted", "Apache License"]) {
        assert.ok(text.includes(wanted), wanted);
      }
    });
  },
};
