// A whole session of a person, with one word wherever a file or a person may name something: files chosen, dropped and
// pasted, every view, everything that can be typed, everything that can be saved or copied. What must not leave and must
// not stay is looked for afterwards by that word.

import { choose, drop, file, handle, judged, paste } from "./harness.mjs";
import { PAIR, PHONES, ROUTES, go, unfold } from "./states.mjs";

/// A word that no file but this one holds.
export const MARK = "zqxcanary";

/// A name with the mark in the place of each name of the case of two phones.
const marked = (text) =>
  text
    .replaceAll("vpn.example.com", `${MARK}.example.com`)
    .replaceAll("hostname asa", `hostname ${MARK}`)
    .replaceAll(" asa :", ` ${MARK} :`)
    .replaceAll("PHONES", `${MARK}-phones`)
    .replaceAll("/Phones", `/${MARK}`);

const CASE = PAIR.map(({ name, buffer }) =>
  file(name.startsWith("SEP") ? name : `${MARK}-${name}`, marked(buffer.toString())),
);

/// A command that an administrator typed, with a secret.
const COMMAND = `Nov 24 2026 08:01:00 ${MARK} : %ASA-5-111008: User '${MARK}' executed the 'passwd ${MARK}' command.\n`;

/// What a click gives to be saved, thrown away.
async function saved(page, button) {
  const offered = page.waitForEvent("download");
  await button.click();
  await (await offered).delete();
  return 1;
}

/// All of it; how many files were saved.
export async function session(page) {
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (self.copied = text);
  });
  await go(page, "#/");
  const [config, ...others] = CASE;
  await choose(page, others);
  await judged(page);
  await drop(page, [[config.name, config.buffer.toString()]]);
  await paste(page, COMMAND);
  await page.locator(handle("input")).nth(CASE.length).waitFor();
  await page.locator(handle("progress")).waitFor({ state: "detached" });
  await judged(page);
  for (const route of ROUTES) {
    await go(page, route);
    await unfold(page);
  }
  await typed(page);
  return (await foretold(page)) + (await leaves(page));
}

/// Searches, an answer, a file that is looked into, and the tools.
async function typed(page) {
  await go(page, "#/case");
  await page.locator("#search").fill(MARK);
  await page.locator(handle("search-hit")).first().click();
  await page.locator(handle("telling-line")).waitFor();
  await page.locator(handle("find")).fill(MARK);
  await page.locator("#viewer-close").click();
  await page.locator(handle("viewer")).waitFor({ state: "detached" });
  await page.locator("#search").fill("");
  await unfold(page);
  await page.locator(`${handle("question")}[data-key=phone] ${handle("answer-field")}`).fill(PHONES.new);
  await page.keyboard.press("Enter");
  await page.locator(handle("only-phone")).waitFor();
  await go(page, "#/hash");
  await page.locator(handle("hash-input")).first().fill(MARK);
  await page.locator(handle("hash-verdict")).waitFor();
  await go(page, "#/manual");
  await page.locator(handle("manual-search")).fill(MARK);
  await go(page, "#/trust");
  await page.locator(`${handle("check-file")} input`).setInputFiles([file(`${MARK}.html`, MARK)]);
  await page.locator(handle("file-hash")).waitFor();
  await go(page, "#/");
  await page.locator(handle("symptom-search")).fill(MARK);
}

/// A plan and a comparison, each as a table.
async function foretold(page) {
  await go(page, "#/plan");
  await page.locator(`${handle("plan-change")}[data-key=ssl] textarea`).fill(`ssl trust-point ${MARK} outside\n`);
  await page.locator(handle("plan-ask")).click();
  await page.locator(handle("plan-result")).waitFor();
  let files = await saved(page, page.locator(handle("sheet-csv")));
  await go(page, "#/compare");
  await page.locator(handle("difference")).first().waitFor();
  await page.locator(handle("redact-sheet")).uncheck();
  files += await saved(page, page.locator(handle("sheet-markdown")));
  return files;
}

/// Reports in every form with names and without, the map, the case, a ticket, a script.
async function leaves(page) {
  await go(page, "#/case");
  await page.locator(handle("ticket")).click();
  await page.waitForFunction(() => self.copied !== undefined);
  let files = await saved(page, page.locator(handle("collection-script")).first());
  const dialog = page.locator(`${handle("save-report")} dialog`);
  // It closes with what is saved.
  const open = async () => {
    if (!(await dialog.isVisible())) await page.locator(`${handle("save-report")} > button`).click();
  };
  const save = async (which) => {
    await open();
    files += await saved(page, dialog.locator(which));
  };
  const forms = ["json", "markdown", "html"].map((form) => `[data-form=${form}]`);
  const maps = ["json", "text"].map((map) => `[data-map=${map}]`);
  await open();
  await page.locator(handle("redact")).check();
  await page.locator(handle("replaced")).waitFor();
  for (const which of [...maps, ...forms]) await save(which);
  await open();
  await page.locator(handle("redact")).uncheck();
  for (const which of [...forms, handle("save-case")]) await save(which);
  return files;
}
