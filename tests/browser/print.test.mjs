// On paper: everything that is folded on the screen, black on white in any theme, nothing to press, nothing cut off,
// on few sheets. What only helps to get more files (the ways on each system) is printed where it is asked for.

import { assert, choose, handle, serving, withPage } from "./harness.mjs";
import { ROUTES, go, openExample } from "./states.mjs";

/// The width of a sheet of A4 between its margins.
const SHEET = { width: 688, height: 990 };
/// Sheets that the example case may take.
const SHEETS = 8;
/// Points below which printed letters are hard to read.
const SMALLEST = 7.5;

const onPaper = async () => {
  // What a fold hides is known to be there once it was painted.
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  const problems = [];
  const told = (one) => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className} "${one.textContent.slice(0, 40)}"`;
  const seen = (one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  const main = document.querySelector("#main");
  // The case says how many kinds of phones it has in short, and the first sentence how to get a file.
  const short = ".case [data-own=false] > .proof, .bring .ways *";
  for (const fold of main.querySelectorAll(`details:not([hidden], [hidden] *, .questions *, ${short})`)) {
    const inside = [...fold.children].filter((one) => one.tagName !== "SUMMARY" && !one.hidden && one.textContent.trim());
    const away = inside.filter((one) => !seen(one) && !one.matches(".small, .pager, .filter, .bring .ways"));
    if (away.length > 0) problems.push(`folded: ${told(away[0])}`);
  }
  for (const panel of document.querySelectorAll(".panel")) if (!panel.closest("[hidden]") && !seen(panel)) problems.push(`behind a tab: ${told(panel)}`);
  for (const one of document.querySelectorAll("#page :is(button, nav, input, textarea)")) {
    const kept = one.closest(".ladder") || one.matches(".where, .number, .sort, textarea, [type=search] ~ *") || one.classList.contains("link");
    if (seen(one) && !kept) problems.push(`to be pressed: ${told(one)}`);
  }
  for (const one of main.querySelectorAll("*")) {
    if (seen(one) && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible") problems.push(`cut off: ${told(one)}`);
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) problems.push(`${wide} px wider than the sheet`);
  const body = getComputedStyle(document.body);
  if (body.backgroundColor !== "rgb(255, 255, 255)" || body.color !== "rgb(0, 0, 0)") problems.push(`${body.color} on ${body.backgroundColor}`);
  return problems;
};

/// What a person would miss or could not read of a case.
const missing = (smallest) => {
  const seen = (one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  const problems = [];
  for (const one of document.querySelectorAll("[data-testid=evidence]")) if (!seen(one)) problems.push(`evidence: ${one.textContent}`);
  for (const one of document.querySelectorAll("[data-testid=finding] > details:has(> .evidence)")) {
    const all = Number(/\d+/.exec(one.querySelector("summary").textContent));
    const there = one.querySelectorAll("[data-testid=evidence]").length;
    if (all !== there) problems.push(`${there} of ${all} pieces of evidence`);
  }
  for (const one of document.querySelectorAll(".findings > .folded li > .small")) if (/^(needs|braucht:)?\s*$/.test(one.innerText)) problems.push(`says nothing: ${one.parentElement.innerText}`);
  for (const one of document.querySelectorAll("#main th[scope=col]")) {
    const cells = [...one.closest("table").querySelectorAll(`tbody :is(th, td):nth-child(${one.cellIndex + 1})`)];
    if (seen(one) && cells.every((cell) => !cell.innerText.trim())) problems.push(`empty column: ${one.innerText}`);
  }
  const texts = document.createTreeWalker(document.querySelector("#main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: one, textContent } = texts.currentNode;
    const points = parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom * 0.75;
    if (textContent.trim() && seen(one) && !one.closest("svg, .unseen") && points < smallest) problems.push(`${points} pt: ${textContent}`);
  }
  return problems;
};

const text = (page, selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).map((one) => one.innerText).join("\n"));

export default {
  async "the whole case is on paper, from a dark screen too"() {
    for (const options of [{ colorScheme: "dark" }, { locale: "de-DE" }]) {
      await withPage({ ...options, viewport: SHEET }, async ({ page, problems }) => {
        await openExample(page);
        if (options.colorScheme) {
          // The theme that the person chose, not only the system's.
          while ((await page.evaluate(() => document.documentElement.dataset.theme)) !== "dark") await page.locator(handle("theme")).click();
        }
        const folds = () => page.evaluate(() => [...document.querySelectorAll("details")].map((one) => one.open).join());
        const before = await folds();
        await page.emulateMedia({ media: "print" });
        assert.deepEqual(await page.evaluate(onPaper), []);
        const finding = await text(page, "#first-finding");
        for (const words of [/882ADCF1CB20A34B/, /phone-console\.log:7/, /CSCuh19734/, /certHash/, options.locale ? /rückgängig/ : /undo/]) assert.match(finding, words);
        assert.match(await text(page, handle("verdict")), /phone|Telefon/i);
        assert.match(await text(page, ".files"), /asa-running-config\.txt/);
        const passed = await page.locator(`${handle("passed")} li`).evaluateAll((all) => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).length);
        assert.ok(passed > 50, "every check that passed");
        assert.deepEqual(await page.evaluate(missing, SMALLEST), []);
        assert.match(await text(page, handle("negotiations")), options.locale ? /4 Arten von Telefonen.* ohne Chiffren/ : /4 kinds of phones.* without their ciphers/);
        assert.ok((await text(page, ".folded")).includes("DTLS"), "and every check that waits");
        assert.equal(await folds(), before, "nothing was opened for it");
        const file = await page.pdf({ format: "A4" });
        const pages = file.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
        assert.ok(pages > 4 && pages <= SHEETS, `${pages} pages`);
        assert.deepEqual(problems, []);
      });
    }
  },

  async "every view can be printed"() {
    await withPage({ viewport: SHEET, locale: "de-DE" }, async ({ page }) => {
      await choose(page, serving());
      await page.locator(".strip a[href='#/policy']").waitFor();
      const found = [];
      for (const route of [...ROUTES, "#/symptom/collect-evidence", "#/symptom/renew-certificate"]) {
        await page.emulateMedia({ media: "screen" });
        await go(page, route);
        await page.emulateMedia({ media: "print" });
        found.push(...(await page.evaluate(onPaper)).map((problem) => `${route}: ${problem}`));
      }
      assert.deepEqual(found, []);
    });
  },

  async "what lies over the page is not printed over it"() {
    await withPage({ viewport: SHEET }, async ({ page }) => {
      await openExample(page);
      await page.locator(handle("view-line")).first().click();
      await page.locator(handle("telling-line")).waitFor();
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(handle("viewer")).isVisible(), false);
      assert.equal(await page.locator(handle("verdict")).isVisible(), true);
    });
  },
};
