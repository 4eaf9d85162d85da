// The page without a mouse: the way to the fix, a wizard, the viewer and back, every view, every key of the list; and
// the keyboard's place, which is always to be seen.

import { SLOW, assert, choose, counts, handle, judged, serving, verdict, withPage } from "./harness.mjs";
import { ROUTES, go, openExample, unfold } from "./states.mjs";

const CLIPBOARD = () => {
  self.copied = [];
  navigator.clipboard.writeText = async (text) => void self.copied.push(text);
};

/// Presses Tab until something has the keyboard; says how often it took.
async function tabTo(page, selector, most = 80) {
  for (let pressed = 0; pressed <= most; pressed += 1) {
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return pressed;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${selector} is not reached by ${most} presses of Tab`);
}

const active = (page, what) => page.waitForFunction((what) => document.activeElement?.matches(what), what);

/// What has the keyboard: whether that is to be seen, and whether something lies over it.
const look = () => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const name = `${element.tagName.toLowerCase()}#${element.id}.${element.className?.baseVal ?? element.className} "${element.textContent.slice(0, 40)}"`;
  // A field that is there for screen readers only shows its frame on what holds it.
  const shown = element.classList.contains("unseen") ? element.parentElement : element;
  const style = getComputedStyle(shown);
  const framed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
  const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
  const inside = right > left && bottom > top;
  const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const free = inside && (shown.contains(at) || at?.contains(shown));
  return { name, problem: !framed ? "no frame" : !inside ? "out of sight" : !free ? `under ${at?.className}` : null };
};

/// Presses Tab through everything that can have the keyboard.
async function tabbed(page, where) {
  const found = [];
  let count = 0;
  // From the very beginning; in what lies over the page, from where it put the keyboard.
  await page.evaluate(() => document.querySelector(".page > :not([inert]) .skip")?.focus());
  for (; count < 900; count += 1) {
    const at = await page.evaluate(look);
    // Behind the last element the keyboard is with the browser.
    if (at === null) break;
    // The first one got it from here, where a frame may be spared.
    if (at.problem && count > 0) found.push(`${where}: ${at.problem}: ${at.name}`);
    await page.keyboard.press("Tab");
  }
  assert.ok(count > 1 && count < 900, `${where}: ${count} stops`);
  return found;
}

/// What has the keyboard when the page can hear something for the first time after `selector` came, or went: a key that a
/// person presses then must land where it is meant to.
const atOnce = (page, selector, there = true) =>
  page.evaluate(
    ([selector, there]) => {
      self.placed = null;
      const seen = new MutationObserver(() => {
        if ((document.querySelector(selector) !== null) !== there) return;
        seen.disconnect();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const { id, tagName, dataset } = document.activeElement;
          self.placed = id || dataset.testid || tagName;
        };
        port2.postMessage(null);
      });
      seen.observe(document, { childList: true, subtree: true, attributes: true });
    },
    [selector, there],
  );

const placed = (page) => page.waitForFunction(() => self.placed).then((handle) => handle.jsonValue());

const KEYS = "[data-scope=Views] .keys > div";

