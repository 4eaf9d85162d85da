// A first-time user's path, counted in actions: from the opened page to a copied fix for the seed story, in which a
// certificate was replaced on the ASA and the phones still have the hash of the old one.

import { assert, copied, drop, example, handle, paste, verdict, watchCopies, withPage } from "./harness.mjs";

const PHONE = example("SEP001122334455.cnf.xml");
/// As the seed story shows it: only the part of the phone's configuration that is about VPN.
const FRAGMENT = PHONE.slice(PHONE.indexOf("<vpnGroup>"), PHONE.indexOf("</vpnGroup>") + "</vpnGroup>\n".length);
const LOG = example("phone-console.log");
const ASA_LOG = example("asa-logging.txt");
const ASA = example("asa-running-config.txt");
const SEED = [["phone.log", LOG], ["vpngroup.xml", FRAGMENT], ["asa.log", ASA_LOG]];
const WHOLE = [...SEED, ["asa.txt", ASA]];

const COPY = `${handle("verdict")} .copy`;

/// What a person does, counted.
class Person {
  constructor(page) {
    this.page = page;
    this.did = [];
  }
  async drop(files) {
    this.did.push("drop");
    await drop(this.page, files);
  }
  async paste(text) {
    this.did.push("paste");
    await paste(this.page, text);
  }
  async click(selector) {
    this.did.push("click");
    await this.page.locator(selector).first().click();
  }
  async press(key) {
    this.did.push(key);
    await this.page.keyboard.press(key);
  }
}

const path = (options, work) => async () => {
  await withPage({ ...options, prepare: watchCopies }, async ({ page, problems }) => {
    await page.locator(handle("drop-zone")).waitFor();
    await work(new Person(page), page);
    assert.deepEqual(problems, []);
  });
};

/// What lies in the clipboard, as the next program would get it.
async function clipboard(page) {
  await copied(page);
  await page.evaluate(() => {
    const field = document.createElement("textarea");
    field.id = "ticket";
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press("Control+V");
  const text = await page.locator("#ticket").inputValue();
  await page.locator("#ticket").evaluate((field) => field.remove());
  return text;
}

/// In an engineer's order: where in CUCM, what hash must come out, what to type on the ASA, what to see, how to go back.
const NEEDED = {
  en: ["Phone-VPN-trust", "VPN Gateway", "Apply Config", "What you see afterwards", "To undo it"],
  de: ["Phone-VPN-trust", "VPN Gateway", "Apply Config", "Das sehen Sie danach", "So machen Sie es rückgängig"],
};

function complete(text, lang, own) {
  for (const word of [...NEEDED[lang], ...own]) assert.ok(text.includes(word), `${word} in:\n${text}`);
}

const CASES = [
  { lang: "en", options: {}, hash: "9MrrqDSPA3rBoqDCf6BkjFQSv1I=" },
  { lang: "de", options: { locale: "de-DE" }, hash: "9MrrqDSPA3rBoqDCf6BkjFQSv1I=" },
];

const tests = {};
for (const { lang, options, hash } of CASES) {
  Object.assign(tests, {
    [`the seed story's files: one drop, one click (${lang})`]: path(options, async (person, page) => {
      await person.drop(SEED);
      await verdict(page, "cert-hash-mismatch");
      await person.click(COPY);
      complete(await clipboard(page), lang, [hash, "crypto ca export <trustpoint> identity-certificate"]);
      assert.deepEqual(person.did, ["drop", "click"]);
    }),

    [`with the ASA's configuration the fix has the case's own names (${lang})`]: path(options, async (person, page) => {
      await person.drop(WHOLE);
      await verdict(page, "cert-hash-mismatch");
      await person.click(COPY);
      complete(await clipboard(page), lang, [hash, "crypto ca export ASA-2026 identity-certificate"]);
      assert.equal(person.did.length, 2);
    }),

    [`the example: two clicks (${lang})`]: path(options, async (person, page) => {
      await person.click(handle("example-case"));
      await verdict(page, "cert-hash-mismatch");
      await person.click(COPY);
      complete(await clipboard(page), lang, [hash, "ASA-2026"]);
      assert.deepEqual(person.did, ["click", "click"]);
    }),

    [`all pasted in one piece: one paste, one click (${lang})`]: path(options, async (person, page) => {
      await person.paste(`Hello,\nthe phone's log:\n${LOG}\nits settings:\n${FRAGMENT}\nand the ASA:\n${ASA_LOG}`);
      await verdict(page, "cert-hash-mismatch");
      await person.click(COPY);
      complete(await clipboard(page), lang, [hash]);
      assert.deepEqual(person.did, ["paste", "click"]);
    }),

    [`from what is seen: a click on it, one drop, one click (${lang})`]: path(options, async (person, page) => {
      await person.click(`${handle("symptom")}[data-symptom=hash-mismatch]`);
      await page.locator(handle("wizard-question")).waitFor();
      await person.drop(SEED);
      const end = `${handle("wizard-end")}[data-rule=cert-hash-mismatch]`;
      await page.locator(`${end} ${handle("finding")}`).first().waitFor();
      await person.click(`${end} .wizard-body > .buttons .copy`);
      complete(await clipboard(page), lang, [hash]);
      assert.deepEqual(person.did, ["click", "drop", "click"]);
    }),

    [`with the keyboard alone (${lang})`]: path(options, async (person, page) => {
      // Pasting is one stroke, copying the fix another.
      await paste(page, LOG + FRAGMENT + ASA_LOG);
      await verdict(page, "cert-hash-mismatch");
      await person.press("c");
      complete(await clipboard(page), lang, [hash]);
      assert.deepEqual(person.did, ["c"]);

      // The example is reached with the tab key from the page's beginning.
      await page.locator(handle("wipe")).press("Enter");
      await page.locator(handle("wipe-confirm")).press("Enter");
      await page.locator(handle("example-case")).waitFor();
      await page.reload();
      await page.locator(handle("example-case")).waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.dataset.testid);
      let tabs = 0;
      while ((await focused()) !== "example-case") {
        await person.press("Tab");
        tabs += 1;
        assert.ok(tabs <= 14, `the example lies ${tabs} steps away`);
      }
      await person.press("Enter");
      await verdict(page, "cert-hash-mismatch");
      await person.press("c");
      complete(await clipboard(page), lang, [hash, "ASA-2026"]);
    }),
  });
}

export default tests;
