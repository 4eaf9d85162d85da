// Commands are shown line by line, as they are typed, with a button that copies them: in every rule and at the end of
// every wizard.

import { assert, handle, withPage } from "./harness.mjs";
import { go, unfold, wizards } from "./states.mjs";

/// The signs that stand for a line end, a carriage return and a tab where device text is shown.
const SIGNS = /[\u240a\u240d\u2409]/;

/// Blocks of commands as they are shown, and what is wrong with them.
const blocks = (signs) => {
  const all = [...document.querySelectorAll(".commands:not([hidden])")];
  const problems = [];
  for (const block of all) {
    const lines = [...block.querySelectorAll("pre .command")].map((line) => line.textContent);
    const name = lines[0]?.trim();
    if (!block.querySelector("button.copy")) problems.push(`no button: ${name}`);
    if (lines.length === 0 || lines.some((line) => line.trimEnd().includes("\n"))) problems.push(`not line by line: ${name}`);
  }
  const walker = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (new RegExp(signs).test(walker.currentNode.data)) problems.push(`a sign in: ${walker.currentNode.data}`);
  return { count: all.length, problems };
};

export default {
  async "every rule's commands stand line by line, each block with its button"() {
    await withPage({}, async ({ page, problems }) => {
      await page.evaluate(() => (navigator.clipboard.writeText = async (text) => void (self.copied = text)));
      await go(page, "#/rules");
      await page.locator("details.rule").first().waitFor();
      const rules = await page.locator("details.rule").count();
      await unfold(page);
      await page.waitForFunction(() => [...document.querySelectorAll("details.rule .body")].every((body) => body.childElementCount > 0));
      const found = await page.evaluate(blocks, SIGNS.source);
      assert.deepEqual(found.problems, []);
      assert.ok(found.count > rules / 2, `${found.count} blocks`);
      // What is copied is what is to be typed.
      const block = page.locator("details.rule .commands:not([hidden])").filter({ hasText: "configure terminal" }).first();
      const lines = (await block.locator("pre").innerText()).trim().split("\n");
      assert.ok(lines.length > 2 && lines.includes("configure terminal"), lines.join(" | "));
      await block.locator("button.copy").click();
      assert.equal(await page.waitForFunction(() => self.copied).then((copied) => copied.jsonValue()), lines.join("\n"));
      assert.deepEqual(problems, []);
    });
  },

  async "so do those at the end of every wizard"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      let count = 0;
      for (const wizard of await wizards(page)) {
        for (const answer of ["wizard-answer", "wizard-unsure"]) {
          await go(page, `#/symptom/${wizard}`);
          await page.locator(`${handle("wizard-question")}, ${handle("wizard-end")}`).first().waitFor();
          if (await page.locator(handle("wizard-again")).isVisible()) await page.locator(handle("wizard-again")).click();
          await page.locator(handle("wizard-question")).waitFor();
          while (await page.locator(handle("wizard-question")).count()) {
            const step = await page.locator(handle("wizard-question")).getAttribute("data-step");
            const question = page.locator(`${handle("wizard-question")}[data-step=${step}]`);
            await question.locator(handle(answer)).last().click();
            await question.waitFor({ state: "detached" });
          }
          if (await page.locator(`${handle("wizard-end")}[data-end=rule]`).count()) {
            await page.locator(`.rule-body p, ${handle("wizard-end")} ${handle("finding")}`).first().waitFor();
          }
          await unfold(page);
          const found = await page.evaluate(blocks, SIGNS.source);
          assert.deepEqual(found.problems, [], wizard);
          count += found.count;
        }
      }
      assert.ok(count > 10, `${count} blocks`);
      assert.deepEqual(problems, []);
    });
  },
};
