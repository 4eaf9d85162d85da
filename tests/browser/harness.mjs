// Opens the packed page in a real Chromium, over file://, with a profile of its own, and writes down everything
// that a developer's console would show.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

export { assert };

/// A path inside the project.
export const inProject = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const PAGE = inProject("dist/vpn-phone-doctor.html");

/// A handle of the page, see the contract of ids.
export const handle = (id) => `[data-testid=${id}]`;

/// How many times slower the processor is made, as `SLOW=4` asks for.
export const SLOW = Number(process.env.SLOW ?? 1);

/// Milliseconds that anything may take that a page was asked for: the one bound of all waits. It is there so that a
/// test which waits in vain ends, and generous, because how fast a machine is says nothing of the page.
export const PATIENCE = 60_000 * SLOW;

/// Milliseconds to wait for what must not come, longer on a slow machine.
export const inVain = (millis) => millis * SLOW;

/// Makes a page's processor as slow as it is asked to be.
async function slowed(page) {
  if (SLOW === 1) return;
  const debug = await page.context().newCDPSession(page);
  await debug.send("Emulation.setCPUThrottlingRate", { rate: SLOW });
}

/// Runs `work` with a fresh browser and its first page, and closes it whatever happens. The page is opened from the
/// disk, or from `options.url`; the function `options.prepare` runs in it before anything else.
export async function withPage(options, work) {
  const profile = mkdtempSync(join(tmpdir(), "vpn-phone-doctor-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...(options.args ?? [])],
    locale: options.locale ?? "en-GB",
    colorScheme: options.colorScheme,
    forcedColors: options.forcedColors,
    reducedMotion: options.reducedMotion,
    viewport: options.viewport ?? { width: 1280, height: 900 },
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    context.setDefaultTimeout(PATIENCE);
    // A page that another one opened may be gone before it can be slowed.
    context.on("page", (opened) => slowed(opened).catch(() => {}));
    await slowed(page);
    const problems = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    if (options.prepare) await page.addInitScript(options.prepare);
    await page.goto((options.url ?? pathToFileURL(options.file ?? PAGE)) + (options.route ?? ""));
    return await work({ page, context, problems, profile }).catch(async (error) => {
      const shown = await within(5_000, page.locator("body").innerText()).catch((silent) => `nothing: ${silent.message}`);
      const lines = shown.split("\n").filter((line) => line.trim() !== "");
      error.stack += `\nThe console has ${JSON.stringify(problems.slice(0, 20))}, and the page shows:\n${lines.slice(0, 60).join("\n")}`;
      throw error;
    });
  } finally {
    await context.close();
    if (options.afterClose) options.afterClose(profile);
    rmSync(profile, { recursive: true, force: true });
  }
}

/// What a promise brings, unless it takes too long: a page that hangs answers nothing.
const within = (millis, promise) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(reject, millis, new Error(`no answer within ${millis} ms`)))]);

/// Gives files to the page as its file chooser does. A file is a path, or { name, mimeType, buffer }.
export async function choose(page, files) {
  await page.locator(`${handle("drop-zone")} input[type=file]`).setInputFiles(files);
}

/// Drops files made of text onto the middle of the window.
export async function drop(page, files) {
  await page.evaluate((files) => {
    const carried = new DataTransfer();
    for (const [name, text] of files) carried.items.add(new File([text], name));
    const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
    for (const type of ["dragenter", "dragover", "drop"]) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
    }
  }, files);
}

/// Pastes text with nothing focused.
export async function paste(page, text) {
  await page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }, text);
}

/// To be given as `prepare`: keeps in mind that a button said that it copied, which it does for two seconds only.
export const watchCopies = () => {
  new MutationObserver(() => {
    self.said ||= [...document.querySelectorAll(".copy")].some((button) => /Copied|Kopiert/.test(button.textContent));
  }).observe(document, { childList: true, characterData: true, subtree: true });
};

/// Waits until a button said that it copied.
export async function copied(page) {
  await page.waitForFunction(() => self.said);
  await page.evaluate(() => (self.said = false));
}

/// Asks again until an answer is right, and not for ever: what a page shows may come in several pictures.
async function until(ask, right, wanted, why = "") {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (right(answer)) return;
    if (performance.now() > end) assert.fail(`${why}: wanted ${wanted}, and it stays ${answer}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
}

/// Waits until there are so many of something.
export const counts = (locator, wanted, why) => until(() => locator.count(), (count) => count === wanted, wanted, why);

/// Waits until a text that is there fits.
export const says = (locator, wanted, why) => until(() => locator.innerText(), (text) => wanted.test(text), wanted, why);

/// Waits until an attribute has a value.
export const has = (locator, name, wanted, why) =>
  until(() => locator.getAttribute(name), (value) => value === wanted, wanted, why);

/// Waits for the verdict of one rule, and for what stands below it, which comes in the next picture.
export const verdict = (page, rule) => judged(page, `[data-rule="${rule}"]`);

/// Waits for a verdict, whatever it is.
export async function judged(page, which = "") {
  await page.locator(`${handle("verdict")}${which}`).waitFor();
  await page.locator(".findings[aria-busy=true]").waitFor({ state: "detached" });
}

/// The text of a file of the example case.
export const example = (name) => readFileSync(inProject(`assets/examples/replaced-certificate/${name}`), "utf8");

const AXE = readFileSync(inProject("node_modules/axe-core/axe.min.js"), "utf8");

/// What axe-core finds in the page as it stands. Its best practices count like its rules.
export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in self))) {
    // The page's policy lets no script in from outside; the debugger is not bound by it.
    const debug = await page.context().newCDPSession(page);
    await debug.send("Runtime.evaluate", { expression: AXE });
  }
  const { violations } = await page.evaluate(() =>
    // Without `runOnly` best practices are run too; the size of targets is of WCAG 2.2 and off unless asked for.
    self.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
}

/// Axe-core finds nothing.
export const sound = async (page, where) => assert.deepEqual(await violations(page), [], where);

/// A file to choose.
export const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/// An ASA that serves phones, which inherit that nobody may log in.
const ASA = `: Saved
:
ASA Version 9.1(5)
!
hostname asa
interface GigabitEthernet0/0
 nameif outside
 security-level 0
 ip address 192.0.2.1 255.255.255.0
!
ip local pool PHONES 198.51.100.10-198.51.100.99 mask 255.255.255.0
ssl encryption aes128-sha1 3des-sha1
webvpn
 enable outside
 anyconnect enable
group-policy DfltGrpPolicy attributes
 vpn-simultaneous-logins 0
 vpn-tunnel-protocol ssl-client
group-policy GP-PHONES internal
group-policy GP-PHONES attributes
 address-pools value PHONES
tunnel-group VPNPhone type remote-access
tunnel-group VPNPhone general-attributes
 default-group-policy GP-PHONES
tunnel-group VPNPhone webvpn-attributes
 authentication certificate
 group-url https://asa.example.com/VPNPhone enable
: end
`;
/// Its files, with a phone that dials it.
export const serving = () => [
  file("asa.txt", ASA),
  file("SEP001122334455.cnf.xml", example("SEP001122334455.cnf.xml")),
];
