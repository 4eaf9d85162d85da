// Both languages in the real page: nothing in German stands in English, numbers read as each language writes them, and
// a switch of language or theme takes nothing away from what the person was doing.

import { assert, choose, handle, says, serving, withPage } from "./harness.mjs";
import { ROUTES, go, openExample, unfold, wizards } from "./states.mjs";

/// The words that the page says by itself: visible or read out, but not what a device printed or a command is.
const said = () => {
  const device = "code, pre, kbd, .device, [translate=no]:not(html), .brand, [lang]:not(html)";
  const found = new Set();
  const walker = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (!parentElement.closest(device) && parentElement.closest("[hidden]") === null) found.add(textContent.trim());
  }
  for (const one of document.querySelectorAll("#page :is([aria-label], [title], [placeholder])")) {
    if (one.closest("[hidden]") || one.matches("textarea")) continue;
    for (const name of ["aria-label", "title", "placeholder"]) found.add(one.getAttribute(name)?.trim() ?? "");
  }
  return [...found];
};

/// Everything that is said on a walk through all views of two cases and some wizards.
async function walk(locale) {
  const all = new Set();
  const keep = async (page) => (await page.evaluate(said)).forEach((words) => all.add(words));
  await withPage({ locale }, async ({ page }) => {
    const views = async () => {
      for (const route of ROUTES) {
        await go(page, route);
        // The rules come from the engine, and what they say once they are open.
        if (route === "#/rules") await page.locator("details.rule").first().waitFor();
        await unfold(page);
        if (route === "#/rules") await page.locator("details.rule h3").first().waitFor();
        await keep(page);
      }
    };
    await page.locator(handle("drop-zone")).waitFor();
    await views();
    for (const wizard of await wizards(page)) {
      await go(page, `#/symptom/${wizard}`);
      while (await page.locator(handle("wizard-question")).count()) {
        await keep(page);
        const step = await page.locator(handle("wizard-question")).getAttribute("data-step");
        await page.locator(handle("wizard-unsure")).click();
        await page.locator(`${handle("wizard-question")}[data-step=${step}]`).waitFor({ state: "detached" });
      }
      await unfold(page);
      await keep(page);
    }
    await openExample(page);
    await views();
    await page.keyboard.press("?");
    await page.locator("#dialog-close").waitFor();
    await keep(page);
    await page.keyboard.press("Escape");
    await go(page, "#/case");
    await choose(page, serving());
    await page.locator(".strip a[href='#/policy']").waitFor();
    await views();
  });
  return all;
}

/// What a device prints, offered as an answer; the name of the page; and a label that is a step and a file's name.
const DEVICE_WORDS =
  /^(no shared cipher|alert unknown ca|vpn-[a-z-]+( 0)?|Trust List update failed|VPN Phone Doctor|[−+]1 s, [\w.-]+)$/;

/// Words as a reader counts them.
const many = (text) => (text.match(/\p{L}{2,}/gu) ?? []).length >= 3;

const SCROLL = 400;

/// What the person has before and after a switch: view, places, answers, open folds, fields, keyboard.
const kept = () => ({
  route: location.hash,
  // The browser holds fast what stands at the top, and German is longer.
  scroll: scrollY > 200 ? "further down" : scrollY,
  folds: [...document.querySelectorAll("details")].map((one) => one.open).join(),
  fields: [...document.querySelectorAll("input:not([type=file]), textarea")].map((one) => one.value),
  stage: document.querySelector(".ladder [aria-pressed=true]")?.dataset.stage ?? document.querySelectorAll(".ladder [aria-pressed=true]").length,
  step: document.querySelector("[data-testid=wizard-question]")?.dataset.step,
  answers: [...document.querySelectorAll("[data-testid=wizard-answered]")].map((one) => `${one.dataset.step}=${one.dataset.answer}`),
  phone: document.querySelector("[data-testid=only-phone]")?.dataset.name,
  telling: document.querySelector("#telling-line .text")?.textContent,
  viewer: document.querySelector("#viewer-title")?.textContent,
  inputs: document.querySelectorAll("[data-testid=input]").length,
  rule: document.querySelector("[data-testid=verdict]")?.dataset.rule,
});