export default {
  async "from opening to a copied fix"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await page.evaluate(CLIPBOARD);
      assert.ok((await tabTo(page, handle("example-case"))) < 15, "the example is near the beginning");
      await page.keyboard.press("Enter");
      await verdict(page, "cert-hash-mismatch");
      await page.keyboard.press("c");
      await page.waitForFunction(() => self.copied.length === 1);
      assert.match(await page.evaluate(() => self.copied.join()), /crypto|CUCM|ssl/i);
      // The same with Tab and Enter alone.
      await tabTo(page, `${handle("verdict")} .copy`);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => self.copied.length === 2);
      // "Why" leads to the finding, and on from there.
      await tabTo(page, `${handle("verdict")} .copy + button`);
      await page.keyboard.press("Enter");
      await active(page, "#first-finding");
      await tabTo(page, "#first-finding .copy");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => self.copied.length === 3);
      assert.deepEqual(problems, []);
    });
  },

  async "through a wizard, forth and back"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await page.keyboard.press("5");
      await page.waitForFunction(() => location.hash === "#/symptom");
      await page.keyboard.press("n");
      await active(page, handle("symptom"));
      await tabTo(page, "[data-symptom=hash-mismatch]");
      await page.keyboard.press("Enter");
      const question = page.locator(handle("wizard-question"));
      await question.waitFor();
      const asked = [];
      while (await question.count()) {
        asked.push(await question.getAttribute("data-step"));
        await tabTo(page, handle("wizard-unsure"));
        await page.keyboard.press("Enter");
        await page.locator(`${handle("wizard-question")}[data-step=${asked.at(-1)}]`).waitFor({ state: "detached" });
        // Each question and the end take the keyboard when they come.
        await active(page, "#wizard-heading");
      }
      await page.locator(handle("wizard-end")).waitFor();
      for (const step of asked.toReversed()) {
        await page.keyboard.press("p");
        await page.locator(`${handle("wizard-question")}[data-step=${step}]`).waitFor();
      }
      for (const _ of asked) await page.keyboard.press("n");
      await page.locator(handle("wizard-end")).waitFor();
      // Keys that come before the next picture count, each as one step.
      const atOnce = (key, times) =>
        page.evaluate(
          ({ key, times }) => {
            for (let time = 0; time < times; time += 1) dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          },
          { key, times },
        );
      await atOnce("p", asked.length);
      await page.locator(`${handle("wizard-question")}[data-step=${asked[0]}]`).waitFor();
      await atOnce("n", asked.length);
      await page.locator(handle("wizard-end")).waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "a file is opened, left, and the keyboard is where it was"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      const closed = async () => {
        await page.keyboard.press("Escape");
        await page.locator(handle("viewer")).waitFor({ state: "detached" });
      };
      await tabTo(page, handle("view-line"));
      const line = () => page.evaluate(() => document.activeElement.textContent);
      const before = await line();
      await page.keyboard.press("Enter");
      await active(page, "#telling-line");
      await page.keyboard.press("n");
      await page.locator(handle("viewer")).getByText(/Evidence [2-9]/).waitFor();
      await closed();
      await active(page, handle("view-line"));
      assert.equal(await line(), before);

      await page.keyboard.press("/");
      await page.keyboard.type("unknown CA");
      const hit = page.locator(handle("hit")).filter({ hasText: ".log" }).or(page.locator(handle("hit")).filter({ hasText: ".txt" }));
      await hit.first().waitFor();
      await hit.first().focus();
      await page.keyboard.press("Enter");
      await active(page, "#telling-line");
      // The list of keys lies over the file, and Escape takes off one thing at a time.
      await page.keyboard.press("?");
      await active(page, "#dialog-close");
      await counts(page.locator("[data-scope=Viewer]:visible"), 1);
      await page.keyboard.press("Escape");
      await page.locator("#dialog-close").waitFor({ state: "detached" });
      await active(page, "#telling-line");
      await closed();
      await active(page, "#search");

      await go(page, "#/timeline");
      await page.keyboard.press("n");
      await page.keyboard.press("n");
      await active(page, `${handle("moment")} button`);
      const event = await line();
      await page.keyboard.press("Enter");
      await active(page, "#telling-line");
      await closed();
      await active(page, `${handle("moment")} button`);
      assert.equal(await line(), event);
      await page.keyboard.press("p");
      assert.notEqual(await line(), event);
      assert.deepEqual(problems, []);
    });
  },

  async "the keyboard is in its place before anything else is heard"() {
    await withPage({}, async ({ page, context, problems }) => {
      await openExample(page);
      // Making a picture then takes longer than Yew works without a pause.
      const debug = await context.newCDPSession(page);
      await debug.send("Emulation.setCPUThrottlingRate", { rate: Math.max(SLOW, 6) });
      const places = [];
      const after = async (key, selector, there) => {
        await atOnce(page, selector, there);
        await page.keyboard.press(key);
        places.push(await placed(page));
      };
      await tabTo(page, handle("wipe"));
      await after("Enter", "#dialog-close");
      await after("Escape", "#dialog-close", false);
      await tabTo(page, handle("view-line"));
      await after("Enter", "#viewer-close");
      await active(page, "#telling-line");
      await after("?", "#dialog-close");
      await after("Escape", "#dialog-close", false);
      await after("Escape", "#viewer-close", false);
      await after("5", '.view[data-route="#/symptom"]');
      await page.locator(`${handle("symptom")}[data-symptom=hash-mismatch]`).focus();
      await after("Enter", "#wizard-heading");
      // The case has all answers: back from the end to a question.
      await page.locator(handle("wizard-end")).waitFor();
      await after("p", handle("wizard-end"), false);
      assert.deepEqual(places, [
        "dialog-close", "wipe",
        "viewer-close", "dialog-close", "telling-line", "view-line",
        "main", "main", "wizard-heading",
      ]);
      assert.deepEqual(problems, []);
    });
  },

  async "every view has a key, and the list says which"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      await page.keyboard.press("?");
      await active(page, "#dialog-close");
      const keys = await page.locator(`${KEYS} kbd`).allInnerTexts();
      await page.keyboard.press("Escape");
      const reached = new Set();
      for (const key of keys) {
        // Each key leads to another view, which is another element.
        await page.evaluate(() => (document.querySelector("#main .view").dataset.before = ""));
        await page.keyboard.press(key);
        await page.waitForFunction(() => {
          const { before, route } = document.querySelector("#main .view").dataset;
          return before === undefined && route === location.hash;
        });
        reached.add(await page.evaluate(() => location.hash));
        await active(page, "main");
      }
      assert.deepEqual([...reached].sort(), [...ROUTES].sort());
      assert.deepEqual(problems, []);
    });
  },

  async "the list shows what works here first, and every key of it does something"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      const listed = async () => {
        await page.keyboard.press("?");
        await active(page, "#dialog-close");
        const near = await page.locator(".dialog [data-scope]:visible").evaluateAll((all) => all.map((one) => one.dataset.scope));
        await page.keyboard.press("Escape");
        await page.locator("#dialog-close").waitFor({ state: "detached" });
        return near;
      };
      assert.deepEqual(await listed(), ["Case", "Everywhere", "Views", "Focused"]);
      await page.keyboard.press("5");
      await active(page, "main");
      assert.deepEqual(await listed(), ["Lists", "Everywhere", "Views", "Focused"]);
      await page.keyboard.press("1");
      await active(page, "main");
      // From finding to finding, round at neither end.
      await page.keyboard.press("n");
      await active(page, `${handle("finding")}[data-rule=cert-hash-mismatch]`);
      await page.keyboard.press("j");
      const second = await page.evaluate(() => document.activeElement.dataset.rule);
      assert.notEqual(second, "cert-hash-mismatch");
      await page.keyboard.press("k");
      await active(page, `${handle("finding")}[data-rule=cert-hash-mismatch]`);
      // Files.
      await page.locator(`${handle("drop-zone")} input`).evaluate((input) => {
        input.addEventListener("click", (event) => {
          event.preventDefault();
          self.asked = navigator.userActivation.isActive;
        });
      });
      await page.keyboard.press("o");
      await page.waitForFunction(() => self.asked === true);
      // The search: to the first hit, emptied, left.
      await page.keyboard.press("/");
      await page.keyboard.type("qqqqqq");
      await page.keyboard.press("Escape");
      assert.equal(await page.locator("#search").inputValue(), "");
      await active(page, "#search");
      await page.keyboard.press("Escape");
      await active(page, "main");
      assert.deepEqual(problems, []);
    });
  },

  async "arrows lead through the tabs of a fix"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, serving());
      await judged(page);
      await unfold(page);
      const tabs = page.locator("[role=tablist]").filter({ has: page.locator("[role=tab]:nth-child(2)") }).first();
      await tabs.locator("[aria-selected=true]").focus();
      for (const [key, place] of [["End", ":last-child"], ["Home", ":first-child"], ["ArrowRight", ":nth-child(2)"], ["ArrowLeft", ":first-child"]]) {
        await page.keyboard.press(key);
        await active(page, `[role=tab][aria-selected=true]${place}`);
      }
      assert.deepEqual(problems, []);
    });
  },

  async "fields keep their keys, and keys of one letter can be switched off"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      const typed = "12345 67890 hnpjkoc?/";
      await page.locator("#search").focus();
      await page.keyboard.type(typed);
      assert.equal(await page.locator("#search").inputValue(), typed);
      assert.equal(await page.evaluate(() => location.hash), "#/case");
      await go(page, "#/hash");
      await page.locator(handle("hash-input")).first().focus();
      await page.keyboard.type(typed);
      assert.equal(await page.locator(handle("hash-input")).first().inputValue(), typed);
      assert.equal(await page.evaluate(() => location.hash), "#/hash");
      for (const modifier of ["Control", "Alt", "Meta"]) {
        await page.evaluate((modifier) => {
          const key = { key: "1", bubbles: true, cancelable: true, [`${modifier === "Control" ? "ctrl" : modifier.toLowerCase()}Key`]: true };
          document.body.dispatchEvent(new KeyboardEvent("keydown", key));
        }, modifier);
      }
      assert.equal(await page.evaluate(() => location.hash), "#/hash");

      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("?");
      await page.locator(handle("shortcuts")).click();
      await page.keyboard.press("Escape");
      await page.locator("#dialog-close").waitFor({ state: "detached" });
      for (const key of ["1", "?", "n", "o"]) await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => location.hash), "#/hash");
      assert.equal(await page.locator("#dialog-close").count(), 0);
      await page.locator("#show-keys").focus();
      await page.keyboard.press("Enter");
      await page.locator(handle("shortcuts")).click();
      await page.locator("#dialog-close").click();
      await active(page, "#show-keys");
      await page.keyboard.press("1");
      await page.waitForFunction(() => location.hash === "#/case");
      assert.deepEqual(problems, []);
    });
  },

  async "the keyboard's place is to be seen, everywhere"() {
    await withPage({ viewport: { width: 1280, height: 700 } }, async ({ page }) => {
      await page.locator(handle("drop-zone")).waitFor();
      const found = await tabbed(page, "start");
      await openExample(page);
      for (const route of ROUTES) {
        await go(page, route);
        if (route !== "#/rules") await unfold(page);
        found.push(...(await tabbed(page, route)));
      }
      assert.deepEqual(found, []);
    });
  },

  async "the keyboard's place is to be seen in what lies over the page, in wizards and on a narrow screen"() {
    await withPage({ viewport: { width: 360, height: 640 }, locale: "de-DE" }, async ({ page }) => {
      await choose(page, serving());
      await page.locator(".strip a[href='#/policy']").waitFor();
      const found = [];
      for (const route of ["#/case", "#/policy", "#/negotiation", "#/symptom/hash-mismatch", "#/symptom/renew-certificate"]) {
        await go(page, route);
        found.push(...(await tabbed(page, route)));
      }
      await go(page, "#/case");
      await page.keyboard.press("?");
      await active(page, "#dialog-close");
      found.push(...(await tabbed(page, "keys")));
      await page.keyboard.press("Escape");
      await page.locator("#dialog-close").waitFor({ state: "detached" });
      await unfold(page);
      await page.locator(handle("view-line")).first().click();
      await page.locator(handle("telling-line")).waitFor();
      found.push(...(await tabbed(page, "viewer")));
      assert.deepEqual(found, []);
    });
  },
};
