// What a person can tell the page, and what it then shows: answers, a file's kind, the way back to the verdict.

import { assert, choose, counts, drop, example, file, handle, has, judged, paste, says, serving, verdict, withPage } from "./harness.mjs";

const DETECTION = "auto-network-detect-believes-inside";
const detecting = () =>
  example("SEP001122334455.cnf.xml").replace("<autoNetDetect>0<", "<autoNetDetect>1<");

export default {
  async "an answer changes the verdict, is listed and can be taken back"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("SEP001122334455.cnf.xml", detecting())]);
      const question = page.locator(`${handle("question")}[data-key=tftp-answers-outside]`);
      await question.waitFor();
      await says(question, /\+1 check/);
      assert.notEqual(await page.locator(handle("verdict")).getAttribute("data-rule"), DETECTION);
      await question.locator(`${handle("answer")}[data-value=yes]`).click();
      await page.locator(`${handle("finding")}[data-rule=${DETECTION}]`).waitFor();
      const answered = page.locator(`${handle("answered")}[data-key=tftp-answers-outside]`);
      await says(answered, /yes/);
      await answered.locator(handle("take-back")).click();
      await question.waitFor();
      await page.locator(`${handle("finding")}[data-rule=${DETECTION}]`).waitFor({ state: "detached" });
      assert.deepEqual(problems, []);
    });
  },

  async "clients that fail in a log are offered as the phone, and one click says so"() {
    const line = (second) => `Nov 24 2026 08:00:0${second}: %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = otto : user IP = 203.0.113.24\n`;
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("fw.log", [1, 2, 3].map(line).join(""))]);
      const question = page.locator(`${handle("question")}[data-key=phone]`);
      const choice = question.locator(`${handle("answer")}[data-value=otto]`);
      await choice.waitFor();
      await says(question, /3 failures/);
      await choice.click();
      await page.locator(`${handle("answered")}[data-key=phone]`).filter({ hasText: "otto" }).waitFor();
      await choice.waitFor({ state: "detached" });
      assert.deepEqual(problems, []);
    });
  },

  async "many files that nothing reads are one line, by kind and number, and none of them is hidden away"() {
    const picture = (name) => ({ name, mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1") });
    for (const [locale, words] of [["en-GB", /^6 other files: 5 pictures, 1 not recognised/], ["de-DE", /^6 andere Dateien: 5 Bilder, 1 nicht erkannt/]]) {
      await withPage({ locale }, async ({ page, problems }) => {
        const strange = [...[1, 2, 3, 4, 5].map((n) => picture(`screen-${n}.png`)), file("story.txt", "It was a dark and stormy night.\n")];
        await choose(page, [...strange, ...serving()]);
        const fold = page.locator(handle("other-files"));
        await fold.locator("> summary").filter({ hasText: words }).waitFor();
        await counts(page.locator(`${handle("input")}[data-state=read]:visible`), 2, "what was read stands by itself");
        await fold.locator("> summary").click();
        await counts(fold.locator(`${handle("input")}:visible`), 6);
        for (let left = 6; left > 5; left -= 1) await fold.locator("li.file button[aria-label]").first().click();
        await fold.waitFor({ state: "detached" });
        await counts(page.locator(`${handle("input")}[data-state=unrecognised]:visible`), 5, "a few are listed as ever");
        assert.deepEqual(problems, []);
      });
    }
  },

  async "a case with several phones counts them on its ladder, and one phone's ladder does not"() {
    const name = (n) => `SEP00112233440${n}`;
    const came = (n) => `Nov 24 2026 08:00:0${n}: %ASA-6-113039: Group <GP> User <CP-7962G-${name(n)}> IP <198.51.100.${n}> AnyConnect parent session started.\n`;
    const failed = (n) => `Nov 24 2026 08:00:0${n}: %ASA-6-716039: Group <GP> User <CP-7962G-${name(n)}> IP <198.51.100.${n}> Authentication: rejected, Session Type: WebVPN.\n`;
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("messages", came(1) + came(2) + failed(3))]);
      const count = page.locator(`${handle("ladder")} [data-stage=login] ${handle("stage-count")}`);
      await count.filter({ hasText: /^1 of 3 phones failed here$/ }).waitFor();
      await page.locator(".strip a[href='#/phones']").click();
      await page.locator(`${handle("phone")}[data-name=${name(1)}] ${handle("choose-phone")}`).click();
      await page.locator(".strip a[href='#/case']").click();
      await page.locator(handle("ladder")).waitFor();
      await count.waitFor({ state: "hidden" });
      assert.deepEqual(problems, []);
    });
  },

  async "a phone that was named is named above every view, until it is let go"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      await page.locator(`${handle("questions")} summary`).click();
      const field = page.locator(`${handle("question")}[data-key=phone] ${handle("answer-field")}`);
      await field.fill("SEP001122334455");
      await field.press("Enter");
      const chip = page.locator(`${handle("only-phone")}[data-name=SEP001122334455]`);
      for (const route of ["#/certificate", "#/rules", "#/case"]) {
        await page.evaluate((route) => (location.hash = route), route);
        await page.locator("#page h1").first().waitFor();
        assert.ok(await chip.isVisible(), route);
        assert.doesNotMatch(await page.evaluate(() => location.href), /SEP/);
      }
      const above = await chip.evaluate((chip) => {
        const verdict = document.querySelector("[data-testid=verdict]");
        return Boolean(chip.compareDocumentPosition(verdict) & Node.DOCUMENT_POSITION_FOLLOWING);
      });
      assert.ok(above);
      await chip.locator("button").click();
      await chip.waitFor({ state: "detached" });
      assert.deepEqual(problems, []);
    });
  },

  async "a line of a log explains itself, in both languages"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      const finding = page.locator(`${handle("finding")}[data-rule=phone-rejected-server-certificate]`).first();
      const line = finding.locator(handle("evidence")).filter({ hasText: "725014" }).first();
      const unfold = finding.locator("summary").first();
      if (!(await finding.locator(handle("evidence")).first().isVisible())) await unfold.click();
      if (!(await line.isVisible())) await finding.locator(handle("more-evidence")).first().click();
      await line.locator(handle("explain")).click();
      const meaning = line.locator(handle("meaning"));
      await meaning.waitFor();
      const english = await meaning.innerText();
      assert.match(english, /certificate|reason|alert/i);
      await page.locator(handle("language")).click();
      await page.waitForFunction(() => document.documentElement.lang === "de");
      assert.notEqual(await meaning.innerText(), english);
      assert.deepEqual(problems, []);
    });
  },

  async "a wrong guess is put right, and the file read as what the person says"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("notes.txt", example("phone-console.log"))]);
      const input = page.locator(handle("input"));
      await page.locator(`${handle("input")}[data-kind=phone-log]`).waitFor();
      await input.locator(handle("read-as")).focus();
      await input.locator(handle("read-as")).selectOption("asa-syslog");
      await page.locator(`${handle("input")}[data-kind=asa-syslog]`).waitFor();
      await says(input, /Read as you said: nothing of this kind/);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), "read-as", "the keyboard stays");
      await input.locator(handle("read-as")).selectOption("");
      await page.locator(`${handle("input")}[data-kind=phone-log]`).waitFor();
      await counts(input, 1);
      assert.deepEqual(problems, []);
    });
  },

  async "pasted text that nothing recognised can be named, too"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await paste(page, "hostname asa\n");
      await page.locator(handle("read-as")).selectOption("asa-config");
      await page.locator(`${handle("input")}[data-kind=asa-config]`).waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "the first finding bears its own title, and does not explain what the verdict above explained"() {
    await withPage({}, async ({ page }) => {
      await page.locator(handle("example-case")).click();
      await verdict(page, "cert-hash-mismatch");
      const [sentence, detail] = await page.locator(`${handle("verdict")} h1, ${handle("verdict")} .detail`).allInnerTexts();
      const first = page.locator("#first-finding");
      assert.equal(await first.locator("h3").first().innerText(), sentence);
      const shown = await first.evaluate((finding) => {
        const copy = finding.cloneNode(true);
        for (const unseen of copy.querySelectorAll(".unseen, .echoes")) unseen.remove();
        return copy.textContent;
      });
      assert.ok(detail.length > 0 && !shown.includes(detail), detail);
    });
  },

  async "a part of a file is asked for as a whole"() {
    await withPage({}, async ({ page }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await drop(page, [["x", "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>\n"]]);
      const wanted = page.locator(`${handle("waiting")} [data-need=phone-config]`);
      await says(wanted, /whole/);
    });
  },

  async "an inherited value is seen to be inherited, with the line that sets it"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, serving());
      await judged(page);
      await page.locator(".strip a[href='#/policy']").click();
      const policy = page.locator(`${handle("policy")}[data-tunnel-group=VPNPhone]`);
      const logins = policy.locator("[data-attribute=vpn-simultaneous-logins]");
      await has(logins, "data-origin", "inherited");
      await says(logins, /inherited from\s+DfltGrpPolicy/, "a word, not a colour alone");
      await counts(logins.locator(".from-inherited svg"), 1, "a shape, too");
      await says(logins, /asa\.txt:17/);
      const pools = policy.locator("[data-attribute=address-pools]");
      await has(pools, "data-origin", "own");
      await says(policy, /How this policy was found[\s\S]*GP-PHONES/);
      await page.locator(handle("language")).click();
      await says(logins, /geerbt von\s+DfltGrpPolicy/);
      assert.deepEqual(problems, []);
    });
  },

  async "the negotiation marks the case's own cell of twelve"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await choose(page, serving());
      await judged(page);
      await page.locator(".strip a[href='#/negotiation']").click();
      const cells = page.locator(`${handle("certificate-table")} td`);
      await counts(cells, 12);
      const own = page.locator(`${handle("certificate-table")} td[data-own=true]`);
      await counts(own, 1);
      await says(own, /Ihr Fall/);
      assert.ok((await page.locator(`${handle("negotiation-row")}[data-own=true]`).count()) > 0);
      assert.deepEqual(problems, []);
    });
  },

  async "views of the case fit a narrow screen"() {
    await withPage({ locale: "de-DE" }, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 800 });
      await choose(page, serving());
      await judged(page);
      for (const route of ["#/case", "#/policy", "#/negotiation"]) {
        await page.evaluate((route) => (location.hash = route), route);
        await page.locator("#page h1").first().waitFor();
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, route);
      }
      await page.evaluate(() => (location.hash = "#/policy"));
      const origin = page.locator("[data-attribute=vpn-simultaneous-logins] .from-inherited");
      await origin.waitFor();
      const box = await origin.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 360, "where a value comes from is seen without scrolling");
    });
  },

  async "a phone chosen from the list narrows everything, and can be let go"() {
    await withPage({}, async ({ page, problems }) => {
      const config = example("SEP001122334455.cnf.xml");
      const other = config.replace("https://asa.example.com", "http://asa.example.com");
      await choose(page, [file("SEP001122334455.cnf.xml", config), file("SEPAABBCCDDEEFF.cnf.xml", other)]);
      const finding = page.locator(`${handle("finding")}[data-rule=vpn-url-not-https]`);
      await finding.waitFor();
      await page.locator(".strip a[href='#/phones']").click();
      const rows = page.locator(handle("phone"));
      await counts(rows, 2);
      await page.locator(`${handle("phone")}[data-name=SEP001122334455] ${handle("choose-phone")}`).click();
      await page.locator(`${handle("only-phone")}[data-name=SEP001122334455]`).waitFor();
      await page.waitForFunction(() => location.hash === "#/timeline");
      await page.locator(".strip a[href='#/phones']").click();
      await counts(rows, 2, "another one can still be chosen");
      await page.locator(".strip a[href='#/case']").click();
      await finding.waitFor({ state: "detached" });
      await page.locator(`${handle("only-phone")} button`).click();
      await finding.waitFor();
      assert.deepEqual(problems, []);
    });
  },

  async "thousands of phones are shown a page at a time, filtered and sorted"() {
    await withPage({}, async ({ page, problems }) => {
      const name = (n) => `SEP0011${n.toString(16).toUpperCase().padStart(8, "0")}`;
      const line = (n) =>
        `Nov 24 2026 08:00:01: %ASA-6-113039: Group <GP> User <CP-7962G-${name(n)}> IP <198.51.100.${n % 250}> AnyConnect parent session started.\n`;
      await choose(page, [file("messages", Array.from({ length: 3000 }, (_, n) => line(n)).join(""))]);
      await page.locator(".strip a[href='#/phones']").click();
      const rows = page.locator(handle("phone"));
      const names = () => rows.evaluateAll((all) => all.map((one) => one.dataset.name));
      await rows.first().waitFor();
      await has(page.locator(handle("phones")), "data-all", "3000");
      assert.ok((await rows.count()) <= 50);
      const sort = page.locator(".phone-table th").first();
      await sort.locator("button").click();
      await has(sort, "aria-sort", "ascending");
      assert.equal((await names())[0], name(0));
      await page.locator(handle("next-page")).click();
      assert.equal((await names())[0], name(50));
      await sort.locator("button").click();
      assert.equal((await names())[0], name(2999));
      await page.locator(handle("phone-filter")).fill(name(1234).toLowerCase());
      await page.locator(`${handle("phones")}[data-shown="1"]`).waitFor();
      assert.deepEqual(await names(), [name(1234)]);
      assert.deepEqual(problems, []);
    });
  },
};