/// Switches as a person does; from a dialog, where the head is out of reach, by the same handlers.
async function switched(page, problems) {
  const before = await page.evaluate(kept);
  for (const button of ["language", "theme", "theme", "language", "language"]) {
    const language = await page.evaluate(() => document.documentElement.lang + document.documentElement.dataset.theme);
    await page.evaluate((button) => {
      const element = document.querySelector(`[data-testid=${button}]`);
      if (!element.closest("[inert]")) element.focus({ preventScroll: true });
      element.click();
    }, button);
    await page.waitForFunction((language) => document.documentElement.lang + document.documentElement.dataset.theme !== language, language);
    if (!(await page.evaluate(() => document.querySelector("[data-testid=language]").closest("[inert]")))) {
      assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), button, "the keyboard stays where it was");
    }
    assert.deepEqual(await page.evaluate(kept), before);
  }
  assert.deepEqual(problems, []);
}

export default {
  async "nothing in German stands in English"() {
    const [english, german] = [await walk("en-GB"), await walk("de-DE")];
    assert.ok(english.size > 800 && german.size > 800, `${english.size} and ${german.size} texts`);
    const same = [...german].filter((words) => many(words) && english.has(words) && !DEVICE_WORDS.test(words));
    assert.deepEqual(same, []);
  },

  async "a switch of language or theme keeps the case, the folds, the fields and the place"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      await page.locator(handle("passed")).locator("summary").click();
      await page.locator(".ladder button").nth(4).click();
      await page.locator("#search").fill("asa");
      await page.evaluate((to) => scrollTo(0, to), SCROLL);
      await switched(page, problems);
    });
  },

  async "a switch keeps the one phone and the open file"() {
    await withPage({}, async ({ page, problems }) => {
      await openExample(page);
      await unfold(page);
      await page.locator(`${handle("question")}[data-key=phone] ${handle("answer-field")}`).fill("SEP001122334455");
      await page.keyboard.press("Enter");
      await page.locator(handle("only-phone")).waitFor();
      await switched(page, problems);
      await page.locator(handle("view-line")).first().click();
      await page.locator(handle("telling-line")).waitFor();
      await page.keyboard.press("n");
      await page.locator(handle("viewer")).getByText(/(Evidence|Beleg) 2/).waitFor();
      await page.locator(handle("telling-line")).waitFor();
      await switched(page, problems);
    });
  },

  async "a switch keeps the wizard's step and answers"() {
    await withPage({}, async ({ page, problems }) => {
      await go(page, "#/symptom/hash-mismatch");
      await page.locator("[data-step=refused]").waitFor();
      await page.locator(handle("wizard-unsure")).click();
      await page.locator(handle("wizard-answered")).first().waitFor();
      await page.locator(handle("wizard-look")).locator("summary").first().click();
      await page.locator(`${handle("wizard-look")} .how-to`).first().waitFor();
      await switched(page, problems);
    });
  },

  async "a switch keeps what was typed"() {
    await withPage({}, async ({ page, problems }) => {
      await go(page, "#/hash");
      await page.locator(handle("hash-input")).first().fill("5X6B6plUwUSXZnjQ4kGM33mpMXY=");
      await page.locator(handle("hash-input")).last().fill("E5:7E:81:EA");
      await switched(page, problems);
      await go(page, "#/symptom");
      await page.locator(handle("symptom-search")).fill("alert 48");
      await page.locator(handle("rule-hit")).first().waitFor();
      await switched(page, problems);
      await openExample(page);
      await go(page, "#/timeline");
      await page.locator(`${handle("clock")} input`).fill("7");
      await page.locator(`${handle("clock")} input`).press("Enter");
      await switched(page, problems);
    });
  },

  async "numbers have a comma in German, and take either"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await openExample(page);
      await go(page, "#/timeline");
      const clock = page.locator(handle("clock"));
      await says(clock, /0,6 s/);
      await clock.getByRole("button", { name: "−0,1 s" }).click();
      await page.waitForFunction(() => document.querySelector("[data-testid=clock] input").value === "-0,1");
      for (const typed of ["1,5", "1.5"]) {
        await clock.locator("input").fill(typed);
        await clock.locator("input").press("Enter");
        await page.waitForFunction(() => document.querySelector("[data-testid=clock] input").value === "1,5");
      }
      assert.deepEqual(problems, []);
    });
  },
};
