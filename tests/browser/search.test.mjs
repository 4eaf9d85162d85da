// The search in the files: lines of which nothing was read, deep in large files and in what is packed, by keyboard and on
// a small screen; what is typed stays in the page.

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { assert, choose, counts, example, file, handle, has, judged, says, sound, verdict, withPage } from "./harness.mjs";

const IN_FILES = handle("in-files");
const HITS = handle("search-hit");

const opened = async (page) => {
  await page.locator(handle("example-case")).click();
  await verdict(page, "cert-hash-mismatch");
};

/// Types into the search and waits until the files were looked through.
const searched = async (page, text) => {
  await page.locator("#search").fill(text);
  await page.locator(HITS).filter({ hasText: new RegExp(text.replaceAll(".", "\\."), "i") }).first().waitFor();
  await has(page.locator(IN_FILES), "data-running", "false");
};

/// A mail with one attachment.
const mail = (name, bytes) =>
  `From: a@example.com\nTo: b@example.com\nSubject: phone\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="cut"\n\n--cut\nContent-Type: text/plain\n\nThe log of Ottokar.\n--cut\nContent-Type: application/octet-stream; name="${name}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"\n\n${bytes.toString("base64").replace(/.{76}/g, "$&\n")}\n--cut--\n`;

export default {
  async "a line of which nothing was read is found, and opens where it stands"() {
    await withPage({}, async ({ page, problems }) => {
      await opened(page);
      const text = example("asa-running-config.txt").split("\n").find((line) => line.startsWith("hostname"));
      await page.keyboard.press("/");
      await page.keyboard.type(text.toUpperCase());
      const hit = page.locator(HITS).filter({ hasText: text });
      await hit.first().waitFor();
      await says(hit.first().locator("mark").first(), new RegExp(`^${text}$`));
      await says(hit.first(), /asa-running-config\.txt:\d+/);
      await sound(page, "search in the files");
      await hit.first().focus();
      await page.keyboard.press("Enter");
      const telling = page.locator(handle("telling-line"));
      await says(telling, new RegExp(text));
      assert.equal(await page.locator(handle("find")).inputValue(), text.toUpperCase(), "the file is searched for the same");
      await sound(page, "a file that is searched");
      await page.keyboard.press("Escape");
      await page.locator(handle("viewer")).waitFor({ state: "detached" });
      await page.waitForFunction(() => document.activeElement?.dataset.testid === "search-hit");
      await page.locator(handle("match-case")).check();
      await says(page.locator(IN_FILES), /No line holds this text/);
      assert.deepEqual(problems, []);
    });
  },

  async "an address three hundred megabytes deep is found, and a search can be stopped"() {
    const folder = mkdtempSync(join(tmpdir(), "vpn-phone-doctor-"));
    try {
      const path = join(folder, "asa.log");
      const log = openSync(path, "w");
      const line = "Nov 24 2026 08:00:01: %ASA-6-302013: Built inbound TCP connection 1 for outside:198.51.100.7/50000 (198.51.100.7/50000) to identity:192.0.2.1/443\n";
      const part = Buffer.from(line.repeat(Math.ceil((10 << 20) / line.length)));
      for (let written = 0; written < 300 << 20; written += part.length) writeSync(log, part);
      writeSync(log, "Nov 24 2026 08:00:02: %ASA-6-302013: Built inbound TCP connection 2 for outside:203.0.113.77/50000\n");
      writeSync(log, part);
      closeSync(log);
      await withPage({}, async ({ page, problems }) => {
        await choose(page, [path]);
        await judged(page);
        await page.locator("#search").fill("203.0.113.77");
        const start = page.locator(handle("search-files"));
        await says(start, /3\d\d MB/, "so much is not read unasked");
        await start.click();
        const hit = page.locator(HITS);
        await hit.first().waitFor();
        await counts(hit, 1);
        await hit.click();
        await says(page.locator(handle("telling-line")), /203\.0\.113\.77/);
        await page.keyboard.press("Escape");
        await page.locator("#search").fill("302013");
        await start.click();
        await page.locator(handle("stop-search")).click();
        await start.waitFor();
        await has(page.locator(IN_FILES), "data-running", "false");
        assert.deepEqual(problems, []);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },

  async "members of archives and mails are searched, and what is no text is told"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      const packed = gzipSync(Buffer.from(`${example("asa-logging.txt")}a line with Kolibri7 in it\n`));
      const picture = { name: "screen.png", mimeType: "image/png", buffer: Buffer.alloc(6000, 1) };
      await choose(page, [file("ticket.eml", mail("asa.log.gz", packed)), picture]);
      await judged(page);
      await searched(page, "kolibri7");
      await counts(page.locator(HITS), 1);
      await says(page.locator(HITS), /ticket\.eml.*asa\.log/);
      await says(page.locator(IN_FILES), /1 Datei wurde nicht durchsucht/);
      await page.locator(HITS).click();
      await says(page.locator(handle("telling-line")), /Kolibri7/);
      await page.keyboard.press("Escape");
      await searched(page, "ottokar");
      await says(page.locator(HITS).first(), /ticket\.eml:\d+/);
      assert.deepEqual(problems, []);
    });
  },

  async "an open file is searched from hit to hit"() {
    await withPage({}, async ({ page, problems }) => {
      const filler = (from) => Array.from({ length: 20_000 }, (_, n) => `${from + n}: NOT 09:00:00.000000 DHCP: something else\n`).join("");
      const needle = (which) => `9: NOT 09:00:00.000000 DHCP: needle ${which}\n`;
      const log = filler(1) + needle("one") + example("phone-console.log") + filler(30_000).slice(0, 150_000) + needle("two");
      await choose(page, [file("long.log", log)]);
      await judged(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await page.locator(handle("view-line")).first().click();
      await page.locator(handle("telling-line")).waitFor();
      await page.keyboard.press("/");
      await page.waitForFunction(() => document.activeElement.id === "find");
      await page.keyboard.type("NEEDLE");
      await says(page.locator(handle("found")), /– of 2/);
      await page.keyboard.press("Enter");
      await says(page.locator(handle("telling-line")), /needle two/);
      await says(page.locator(handle("found")), /2 of 2/);
      assert.equal(await page.evaluate(() => document.activeElement.id), "find", "the keyboard stays in the field");
      await page.keyboard.press("Shift+Enter");
      await says(page.locator(handle("telling-line")), /needle one/);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(handle("find")).inputValue(), "");
      assert.deepEqual(problems, []);
    });
  },

  async "what is typed is stored nowhere and goes with the case, and there is room on a small screen"() {
    await withPage({ viewport: { width: 390, height: 844 }, locale: "de-DE" }, async ({ page, problems }) => {
      await opened(page);
      await searched(page, "asa.example.com");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!wide, "nothing sticks out");
      await sound(page, "search at 390 px");
      const kept = await page.evaluate(() => [location.href, document.title, ...Object.values(localStorage), ...Object.values(sessionStorage)].join(" "));
      assert.doesNotMatch(kept, /asa\.example/);
      await page.locator("#search").press("Escape");
      await searched(page, "asa.example.com");
      await page.locator(handle("wipe")).click();
      await page.locator(".overlay .dialog .button:not(#dialog-close)").click();
      await opened(page);
      assert.equal(await page.locator("#search").inputValue(), "");
      assert.deepEqual(problems, []);
    });
  },
};
