// Every wizard in the real page: found by words, walked to its end in both languages, with and without evidence.

import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";

import { assert, choose, copied, counts, drop, example, file, handle, has, inProject, paste, says, sound, verdict, watchCopies, withPage } from "./harness.mjs";

const MOST_QUESTIONS = 8;
const ENDS = ["rule", "bring", "plan", "nothing"];
const PLANS = ["renew-certificate", "collect-evidence"];

// A rule's id is its file's name with dashes.
const RULES = new Set(
  readdirSync(inProject("src/rules"), { recursive: true })
    .filter((path) => path.endsWith(".en.md"))
    .map((path) => basename(path, ".en.md").replaceAll("_", "-")),
);

async function go(page, route) {
  // Before the page has begun it takes the address for its own.
  await page.locator("#page header").first().waitFor();
  await page.evaluate((route) => (location.hash = route), route);
  await page.locator("#page h1").first().waitFor();
}

const open = async (page, wizard) => {
  await go(page, `#/symptom/${wizard}`);
  await page.locator(`${handle("wizard")}[data-symptom=${wizard}]`).waitFor();
};

/// Where a walk stands: the question's step, or null at the end.
const stands = (page) =>
  page.evaluate(() => {
    const question = document.querySelector("[data-testid=wizard-question]");
    const end = document.querySelector("[data-testid=wizard-end]");
    return question ? { step: question.dataset.step } : end && { ...end.dataset };
  });

/// Answers until the end; says what it ends in and how many questions it took.
async function walk(page, wizard, button) {
  await open(page, wizard);
  for (let asked = 0; asked <= MOST_QUESTIONS; asked += 1) {
    const now = await stands(page);
    if (!now.step) return { ...now, asked };
    const question = page.locator(`${handle("wizard-question")}[data-step=${now.step}]`);
    await button(question).click();
    await question.waitFor({ state: "detached" });
  }
  assert.fail(`${wizard}: more than ${MOST_QUESTIONS} questions`);
}

const WAYS = {
  unsure: (question) => question.locator(handle("wizard-unsure")),
  first: (question) => question.locator(handle("wizard-answer")).first(),
  last: (question) => question.locator(handle("wizard-answer")).last(),
};

const everyWizard = (options) => async () => {
  await withPage(options, async ({ page, problems }) => {
    await go(page, "#/symptom");
    const entries = page.locator(handle("symptom"));
    await counts(entries, 17);
    const wizards = await entries.evaluateAll((all) => all.map((entry) => entry.dataset.symptom));
    for (const wizard of wizards) {
      for (const [name, button] of Object.entries(WAYS)) {
        const end = await walk(page, wizard, button);
        const where = `${wizard}, ${name}: ${JSON.stringify(end)}`;
        assert.ok(ENDS.includes(end.end), where);
        assert.ok(end.asked >= 1 && end.asked <= MOST_QUESTIONS, where);
        assert.equal(end.end === "plan", PLANS.includes(wizard), where);
        if (end.end === "rule") {
          assert.ok(RULES.has(end.rule), where);
          // What the rule says, or the finding where the answers alone show it.
          await page.locator(`.rule-body p, ${handle("wizard-end")} ${handle("finding")}`).first().waitFor();
        }
        if (end.end === "bring") {
          assert.ok((await page.locator(`${handle("wizard-end")} [data-need]`).count()) > 0, where);
        }
        assert.notEqual(end.end, "nothing", `${where}: nothing was brought, so nothing was looked at`);
        const answered = page.locator(handle("wizard-answered"));
        assert.ok((await answered.count()) >= end.asked, `${where}: all answers can be checked`);
        await page.locator(handle("wizard-again")).click();
        await page.locator(handle("wizard-question")).waitFor();
      }
    }
    assert.deepEqual(problems, []);
  });
};

/// The small stories of `tests/walks`, a wizard each, which `tests/walks.rs` reads as well; some files are an example's.
const STORIES = JSON.parse(readFileSync(inProject("tests/walks/stories.json"), "utf8")).map((story) => ({
  ...story,
  files: story.files.map((name) => [
    name.split("/").at(-1),
    readFileSync(inProject(name.includes("/") ? name : `tests/walks/${story.symptom}/${name}`), "utf8"),
  ]),
}));
const SAYS = {
  line: { en: /answered by [\w.-]+ line \d+:/, de: /beantwortet durch [\w.-]+ Zeile \d+:/ },
  evidence: { en: "answered by", de: "beantwortet" },
  otherwise: { en: "Your files say otherwise", de: "Ihre Dateien sagen etwas anderes" },
};

