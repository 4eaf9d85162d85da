// An earlier report beside the case: save, mend, collect again, drop both. And reports that mean no good.

import { readFileSync } from "node:fs";

import { assert, choose, counts, drop, example, file, handle, has, judged, verdict, withPage } from "./harness.mjs";

const RULE = "cert-hash-mismatch";
const PHONE = "SEP001122334455.cnf.xml";

/// What became of findings: the rules of one list.
const rules = (page, state) =>
  page.locator(`${handle("change")}[data-state=${state}]`).evaluateAll((all) => all.map((one) => one.dataset.rule));

/// The example's files of the day after: the phone has the hash of the new certificate. A log of yesterday proves
/// nothing of today, so none is brought.
const mended = () => [
  file(PHONE, example(PHONE).replace("iCrc8csgo0uOAQCOgfL3Cl2xRuo=", "9MrrqDSPA3rBoqDCf6BkjFQSv1I=")),
  file("asa-running-config.txt", example("asa-running-config.txt")),
  file("asa.pem", example("asa.pem")),
];

/// The same, and somebody has switched the service off meanwhile.
const worse = () =>
  mended().map(({ name, buffer }) => file(name, buffer.toString().replace(/^ anyconnect enable\n/m, "")));

/// Opens the example and saves its report as JSON, as a person does, with real names or as the page has it by itself.
async function savedExample(page, names = "real") {
  await page.locator(handle("example-case")).click();
  await verdict(page, RULE);
  const download = page.waitForEvent("download");
  await page.locator(handle("save-report")).locator("summary, button").first().click();
  if (names === "real") await page.locator(handle("redact")).uncheck();
  await page.locator(`${handle("save-report")} [data-form=json]`).click();
  return readFileSync(await (await download).path(), "utf8");
}

async function wipe(page) {
  await page.locator(handle("wipe")).click();
  await page.locator(handle("wipe-confirm")).click();
  await page.locator(handle("input")).first().waitFor({ state: "detached" });
}

const report = (more) => JSON.stringify({ schema: "vpn-phone-doctor/report/1", language: "en", ...more });

/// A finding of a report that means no good.
const nasty = (index) => ({
  rule: `<i>rule\u0000"${index}`,
  title: `<img src=x onerror="document.title='broken'"> \u202eeltit \u001b[31m ${"x".repeat(300)}`,
  evidence: [{ input: 0, line: index, text: `\u0007<script>document.title='broken'</script>${"y".repeat(500)}` }],
});

const walk = (options, summary) => async () => {
  await withPage(options, async ({ page, problems }) => {
    const saved = await savedExample(page);
    await wipe(page);
    await choose(page, [...mended(), file("vpn-phone-report.json", saved)]);
    await page.locator(handle("changes")).waitFor();
    await page.locator(`${handle("change")}[data-state=fixed][data-rule=${RULE}]`).waitFor();
    assert.match(await page.locator(handle("changes-summary")).innerText(), summary);
    assert.deepEqual(await rules(page, "fixed"), [RULE]);
    assert.deepEqual(await rules(page, "new"), []);
    assert.equal(await page.locator(`${handle("finding")}[data-rule=${RULE}]`).count(), 0);
    assert.equal(await page.locator(handle("new-since")).count(), 0);
    // What only a log shows cannot be told without one.
    assert.deepEqual(await rules(page, "unchecked"), ["phone-rejected-server-certificate", "login-failed"]);
    const listed = page.locator(`${handle("input")}[data-kind=earlier-report]`);
    await has(listed, "data-state", "read");
    // Taken out, it takes the comparison with it.
    await listed.locator("button[aria-label]").click();
    await page.locator(handle("changes")).waitFor({ state: "detached" });
    await counts(page.locator(`${handle("input")}[data-kind=phone-config]`), 1);
    assert.deepEqual(problems, []);
  });
};

