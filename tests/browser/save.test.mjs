// Saving: three forms, two languages, real names or none; what leaves is shown before, and the map only by its own
// button.

import { readFileSync } from "node:fs";

import { assert, choose, example, file, handle, verdict, withPage } from "./harness.mjs";

const RULE = "cert-hash-mismatch";
const FORMS = ["json", "markdown", "html"];
/// The reason why the last one is recognised quotes its secret.
const ADMIN = `%ASA-5-111008: User 'otto' executed the 'passwd Kolibri7' command.
%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLSv1 session.
`;
/// Not the phone that the page's own instructions name.
const PHONE = "SEP021AC0FFEE55";
const CASE = [
  ...["phone-console.log", "asa-running-config.txt", "asa.pem"].map((name) => file(name, example(name))),
  file(`${PHONE}.cnf.xml`, example("SEP001122334455.cnf.xml").replaceAll("SEP001122334455", PHONE)),
  file("admin-zentrale.log", ADMIN),
];

const dialog = (page) => page.locator(`${handle("save-report")} dialog`);
const redactSwitch = (page) => page.locator(handle("redact"));

async function opened(page) {
  await choose(page, CASE);
  await verdict(page, RULE);
  await page.locator(handle("progress")).waitFor({ state: "detached" });
}

async function openDialog(page) {
  if (!(await dialog(page).isVisible())) await page.locator(handle("save-report")).click();
}

/// Turns redaction on and waits for the preview.
async function redact(page, addresses = "opaque") {
  await openDialog(page);
  await redactSwitch(page).check();
  await page.locator(`${handle("addresses")} input[value=${addresses}]`).check();
  await page.locator(handle("replaced")).waitFor();
}

/// Turns redaction off, which is on unless somebody does.
async function keepNames(page) {
  await openDialog(page);
  await redactSwitch(page).uncheck();
}

/// What a click offers as a download.
async function download(page, button) {
  const offered = page.waitForEvent("download");
  await button.click();
  const one = await offered;
  return { name: one.suggestedFilename(), text: readFileSync(await one.path(), "utf8") };
}

async function save(page, form, language) {
  await openDialog(page);
  if (language) await page.locator(`${handle("report-language")} input[value=${language}]`).check();
  return download(page, page.locator(`${handle("save-report")} [data-form=${form}]`));
}

async function saveMap(page, form = "json") {
  await openDialog(page);
  return download(page, page.locator(`${handle("save-map")}[data-map=${form}]`));
}

/// What the copy button of a rule's finding puts into the clipboard.
async function copied(page, rule) {
  await page.evaluate(() => {
    delete self.copied;
    navigator.clipboard.writeText = async (text) => void (self.copied = text);
  });
  await page.locator(`${handle("finding")}[data-rule=${rule}] ${handle("copy-finding")}`).first().click();
  await page.waitForFunction(() => self.copied !== undefined);
  return page.evaluate(() => self.copied);
}