/// With the files of its story dropped into it, a wizard answers itself, quotes them, and ends in their finding; an
/// answer can be changed and the files followed again.
const everyStory = (options, lang) => async () => {
  await withPage(options, async ({ page, problems }) => {
    for (const { symptom, rule, line, files } of STORIES) {
      await open(page, symptom);
      await drop(page, files);
      const answers = page.locator(handle("wizard-answered"));
      const byFiles = page.locator(`${handle("wizard-answered")}[data-by=evidence]`);
      await byFiles.first().waitFor();
      assert.equal(await page.evaluate(() => location.hash), `#/symptom/${symptom}`, "the wizard stays");
      if (rule) {
        const end = page.locator(`${handle("wizard-end")}[data-end=rule][data-rule=${rule}]`);
        await end.locator(`${handle("finding")}[data-rule=${rule}] ${handle("fix")}`).first().waitFor();
        const said = await answers.allInnerTexts();
        assert.ok(said.length <= MOST_QUESTIONS);
        if (line) assert.ok(said.some((text) => SAYS.line[lang].test(text)), `${symptom}: ${said.join(" | ")}`);

        // Another answer than that of the files is told to be one, and taken back with one click.
        const shown = await byFiles.last().evaluate((item) => ({ ...item.dataset }));
        await byFiles.last().locator(handle("wizard-change")).click();
        const question = page.locator(`${handle("wizard-question")}[data-step=${shown.step}]`);
        await question.waitFor();
        assert.ok((await question.innerText()).includes(SAYS.evidence[lang]), `${symptom}: who answered it`);
        const other = question.locator(`${handle("wizard-answer")}:not([data-answer=${shown.answer}])`);
        await other.first().click();
        const mine = page.locator(`${handle("wizard-answered")}[data-step=${shown.step}][data-by=person]`);
        await mine.waitFor();
        assert.ok((await mine.innerText()).includes(SAYS.otherwise[lang]), `${symptom}: ${await mine.innerText()}`);
        for (let now = await stands(page); now.step; now = await stands(page)) {
          const open = page.locator(`${handle("wizard-question")}[data-step=${now.step}]`);
          await open.locator(handle("wizard-unsure")).click();
          await open.waitFor({ state: "detached" });
        }
        // Either the files win further on, or it is said that they lead elsewhere.
        await page.locator(handle("wizard-end")).waitFor();
        if ((await end.count()) === 0) {
          await page.locator(`${handle("wizard-instead")}[data-rule=${rule}] ${handle("wizard-follow")}`).click();
        }
        await end.waitFor();
      } else {
        while ((await stands(page)).step) {
          const { step } = await stands(page);
          await page.locator(handle("wizard-unsure")).click();
          await page.locator(`${handle("wizard-question")}[data-step=${step}]`).waitFor({ state: "detached" });
        }
        await page.locator(`${handle("wizard-end")}[data-end=plan]`).waitFor();
      }
      await go(page, "#/case");
      await page.locator(handle("wipe")).click();
      await page.locator(handle("wipe-confirm")).click();
      await page.locator(handle("drop-zone")).waitFor();
    }
    assert.deepEqual(problems, []);
  });
};

/// Every wizard has an example that shows just its symptom; it answers the questions, says what it is, and gives way to the
/// first file of the person.
const everyExample = (options) => async () => {
  await withPage(options, async ({ page, problems }) => {
    for (const { symptom } of STORIES) {
      await open(page, symptom);
      await page.locator(handle("wizard-example")).click();
      const shown = page.locator(`${handle("wizard-answered")}[data-by=evidence], ${handle("wizard-end")}`);
      if (symptom !== "collect-evidence") await shown.first().waitFor();
      await page.locator(handle("example-note")).waitFor();
      assert.equal(await page.evaluate(() => location.hash), `#/symptom/${symptom}`, "the wizard stays");
      if (PLANS.includes(symptom)) continue;
      const end = page.locator(`${handle("wizard-end")}[data-end=rule]`);
      const { rule } = await end.evaluate((end) => ({ ...end.dataset }));
      await end.locator(`${handle("finding")}[data-rule=${rule}]`).first().waitFor();
      await go(page, "#/case");
      await verdict(page, rule);
    }
    await open(page, "drops");
    await drop(page, STORIES.find(({ symptom }) => symptom === "drops").files);
    await page.locator(handle("wizard-example")).waitFor({ state: "hidden" });
    await page.locator(handle("example-note")).waitFor({ state: "hidden" });
    assert.deepEqual(problems, []);
  });
};