export default {
  "saved, mended and dropped again: it is fixed": walk({}, /^1 fixed, \d+ the same, 2 not checked this time$/),
  "saved, mended and dropped again, in German": walk(
    { locale: "de-DE", colorScheme: "dark" },
    /^1 behoben, \d+ unverändert, 2 diesmal nicht geprüft$/,
  ),

  async "a report saved as the page saves it by itself, redacted, is compared by its rules"() {
    await withPage({}, async ({ page, problems }) => {
      const saved = await savedExample(page, "redacted");
      assert.equal(JSON.parse(saved).redacted, true);
      await wipe(page);
      await choose(page, [...mended(), file("yesterday.json", saved)]);
      await page.locator(`${handle("change")}[data-state=fixed][data-rule=${RULE}]`).waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "what is new bears a mark, what is new or the same leads to its finding"() {
    await withPage({}, async ({ page, problems }) => {
      const saved = await savedExample(page);
      await wipe(page);
      // The report may come first, alone, and the files later.
      await drop(page, [["yesterday.json", saved]]);
      await page.locator(handle("changes")).waitFor();
      await choose(page, worse());
      await page.locator(`${handle("change")}[data-state=new][data-rule=anyconnect-not-enabled]`).waitFor();
      assert.deepEqual(await rules(page, "fixed"), [RULE]);
      const same = await rules(page, "same");
      assert.ok(same.length > 0);
      const marked = page.locator(`${handle("finding")}:has(> header ${handle("new-since")})`);
      assert.deepEqual(await marked.evaluateAll((all) => all.map((one) => one.dataset.rule)), ["anyconnect-not-enabled"]);
      for (const [state, rule] of [["new", "anyconnect-not-enabled"], ["same", same[0]]]) {
        await page.locator(`${handle("change")}[data-state=${state}][data-rule=${rule}] ${handle("to-finding")}`).click();
        await page.locator(`${handle("finding")}[data-rule=${rule}]:focus`).waitFor();
      }
      assert.deepEqual(problems, []);
    });
  },

  async "a report alone is shown as what it is, and what to add"() {
    await withPage({}, async ({ page, problems }) => {
      const saved = await savedExample(page);
      await wipe(page);
      await choose(page, [file("yesterday.json", saved)]);
      const shown = page.locator(handle("changes"));
      await shown.waitFor();
      const { verdict, findings } = JSON.parse(saved);
      const text = await shown.innerText();
      for (const told of [verdict.sentence, "Add today's files", ...findings.map((found) => found.title)]) {
        assert.ok(text.includes(told), `${told} in ${text}`);
      }
      assert.doesNotMatch(text, /fixed|not checked/i);
      await has(page.locator(handle("verdict")), "data-state", "unknown");
      assert.deepEqual(problems, []);
    });
  },

  async "a report that means no good is text, in a narrow window too"() {
    await withPage({ viewport: { width: 320, height: 700 } }, async ({ page, problems }) => {
      const bad = report({
        verdict: { sentence: "<img src=x onerror=\"document.title='broken'\"> \u202etcidrev" },
        inputs: [{ name: "<b>\u202ename</b>".repeat(9), kind: "phone-log" }],
        findings: [0, 1, 2].map(nasty),
      });
      await choose(page, [...mended(), file("<b>\u202e.json", bad)]);
      const shown = page.locator(handle("changes"));
      await shown.waitFor();
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      const text = await shown.innerText();
      for (const told of ["<img src=x", "⟪U+202E⟫tcidrev", "⟪U+202E⟫eltit", "␛[31m", "␇<script>"]) {
        assert.ok(text.includes(told), `${told} in ${text}`);
      }
      assert.equal(await page.locator(`${handle("changes")} :is(img, script, b, i)`).count(), 0);
      assert.deepEqual(await rules(page, "unchecked"), [undefined, undefined, undefined]);
      assert.doesNotMatch(await page.title(), /broken|name|then/);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      assert.deepEqual(problems, []);
    });
  },

  async "a report with more than anybody can read is bounded and folded"() {
    await withPage({}, async ({ page, problems }) => {
      const findings = Array.from({ length: 5000 }, (_, index) => nasty(index));
      await choose(page, [...mended(), file("huge.json", report({ findings }))]);
      await page.locator(handle("changes")).waitFor();
      assert.equal((await rules(page, "unchecked")).length, 500);
      assert.equal(await page.locator(`${handle("changes")} details[data-state=unchecked]`).evaluate((one) => one.open), false);
      await has(page.locator(`${handle("input")}[data-kind=earlier-report]`), "data-state", "read");
      assert.deepEqual(problems, []);
    });
  },

  async "a report that cannot be compared is refused with its reason, and the case stands"() {
    await withPage({}, async ({ page, problems }) => {
      const deep = `{"schema":"vpn-phone-doctor/report/1","later":${"[".repeat(200_000)}`;
      const good = report({});
      await choose(page, [
        ...mended(),
        file("later.json", good.replace("report/1", "report/2")),
        file("deep.json", deep),
        file("cut.json", good.slice(0, -3)),
      ]);
      const refused = page.locator(`${handle("input")}[data-kind=earlier-report][data-state=refused]`);
      await refused.nth(2).waitFor();
      const reasons = await refused.allInnerTexts();
      assert.match(reasons[0], /a form that this version does not know/);
      for (const reason of reasons.slice(1)) assert.match(reason, /damaged or cut off/);
      await judged(page, "[data-state]");
      assert.equal(await page.locator(handle("changes")).count(), 0);
      await counts(page.locator(`${handle("input")}[data-kind=phone-config]`), 1);
      assert.deepEqual(problems, []);
    });
  },
};
