// Who asks for less motion gets none; who cannot tell colours apart, or has the system's instead of the page's, still
// sees what is chosen, what differs and what failed.

import { assert, handle, withPage } from "./harness.mjs";
import { ROUTES, go, openExample } from "./states.mjs";

const moving = () => {
  const parts = [...document.querySelectorAll("*")].flatMap((one) => [null, "::before", "::after"].map((part) => [one, getComputedStyle(one, part)]));
  const found = parts.filter(([, style]) => {
    const durations = [...style.transitionDuration.split(","), ...style.animationDuration.split(",")];
    return durations.some((duration) => parseFloat(duration) > 0) || style.scrollBehavior === "smooth";
  });
  const names = found.map(([one]) => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className}`);
  return [...new Set(names), ...document.getAnimations().map((one) => `running: ${one.constructor.name}`)];
};

/// What of the elements changes bit by bit besides their borders.
const fading = () => {
  const changing = [...document.querySelectorAll("*")].map((one) => getComputedStyle(one));
  const parts = changing.flatMap((style) => (parseFloat(style.transitionDuration) > 0 ? style.transitionProperty.split(", ") : []));
  return [...new Set(parts)].filter((part) => !part.startsWith("border-"));
};

/// How an element is drawn, as far as forced colours leave it.
const drawn = (element) => {
  const style = getComputedStyle(element);
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => [`border${side}Style`, `border${side}Width`, `border${side}Color`].map((name) => style[name]));
  return JSON.stringify([sides, style.outlineStyle, style.outlineWidth, style.borderRadius, element.querySelector("svg")?.innerHTML]);
};

export default {
  async "nothing moves where less motion is asked for"() {
    for (const [reducedMotion, some] of [["reduce", false], ["no-preference", true]]) {
      await withPage({ reducedMotion }, async ({ page }) => {
        await openExample(page);
        const found = [];
        for (const route of ROUTES) {
          await go(page, route);
          found.push(...(await page.evaluate(moving)));
        }
        await page.keyboard.press("?");
        await page.locator("#dialog-close").waitFor();
        found.push(...(await page.evaluate(moving)));
        if (some) assert.ok(found.length > 0, "the test sees what moves");
        else assert.deepEqual(found, []);
        // On the way between two pairs of text and ground, the one would not be read on the other.
        assert.deepEqual(some ? await page.evaluate(fading) : [], []);
      });
    }
  },

  async "in forced colours states differ by shape, and only what differs is marked"() {
    await withPage({ forcedColors: "active" }, async ({ page }) => {
      await openExample(page);
      const nodes = await page.locator(".ladder li").evaluateAll((all) => all.map((one) => one.className));
      const shapes = new Map();
      for (const [at, name] of nodes.entries()) {
        shapes.set(name.match(/is-\w+/)[0], await page.locator(".ladder .node").nth(at).evaluate(drawn));
      }
      assert.ok(shapes.size >= 3);
      assert.equal(new Set(shapes.values()).size, shapes.size, "each state has its own shape");
      // The chosen stage.
      const stage = page.locator(".ladder button").nth(4);
      const before = await stage.evaluate(drawn);
      await stage.click();
      await page.locator(".ladder button[aria-pressed=true]").waitFor();
      assert.notEqual(await stage.evaluate(drawn), before);
      // Where the person is.
      const [here, there] = [page.locator(".strip nav a[aria-current]").first(), page.locator(".strip nav a:not([aria-current])").first()];
      assert.notEqual(await here.evaluate(drawn), await there.evaluate(drawn));
      // Nothing is marked where nothing is to be marked.
      const empty = await page.locator("mark").evaluateAll((all) => all.filter((one) => one.textContent === "" && one.checkVisibility()).length);
      assert.equal(empty, 0);
      // Bytes that differ from those that do not.
      await go(page, "#/hash");
      await page.locator(handle("hash-input")).first().fill("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76");
      await page.locator(handle("hash-input")).last().fill("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:77");
      await page.locator(".bytes .differs").first().waitFor();
      const [differs, same] = [page.locator(".bytes .differs").first(), page.locator(".bytes span:not(.differs)").first()];
      assert.notEqual(await differs.evaluate(drawn), await same.evaluate(drawn));
    });
  },
};