const accessible = (options) => async () => {
  await withPage(options, async ({ page }) => {
    const fine = (where) => sound(page, where);
    await go(page, "#/symptom");
    await fine("the list");
    await page.locator(handle("symptom-search")).fill("alert 48");
    await fine("the list, searched");
    await open(page, "hash-mismatch");
    await page.locator(`${handle("wizard-look")} > summary`).click();
    await page.locator(".ways summary").first().waitFor();
    await page.evaluate(() => document.querySelectorAll(".ways details").forEach((one) => (one.open = true)));
    await fine("a question");
    await page.locator("[data-answer=name]").click();
    await page.locator(`${handle("wizard-end")} .rule-body h3`).first().waitFor();
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await fine("a suspicion");
    for (const wizard of PLANS) {
      await walk(page, wizard, WAYS.unsure);
      await fine(wizard);
    }
    await go(page, "#/");
    await page.locator(handle("example-case")).click();
    await verdict(page, "cert-hash-mismatch");
    await open(page, "hash-mismatch");
    await page.locator(handle("wizard-end")).waitFor();
    await fine("a finding");
    await page.locator(handle("wizard-change")).first().click();
    await page.locator(handle("wizard-question")).waitFor();
    await fine("an answered question");
    await open(page, "renew-certificate");
    await page.locator(handle("renewal-phones")).waitFor();
    await fine("the renewal of the case");
  });
};

