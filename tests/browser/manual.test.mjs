// The manual in the page: the document's own words, in both languages, found by words and reached by keyboard.

import { readFileSync } from "node:fs";

import { assert, counts, handle, inProject, says, withPage } from "./harness.mjs";
import { go } from "./states.mjs";

/// The words of a document without what marks them up.
const words = (markdown) =>
  markdown
    .split("\n")
    .filter((line) => !line.startsWith("```") && !/^\|[-|]+\|$/.test(line))
    .map((line) => line.replace(/^(#+|-|\d+\.) /, "").replace(/`/g, ""))
    .join(" ");
const bare = (text) => text.replace(/[*|\s]+/g, "");

/// Two long texts are the same; told is where they part.
function same(shown, written) {
  const at = [...written].findIndex((sign, index) => shown[index] !== sign);
  const near = (text) => text.slice(Math.max(at - 40, 0), at + 40);
  assert.equal(near(shown), near(written));
  assert.equal(shown.length, written.length);
}

export default {
  async "it is the document, word for word, in both languages, and holds no picture"() {
    for (const [locale, file] of [["en-GB", "docs/manual.en.md"], ["de-DE", "docs/manual.de.md"]]) {
      await withPage({ locale, route: "#/manual" }, async ({ page, problems }) => {
        await page.locator(".manual article h2").first().waitFor();
        const shown = await page.locator(".manual").evaluate((manual) => manual.querySelector("h1").textContent + manual.querySelector("article").textContent);
        same(bare(shown), bare(words(readFileSync(inProject(file), "utf8"))));
        assert.equal(await page.locator(".manual :is(img, picture, iframe, object)").count(), 0);
        const outside = await page.locator(".manual a").evaluateAll((all) => all.map((one) => one.getAttribute("href")).filter((to) => !to.startsWith("#/")));
        assert.deepEqual(outside, []);
        assert.deepEqual(problems, []);
      });
    }
  },

  async "the search counts the places that hold all words, and leads to one"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await page.locator("main a[href='#/manual']").click();
      const places = page.locator(handle("manual-place"));
      await places.first().waitFor();
      const contents = await places.count();
      assert.equal(contents, await page.locator(".manual article :is(h2, h3)").count());
      await page.keyboard.press("/");
      await page.keyboard.type("Undebug all");
      await counts(places, 1);
      await says(page.locator(".manual [role=status]"), /^1 Stelle$/);
      // Down to the one place, and into the text.
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement.id.startsWith("manual-") && /undebug all/.test(document.activeElement.textContent));
      assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top < innerHeight));
      assert.equal(await page.evaluate(() => location.hash), "#/manual", "the address holds a view and nothing else");
      await page.locator("#manual-search").fill("qqqqqq");
      await counts(places, 0);
      await says(page.locator(".manual [role=status]"), /^0 Stellen$/);
      await page.locator("#manual-search").fill("");
      await counts(places, contents);
      assert.deepEqual(problems, []);
    });
  },

  async "a key leads to it and from place to place"() {
    await withPage({}, async ({ page, problems }) => {
      await go(page, "#/");
      await page.keyboard.press("m");
      await page.waitForFunction(() => location.hash === "#/manual");
      await page.keyboard.press("n");
      await page.keyboard.press("n");
      await page.waitForFunction(() => document.activeElement === document.querySelectorAll("[data-testid=manual-place]")[1]);
      assert.deepEqual(problems, []);
    });
  },
};