/// Everything of this case that names somebody, from what a report with real names says, in all its notations.
function names(report) {
  const found = new Set(["example.com", "VPNPhone", "zentrale", "otto", "021ac0ffee55", "02:1a:c0:ff:ee:55", "021a.c0ff.ee55"]);
  for (const address of JSON.stringify(report).match(/\b(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+/g)) found.add(address);
  for (const one of report.certificates) {
    for (const name of [one.label, one.serial, one.sha1_base64, ...one.names]) if (name) found.add(name);
    for (const hash of [one.md5, one.sha1, one.sha256]) {
      const pairs = hash.match(/../g);
      found.add(hash);
      for (const mark of [":", " ", "-"]) found.add(pairs.join(mark));
      found.add(Buffer.from(hash, "hex").toString("base64"));
    }
  }
  for (const one of report.hashes) found.add(one.text).add(one.hex);
  return [...found];
}

const left = (text, names) => names.filter((name) => text.toLowerCase().includes(name.toLowerCase()));
const rules = (report) => report.findings.map((finding) => finding.rule);

/// The report in each form and language.
async function* reports(page) {
  for (const language of ["en", "de"]) {
    for (const form of FORMS) {
      yield { form, language, ...(await save(page, form, language)) };
    }
  }
}

/// What the ticket button puts into the clipboard.
async function ticket(page) {
  await page.evaluate(() => {
    delete self.copied;
    navigator.clipboard.writeText = async (text) => void (self.copied = text);
  });
  await page.locator(handle("ticket")).click();
  await page.waitForFunction(() => self.copied !== undefined);
  return page.evaluate(() => self.copied);
}

export default {
  async "from the dropped case to a ticket's text it is one click, redacted unless somebody switches it off"() {
    for (const [locale, words] of [["en-GB", /Evidence:[\s\S]*Fix: CUCM[\s\S]*Redacted/], ["de-DE", /Belege:[\s\S]*Behebung: CUCM[\s\S]*Geschwärzt/]]) {
      await withPage({ locale }, async ({ page, problems }) => {
        await opened(page);
        const redacted = await ticket(page);
        assert.match(redacted, words);
        assert.match(redacted, /^✖ /);
        assert.ok(redacted.trimEnd().split("\n").length <= 25, redacted);
        assert.ok(!redacted.includes(PHONE), redacted);
        await keepNames(page);
        await page.keyboard.press("Escape");
        assert.ok((await ticket(page)).includes(PHONE));
        assert.deepEqual(problems, []);
      });
    }
  },

  async "unless somebody wants it otherwise, what is saved is redacted, and the page says so"() {
    for (const [locale, label] of [["en-GB", "Save redacted report"], ["de-DE", "Bericht geschwärzt speichern"]]) {
      await withPage({ locale }, async ({ page, problems }) => {
        await opened(page);
        assert.equal(await page.locator(`${handle("save-report")} > button`).innerText(), label);
        await openDialog(page);
        assert.equal(await redactSwitch(page).isChecked(), true);
        const { name, text } = await save(page, "json");
        assert.match(name, /-redacted\.json$/);
        assert.equal(JSON.parse(text).redacted, true);
        assert.doesNotMatch(text, new RegExp(`192\\.0\\.2\\.|asa\\.example\\.com|VPNPhone|${PHONE}`));
        assert.deepEqual(problems, []);
      });
    }
  },

  async "three forms in two languages hold what they should, and no secret"() {
    await withPage({}, async ({ page, problems }) => {
      await opened(page);
      await keepNames(page);
      for await (const { form, language, name, text } of reports(page)) {
        assert.equal(name, `vpn-phone-doctor-report.${{ json: "json", markdown: "md", html: "html" }[form]}`);
        assert.ok(text.includes("asa.example.com") && text.includes(PHONE), `${form}: with real names`);
        assert.doesNotMatch(text, /Kolibri7/, form);
        assert.match(text, /⟨secret⟩/, form);
        if (form === "json") {
          const report = JSON.parse(text);
          assert.deepEqual([report.schema, report.verdict.rule, report.language], ["vpn-phone-doctor/report/1", RULE, language]);
          assert.deepEqual([report.redacted, report.stages.length], [false, 12]);
        } else if (form === "markdown") {
          assert.match(text, language === "en" ? /^# The phone/ : /^# Das Telefon/);
        } else {
          assert.match(text, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
          assert.match(text, new RegExp(`<html lang="${language}"`));
          assert.doesNotMatch(text, /<script|javascript:|\son\w+=/i);
        }
      }
      assert.deepEqual(problems, []);
    });
  },

  async "redacted, nothing names anybody, the diagnosis is the same, and the map stays here"() {
    await withPage({}, async ({ page, context, problems }) => {
      const offered = [];
      page.on("download", (one) => offered.push(one.suggestedFilename()));
      await opened(page);
      await keepNames(page);
      const real = JSON.parse((await save(page, "json", "en")).text);
      const forbidden = names(real);
      assert.ok(forbidden.length > 30, `${forbidden.length} names`);
      assert.ok(left(JSON.stringify(real), forbidden).length > 15, "they are in the report with real names");
      for (const addresses of ["opaque", "topology"]) {
        await redact(page, addresses);
        for await (const { form, name, text } of reports(page)) {
          assert.match(name, /^vpn-phone-doctor-report-redacted\.(json|md|html)$/);
          assert.deepEqual(left(text, forbidden), [], `${form}, ${addresses}`);
          if (form === "json") {
            assert.deepEqual(rules(JSON.parse(text)), rules(real));
            assert.equal(JSON.parse(text).redacted, true);
          }
        }
        const text = await copied(page, RULE);
        assert.match(text, /FP-\d+/);
        assert.deepEqual(left(text, forbidden), []);
      }
      assert.ok(offered.every((name) => !name.includes("map")), offered.join());
      const map = await saveMap(page);
      assert.equal(map.name, "vpn-phone-doctor-redaction-map.json");
      for (const name of ["asa.example.com", "192.0.2.9", PHONE, "VPNPhone", "otto"]) assert.ok(map.text.includes(name), name);
      assert.doesNotMatch(map.text, /Kolibri7/);
      const told = await saveMap(page, "text");
      assert.equal(told.name, "vpn-phone-doctor-redaction-map.txt");
      for (const { pseudonym, original } of JSON.parse(map.text).entries) {
        assert.ok(told.text.includes(pseudonym) && told.text.includes(original), pseudonym);
      }
      const kept = await page.evaluate(async () => ({
        local: Object.keys(localStorage),
        others: sessionStorage.length + (await indexedDB.databases()).length,
        address: location.hash,
      }));
      assert.ok(kept.local.every((key) => /language|theme|shortcuts|keys/.test(key)), kept.local.join());
      assert.deepEqual([kept.others, (await context.cookies()).length, kept.address], [0, 0, "#/case"]);
      assert.deepEqual(problems, []);
    });
  },

  async "the preview tells what the map holds, before anything is saved"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await opened(page);
      for (const addresses of ["opaque", "topology"]) {
        await redact(page, addresses);
        const { entries } = JSON.parse((await saveMap(page)).text);
        const classOf = ({ pseudonym }) => (/^[\d.]+$|^[\da-f:]+$/.test(pseudonym) ? "IP" : pseudonym.match(/^⟨?([A-Za-z]+)/)[1]);
        const counts = {};
        for (const entry of entries) counts[classOf(entry)] = (counts[classOf(entry)] ?? 0) + 1;
        const shown = await page.locator(".counts [data-class]").evaluateAll((all) =>
          Object.fromEntries(all.filter((one) => !one.hidden).map((one) => [one.dataset.class, one.innerText])),
        );
        const { secrets, ...classes } = shown;
        assert.equal(secrets, "1 Geheimnis entfernt");
        assert.deepEqual(Object.fromEntries(Object.entries(classes).map(([of, text]) => [of, Number.parseInt(text)])), counts);
        assert.match(classes.IP, /^\d+ Adressen$/);
        const list = page.locator(handle("replaced"));
        await list.locator("summary").click();
        const rows = await list.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
        assert.deepEqual(rows, entries.map(({ original, pseudonym }) => [original, pseudonym]));
        const [before, after] = await page.locator(handle("sample")).first().locator("dd").allInnerTexts();
        assert.match(before, /F4CAEBA8348F037AC1A2A0C27FA0648C5412BF52|certHash|trust-point/);
        assert.notEqual(before, after);
      }
      assert.deepEqual(problems, []);
    });
  },

  async "what is saved twice agrees, and another case has other addresses"() {
    await withPage({}, async ({ page, problems }) => {
      await opened(page);
      const at = async () => JSON.parse((await saveMap(page)).text).entries.map((entry) => entry.pseudonym);
      await redact(page, "topology");
      const first = await at();
      await redact(page, "opaque");
      await page.locator(`${handle("addresses")} input[value=opaque]`).check();
      assert.ok((await at()).includes("IP-01"));
      await redact(page, "topology");
      await page.waitForFunction(() => document.querySelector("[data-testid=replaced]"));
      assert.deepEqual(await at(), first, "as long as the case is the same");
      await keepNames(page);
      await page.keyboard.press("Escape");
      await page.locator(handle("wipe")).click();
      await page.locator(handle("wipe-confirm")).click();
      await page.locator(handle("finding")).first().waitFor({ state: "detached" });
      await opened(page);
      assert.equal(await page.locator(handle("save-report")).innerText(), "Save redacted report");
      await openDialog(page);
      assert.equal(await redactSwitch(page).isChecked(), true, "the switch is forgotten");
      assert.equal(await page.locator(`${handle("addresses")} input[value=opaque]`).isChecked(), true);
      await redact(page, "topology");
      assert.notDeepEqual(await at(), first, "the seed is forgotten");
      assert.deepEqual(problems, []);
    });
  },

  async "a finding is copied in full, a fix always with real names"() {
    await withPage({}, async ({ page, problems }) => {
      await opened(page);
      const finding = page.locator(`${handle("finding")}[data-rule=${RULE}]`);
      const button = finding.locator(handle("copy-finding")).first();
      assert.equal(await button.innerText(), "Copy as redacted text");
      // Nobody opened the dialog: it is redacted when it is asked for.
      assert.doesNotMatch(await copied(page, RULE), /F4CAEBA8/i);
      await keepNames(page);
      await page.keyboard.press("Escape");
      await finding.getByText("Copy as text").first().waitFor();
      const text = await copied(page, RULE);
      for (const telling of [/^✖ The phone/, /SHA-1/, /phone-console\.log:7/, /Leaf cert hash = F4CA/, /Fix: CUCM/, /Verify:/, /Undo:/]) {
        assert.match(text, telling);
      }
      await redact(page);
      await page.keyboard.press("Escape");
      await finding.getByText("Copy as redacted text").first().waitFor();
      // What is typed into the person's own devices has their names, whatever is saved.
      await page.evaluate(() => {
        delete self.copied;
        navigator.clipboard.writeText = async (text) => void (self.copied = text);
      });
      await page.locator(`${handle("verdict")} .copy.strong`).click();
      await page.waitForFunction(() => self.copied?.includes("crypto"));
      assert.match(await page.evaluate(() => self.copied), /9MrrqDSPA3rBoqDCf6BkjFQSv1I=/);
      assert.deepEqual(problems, []);
    });
  },

  async "nothing is saved while it is worked out, and a failure is told and mended"() {
    await withPage({}, async ({ page }) => {
      await opened(page);
      await page.evaluate(() => {
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
          if (!message?.job || message.read || message.slice || self.healed) return post.call(this, message, ...rest);
          const answer = () => this.dispatchEvent(new MessageEvent("message", { data: { failed: "stopped", place: "" } }));
          self.fail = answer;
        };
      });
      await openDialog(page);
      const preview = page.locator(handle("redaction-preview"));
      await preview.getByText("Working out").waitFor();
      const forms = page.locator(`${handle("save-report")} [data-form]`);
      assert.deepEqual(await forms.evaluateAll((all) => all.map((one) => one.disabled)), [true, true, true]);
      await page.waitForFunction(() => self.fail);
      await page.evaluate(() => self.fail());
      await preview.getByText("could not be made").waitFor();
      assert.ok(await forms.first().isDisabled());
      await page.evaluate(() => (self.healed = true));
      await preview.getByRole("button", { name: "Try again" }).click();
      await page.locator(handle("replaced")).waitFor();
      assert.match((await save(page, "json")).text, /"redacted": true/);
    });
  },

  async "the dialog works by keyboard and fits 360 px, in German"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      await page.setViewportSize({ width: 360, height: 760 });
      await opened(page);
      const inDialog = () => page.evaluate(() => document.activeElement.closest("dialog") !== null);
      await page.locator(`${handle("save-report")} > button`).focus();
      await page.keyboard.press("Enter");
      await dialog(page).waitFor();
      assert.ok(await inDialog(), "the focus goes in");
      await page.locator(handle("replaced")).waitFor();
      await redactSwitch(page).focus();
      for (const names of ["echten Namen", "Geschwärzt"]) {
        await page.keyboard.press("Space");
        await page.locator("#save-forms").filter({ hasText: names }).waitFor();
      }
      await page.locator(handle("replaced")).waitFor();
      await page.keyboard.press("?");
      await page.keyboard.press("2");
      assert.equal(await page.evaluate(() => location.hash), "#/case", "the page below keeps still");
      const wide = await dialog(page).evaluate((one) => [one.scrollWidth - one.clientWidth, document.documentElement.scrollWidth - innerWidth]);
      assert.ok(wide.every((more) => more <= 0), wide.join());
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "hidden" });
      await page.waitForFunction(() => document.activeElement.parentElement?.dataset.testid === "save-report");
      assert.equal(await page.locator(handle("save-report")).innerText(), "Bericht geschwärzt speichern");
      assert.deepEqual(problems, []);
    });
  },
};