export default {
  "every wizard, every kind of answer, English": everyWizard({}),
  "every wizard, every kind of answer, German": everyWizard({ locale: "de-DE" }),

  "every wizard with its example, English": everyExample({}),
  "every wizard with its example, German": everyExample({ locale: "de-DE" }),

  "every wizard with files of its own, English": everyStory({}, "en"),
  "every wizard with files of its own, German": everyStory({ locale: "de-DE" }, "de"),

  async "a model that a log names is not asked for"() {
    await withPage({}, async ({ page }) => {
      await drop(page, STORIES.find(({ symptom }) => symptom === "ends-after-login").files);
      await verdict(page, "dap-terminated");
      await page.locator(`${handle("question")}[data-key=cucm-export]`).waitFor();
      await page.locator(`${handle("question")}[data-key=phone-model]`).waitFor({ state: "hidden" });
    });
  },

  async "an answer that the mouse is over does not look chosen"() {
    await withPage({}, async ({ page }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      await open(page, "hash-mismatch");
      await page.locator(handle("wizard-change")).first().click();
      const looks = (answer) =>
        answer.evaluate((one) => {
          const { backgroundColor, boxShadow, fontWeight } = getComputedStyle(one);
          return { backgroundColor, boxShadow, fontWeight, signs: one.querySelectorAll("svg").length };
        });
      const chosen = page.locator(`${handle("wizard-answer")}[aria-pressed=true]`);
      const other = page.locator(`${handle("wizard-answer")}[aria-pressed=false]`).first();
      const before = await looks(other);
      await other.hover();
      assert.deepEqual(await looks(other), before);
      assert.notDeepEqual(await looks(chosen), before);
    });
  },

  async "wizards and rules are found by the words of phone, log and engineer, with no case open"() {
    for (const [locale, words, wizard, rule] of [
      ["en-GB", "alert 48", "hash-mismatch", "phone-rejected-server-certificate"],
      ["de-DE", "unknown ca", "hash-mismatch", "phone-rejected-server-certificate"],
      ["en-GB", "VPN concentrator", "hash-mismatch", undefined],
      ["de-DE", "716038", "ends-after-login", undefined],
      ["en-GB", "simultaneous", "ends-after-login", "simultaneous-logins-zero"],
      ["de-DE", "%ASA-5-734002", "ends-after-login", "dap-terminated"],
    ]) {
      await withPage({ locale }, async ({ page }) => {
        await page.locator(handle("symptom-search")).waitFor();
        await page.keyboard.press("/");
        await page.keyboard.type(words);
        await page.locator(`${handle("symptom")}[data-symptom=${wizard}]`).waitFor();
        await page.locator(`${handle("symptom")}[data-symptom=can-it-work]`).waitFor({ state: "detached" });
        if (!rule) return;
        const hit = page.locator(`${handle("rule-hit")} [data-rule=${rule}]`);
        await hit.locator("summary").click();
        await hit.locator(".body p").first().waitFor();
      });
    }
  },

  async "output pasted into the step's own field answers it, and what it was taken for is told"() {
    for (const [locale, kind, unknown] of [
      ["en-GB", "read as ", "not recognised"],
      ["de-DE", "gelesen als ", "nicht erkannt"],
    ]) {
      await withPage({ locale }, async ({ page, problems }) => {
        const { files, rule } = STORIES.find(({ symptom }) => symptom === "ends-after-login");
        await open(page, "ends-after-login");
        await page.locator(`${handle("wizard-question")}[data-step=log]`).waitFor();
        const told = page.locator(handle("recognised"));
        await page.locator(handle("paste-field")).fill("It was a dark and stormy night.");
        await page.locator(handle("paste-read")).click();
        await told.filter({ hasText: unknown }).waitFor();
        await page.locator(handle("paste-field")).fill(files[0][1]);
        await page.locator(handle("paste-read")).click();
        await page.locator(`${handle("wizard-end")}[data-rule=${rule}] ${handle("finding")}`).first().waitFor();
        await told.filter({ hasText: kind }).waitFor();
        assert.equal(await page.locator(handle("paste-field")).inputValue(), "");
        assert.deepEqual(problems, []);
      });
    }
  },

  async "a file dropped in the middle answers the open step and all before the end"() {
    await withPage({}, async ({ page }) => {
      const { files } = STORIES.find(({ symptom }) => symptom === "can-it-work");
      await open(page, "can-it-work");
      await page.locator("[data-step=export] [data-answer=restricted]").click();
      await page.locator("[data-step=model] [data-answer=yes]").click();
      await page.locator("[data-step=firmware] [data-testid=wizard-unsure]").click();
      await page.locator(`${handle("wizard-question")}[data-step=licence]`).waitFor();
      await drop(page, files);
      await page.locator(`${handle("wizard-end")}[data-rule=vpn-phone-licence-disabled] ${handle("finding")}`).waitFor();
      const answered = page.locator(`${handle("wizard-answered")}[data-step=licence]`);
      await says(answered, /answered by show-version.txt line 11: .*VPN Phone/);
      await has(page.locator(`${handle("wizard-answered")}[data-step=model]`), "data-by", "person");
    });
  },

  async "a finding leads to every wizard that explains it, and search over a case finds them"() {
    await withPage({}, async ({ page }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      const links = page.locator(`#first-finding > footer ${handle("to-wizard")}`);
      const wizards = await links.evaluateAll((all) => all.map((link) => link.dataset.symptom));
      assert.deepEqual(wizards, ["hash-mismatch", "no-shared-cipher", "renew-certificate"]);
      await page.locator(handle("search")).fill("716038");
      await page.locator(handle("hit")).filter({ hasText: "ends-after-login" }).click();
      await page.locator(`${handle("wizard")}[data-symptom=ends-after-login]`).waitFor();
    });
  },

  async "a wizard is found by what the log says, in either language"() {
    for (const [locale, words] of [["en-GB", "alert 48"], ["de-DE", "Fingerabdruck"], ["de-DE", "fingerprint hash"]]) {
      await withPage({ locale }, async ({ page }) => {
        await page.locator(handle("symptom-search")).fill(words);
        await page.locator(`${handle("symptom")}[data-symptom=no-registration]`).waitFor({ state: "detached" });
        await page.locator(`${handle("symptom")}[data-symptom=hash-mismatch]`).click();
        await page.locator(`${handle("wizard")}[data-symptom=hash-mismatch]`).waitFor();
        assert.equal(await page.evaluate(() => location.hash), "#/symptom/hash-mismatch");
      });
    }
  },

  async "evidence answers every question and leads to the finding; an answer can be changed and taken back"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      await page.locator(`${handle("verdict")} ${handle("to-wizard")}`).click();
      await page.locator(`${handle("wizard")}[data-symptom=hash-mismatch]`).waitFor();
      const end = page.locator(`${handle("wizard-end")}[data-end=rule][data-rule=cert-hash-mismatch]`);
      await end.locator(`${handle("finding")}[data-rule=cert-hash-mismatch] ${handle("fix")}`).first().waitFor();
      const first = page.locator(`${handle("wizard-answered")}[data-step=refused]`);
      await has(first, "data-by", "evidence");
      await says(first, /answered by [\w.-]+ line \d+:/);

      await first.locator(handle("wizard-change")).click();
      const question = page.locator(`${handle("wizard-question")}[data-step=refused]`);
      await question.waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), "wizard-heading", "the keyboard follows");
      await question.locator("[data-answer=name]").click();
      const other = page.locator(`${handle("wizard-end")}[data-rule=host-id-check-failed]`);
      await other.waitFor();
      assert.equal(await other.locator(handle("finding")).count(), 0, "a suspicion is no finding");
      await says(other, /suspected, not proved|disagree/);
      await has(first, "data-by", "person");

      await go(page, "#/rules");
      await open(page, "hash-mismatch");
      await other.waitFor();
      await page.locator(handle("wizard-back")).click();
      await page.locator(handle("wizard-take-back")).click();
      await has(first, "data-by", "evidence");
      for (const step of ["refused", "compare", "trustpoint"]) {
        await page.locator(`${handle("wizard-question")}[data-step=${step}]`).waitFor();
        await page.locator(handle("wizard-forward")).click();
      }
      await end.waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "what is dropped or pasted into a wizard answers it where it stands"() {
    await withPage({}, async ({ page, problems }) => {
      await open(page, "hash-mismatch");
      await page.locator(`${handle("wizard-question")}[data-step=refused]`).waitFor();
      await says(page.locator(handle("wizard-question")), /Question 1 \(up to \d\)/);
      await drop(page, [["SEP001122334455.cnf.xml", example("SEP001122334455.cnf.xml")]]);
      await paste(page, example("phone-console.log"));
      await page.locator(`${handle("wizard-end")}[data-rule=cert-hash-mismatch] ${handle("finding")}`).first().waitFor();
      assert.equal(await page.evaluate(() => location.hash), "#/symptom/hash-mismatch");
      assert.deepEqual(problems, []);
    });
  },

  async "an answer that rules ask for is the case's answer, too"() {
    await withPage({}, async ({ page, problems }) => {
      await open(page, "can-it-work");
      await page.locator("[data-step=export] [data-answer=restricted]").click();
      await page.locator(`${handle("wizard-answered")}[data-step=export][data-by=person]`).waitFor();
      await choose(page, [file("SEP001122334455.cnf.xml", example("SEP001122334455.cnf.xml"))]);
      await page.locator(".wizard-files .names li").first().waitFor();
      await go(page, "#/case");
      await page.locator(`${handle("answered")}[data-key=cucm-export]`).waitFor();
      await page.locator(handle("wipe")).click();
      await page.locator(handle("wipe-confirm")).click();
      await open(page, "can-it-work");
      await page.locator(`${handle("wizard-question")}[data-step=export]`).waitFor();
      assert.equal(await page.locator(handle("wizard-answered")).count(), 0, "nothing is remembered");
      assert.deepEqual(problems, []);
    });
  },

  async "the plan for the renewal names the case's certificates and each phone"() {
    await withPage({ prepare: watchCopies }, async ({ page }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      await open(page, "renew-certificate");
      await page.locator(`${handle("wizard-end")}[data-end=plan]`).waitFor();
      await page.locator(`${handle("renewal-phones")} [data-phone=SEP001122334455]`).waitFor();
      assert.ok((await page.locator(handle("plan-step")).count()) >= 7);
      await says(page.locator(handle("renewal")), /Too late: .* 1 of 1 phones do not trust/);
      await page.locator(`${handle("renewal-verdict")}[data-situation=Late]`).waitFor();
      await page.locator(`${handle("renewal-sums")} [data-trusts=OldOnly], ${handle("renewal-sums")} [data-trusts=Neither]`).first().waitFor();
      await page.locator(`${handle("renewal")} .copy`, { hasText: "Copy the whole plan" }).click();
      await page.evaluate(() => {
        const field = document.createElement("textarea");
        field.id = "ticket";
        document.body.append(field);
      });
      await copied(page);
      await page.locator("#ticket").press("Control+V");
      const plan = await page.locator("#ticket").inputValue();
      for (const words of ["Phone-VPN-trust", "ssl trust-point ASA-2026 outside", "SEP001122334455"]) {
        assert.ok(plan.includes(words), `${words} in ${plan}`);
      }
    });
  },

  async "the list of what to collect is for this case, and spares a busy gateway"() {
    await withPage({}, async ({ page }) => {
      await open(page, "collect-evidence");
      await page.locator("[data-step=reach] [data-testid=wizard-unsure]").click();
      await page.locator("[data-step=large] [data-answer=yes]").click();
      const list = page.locator(handle("collection"));
      await list.locator("[data-left-out=asa-debug]").waitFor();
      await counts(list.locator("[data-need=phone-config]"), 1);
      await choose(page, [file("a.txt", example("asa-running-config.txt"))]);
      await list.locator(".gain").first().waitFor();
    });
  },

  async "wizards fit a narrow screen"() {
    await withPage({ locale: "de-DE" }, async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      for (const route of ["#/", "#/symptom", "#/symptom/hash-mismatch"]) {
        await go(page, route);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, route);
      }
      await walk(page, "renew-certificate", WAYS.unsure);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "the plan");
    });
  },

  "axe, light, English": accessible({ colorScheme: "light" }),
  "axe, dark, German": accessible({ colorScheme: "dark", locale: "de-DE" }),
};
