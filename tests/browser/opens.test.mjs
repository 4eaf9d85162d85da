// The packed file opens from disk, needs nothing else, and says something sensible where it cannot work.

import { readFileSync, writeFileSync, mkdirSync } from "node:fs";

import { PAGE, assert, drop, example, handle, inProject, inVain, judged, paste, says, verdict, withPage } from "./harness.mjs";
import { ROUTES } from "./states.mjs";

/// Unpacks what the page unpacks, by the page's own functions.
function unpacked(page) {
  const boot = readFileSync(inProject("assets/boot.js"), "utf8");
  const unbase128 = boot.slice(boot.indexOf("function unbase128"), boot.indexOf("\n}\n") + 3);
  const own = ["unlzma", "streams"].map((name) => readFileSync(inProject(`assets/${name}.js`), "utf8"));
  const [, sizes, packed] = page.match(/<script type="text\/plain" id="packed" data-parts="([\d+ ]+)">([^<]*)<\/script>/);
  const whole = `(sizes) => (sizes.length > 1 ? together(sizes.map(unpack)) : unpack(sizes[0]))`;
  const made = new Function("packed", `${own.join("")}${unbase128}\nconst unpack = unlzma(unbase128(packed));\nreturn ${whole};`);
  const part = made(packed);
  return sizes.split(" ").map((part_sizes) => Buffer.from(part(part_sizes.split("+").map(Number))).toString("latin1"));
}

/// Addresses that stand in the page as words. Nothing fetches them: they name a kind, are typed by people, or are examples.
const ADDRESSES = [
  // Namespaces of XML and SVG.
  /^http:\/\/www\.w3\.org\//,
  // What people type at their own CUCM, and names that nobody has (RFC 2606).
  /^http:\/\/CUCM:6970\//,
  // The same in the scripts that a person saves and runs there.
  /^http:\/\/\$(CUCM|\{Cucm\}):6970\/\$(1|Name)$/,
  /^https:\/\/[a-z\d-]+(\.example\.com|\.invalid)(:443)?\//,
  // Words of a licence, and where a rule says that Cisco keeps its certificates.
  /^http:\/\/www\.apache\.org\/licenses\//,
  /^http:\/\/www\.cisco\.com\/security\/pki\/certs\/cmca2\.cer$/,
];

export default {
  async "no error and no violation on any route"() {
    await withPage({}, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      for (const route of ROUTES) {
        await page.evaluate((route) => (location.hash = route), route);
        await page.locator("#page h1").first().waitFor();
      }
      assert.equal(await page.evaluate(() => location.hash), ROUTES.at(-1), "a route is a hash");
      assert.deepEqual(problems, []);
    });
  },

  async "what is dropped or pasted before the page has started is read by it"() {
    const texts = ["asa-running-config.txt", "SEP001122334455.cnf.xml"].map(example);
    const prepare = `addEventListener("DOMContentLoaded", () => {
      const [asa, phone] = ${JSON.stringify(texts)};
      const dropped = new DataTransfer();
      dropped.items.add(new File([asa], "asa.txt"));
      const pasted = new DataTransfer();
      pasted.setData("text/plain", phone);
      self.early = !document.querySelector("[data-testid=drop-zone]");
      self.prevented = [
        new DragEvent("dragover", { dataTransfer: dropped, bubbles: true, cancelable: true }),
        new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }),
        new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }),
      ].map((event) => !document.body.dispatchEvent(event));
    });`;
    await withPage({ prepare }, async ({ page, problems }) => {
      await verdict(page, "cert-hash-mismatch");
      const names = await page.locator(`${handle("input")} .name`).allInnerTexts();
      const own = names.filter((name) => name !== "show running-config").sort();
      assert.deepEqual(own, ["asa.txt", "pasted text"], "once each");
      // By itself a browser leaves the page for the file that is dropped on it.
      assert.deepEqual(await page.evaluate(() => [self.early, self.prevented]), [true, [true, true, true]]);
      assert.deepEqual(problems, []);
    });
  },

  async "the policy stands first and the file refers to nothing outside"() {
    const text = readFileSync(PAGE, "utf8");
    assert.match(text, /<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/);
    const markup = text.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<style[\s\S]*?<\/style>/g, "");
    const outside = [...markup.matchAll(/(?:src|href|srcset|action)="(?!data:,|#)([^"]*)"/g)].map((found) => found[1]);
    assert.deepEqual(outside, []);
    const scripts = [...text.matchAll(/<script[^>]*>/g)].map((found) => found[0]);
    assert.equal(scripts.filter((tag) => tag === "<script>").length, 1, "one script that runs");
    // The self-test alone tries, and is refused.
    const selfTest = readFileSync(inProject("assets/leaks.js"), "utf8");
    const evaluates = (text) => text.match(/\beval\)?\(|\bnew Function\(/g)?.length ?? 0;
    assert.ok(evaluates(selfTest) > 0);
    assert.equal(evaluates(text), evaluates(selfTest), "nothing else makes code of text");
    assert.equal(evaluates(readFileSync(inProject("assets/worker.js"), "utf8")), 0);
  },

  async "of all that is shipped, unpacked, nothing names an address but what is known here"() {
    const page = readFileSync(PAGE, "utf8");
    const parts = unpacked(page);
    assert.equal(parts.length, 4);
    for (const binary of [parts[1], parts[3]]) {
      assert.ok(WebAssembly.validate(Buffer.from(binary, "latin1")), "both binaries came out");
    }
    const all = [page.replace(/id="packed"[^>]*>[^<]*/, ""), ...parts].join("\n");
    const found = new Set(all.match(/\b(?:https?|wss?|ftps?|stuns?|turns?):\/\/[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x5f\x61-\x7e]+/g));
    assert.ok(found.size > 5, [...found].join(" "));
    assert.deepEqual([...found].filter((address) => !ADDRESSES.some((known) => known.test(address))).sort(), []);
  },

  async "without WebAssembly two hashes can still be compared, in any notation"() {
    await withPage({ args: ["--js-flags=--jitless"] }, async ({ page, problems }) => {
      await page.locator("#fallback").filter({ hasText: /switched off.*abgeschaltet/s }).waitFor();
      const said = async (first, second) => {
        await page.locator("#fallback-first").fill(first);
        await page.locator("#fallback-second").fill(second);
        return page.locator("#fallback-verdict").innerText();
      };
      const base64 = "5X6B6plUwUSXZnjQ4kGM33mpMXY=";
      const hex = "E57E81EA9954C144976678D0E2418CDF79A93176";
      const other = "1289B8A7AA9FFD84865E38939F3466A61B5608FC";
      const long = "ab".repeat(32);
      for (const [first, second, verdict] of [
        [base64, hex, "= Equal · Gleich"],
        [base64, hex.toLowerCase(), "= Equal"],
        [base64, hex.match(/../g).join(":"), "= Equal"],
        [base64, hex.match(/.{8}/g).join(" ").toLowerCase(), "= Equal"],
        [base64, `SHA1 Fingerprint=${hex.match(/../g).join(":")}`, "= Equal"],
        [base64, `908: NOT 10:19:27.375718 SECD: Leaf cert hash = ${hex}`, "= Equal"],
        [`<certHash1>${base64}</certHash1>`, hex, "= Equal"],
        [`<certHash1>5X6B6plUwUSX\n  ZnjQ4kGM33mpMXY=</certHash1>`, hex, "= Equal"],
        [`certHash1=${base64}`, hex, "= Equal"],
        [base64.replace("=", ""), hex, "= Equal"],
        ["4+eD08ycMK7e/83rXs/uCP+PFoQ=", "4-eD08ycMK7e_83rXs_uCP-PFoQ", "= Equal"],
        [base64, other, "≠ Different, from byte 1 on · Verschieden, ab Byte 1"],
        [hex, hex.replace("78D0", "78D1"), "≠ Different, from byte 12 on"],
        [base64, long, "≠ Different kinds: SHA-1 and SHA-256 cannot be compared"],
      ]) {
        const verdicts = await said(first, second);
        assert.ok(verdicts.startsWith(verdict), `${first} | ${second}: ${verdicts}`);
      }
      const read = page.locator("#fallback-second-read");
      assert.equal(await said(base64, hex.slice(2)), "");
      await says(read, /38 hex digits.*38 Hex-Ziffern/);
      assert.equal(await said(base64, "no hash"), "");
      await says(read, /Not a hash · Kein Hash/);
      await said(base64, hex);
      const both = await page.locator("#fallback-first-read").innerText();
      assert.equal(both, `SHA-1\n${hex.match(/../g).join(":")}\n${base64}`);
      assert.deepEqual(problems, []);
    });
  },

  async "without WebAssembly axe-core finds nothing, in light, dark and at 360 px"() {
    const axe = readFileSync(inProject("node_modules/axe-core/axe.min.js"), "utf8");
    for (const colorScheme of ["light", "dark"]) {
      await withPage({ args: ["--js-flags=--jitless"], colorScheme }, async ({ page }) => {
        await page.setViewportSize({ width: 360, height: 760 });
        await page.locator("#fallback-first").fill("5X6B6plUwUSXZnjQ4kGM33mpMXY=");
        await page.locator("#fallback-second").fill("no hash");
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await axe.run()).violations.map((one) => one.id));
        assert.deepEqual(found, []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is cut off");
      });
    }
  },

  async "a damaged page says that it stopped, and does not blame the browser"() {
    const damaged = inProject("target/browser/damaged.html");
    mkdirSync(inProject("target/browser"), { recursive: true });
    const text = readFileSync(PAGE, "utf8");
    const begin = text.indexOf('id="packed"') + 20_000;
    writeFileSync(damaged, text.slice(0, begin) + "!".repeat(2_000) + text.slice(begin + 2_000));
    await withPage({ file: damaged }, async ({ page }) => {
      await page.locator("#recovery").waitFor();
      assert.equal(await page.locator("#fallback").isVisible(), false);
    });
  },

  async "a page that stopped begins again with the files that it had"() {
    const prepare = () => {
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...given) => (self.made = await instantiate(...given));
    };
    const files = ["asa-running-config.txt", "SEP001122334455.cnf.xml", "phone-console.log"].map((name) => [name, example(name)]);
    await withPage({ prepare }, async ({ page, problems }) => {
      const names = () => page.locator(`${handle("input")} .name`).allInnerTexts();
      const again = page.locator("#recovery-again");
      const stop = async () => {
        // Memory that means nothing: whatever the page does next, it stops.
        await page.evaluate(() => new Uint8Array(made.exports.memory.buffer).fill(0xff));
        await page.keyboard.press("?");
        await page.locator("#recovery").waitFor();
        assert.equal(await page.locator("#page").isVisible(), false);
      };
      await drop(page, files);
      await paste(page, example("asa-logging.txt"));
      await verdict(page, "cert-hash-mismatch");
      const takeOut = () => page.locator(handle("input")).filter({ hasText: "phone-console.log" }).locator("button.square").first().click();
      await takeOut();
      await page.locator(handle("put-back")).click();
      await takeOut();
      await page.locator(handle("put-back")).waitFor();
      const before = await names();
      assert.ok(before.includes("pasted text") && !before.includes("phone-console.log"), before.join());
      await stop();
      await again.click();
      await verdict(page, "cert-hash-mismatch");
      assert.deepEqual(await names(), before);
      // The page that stopped hears nothing any more: one drop is one file.
      await drop(page, [files[2]]);
      await page.locator(handle("input")).filter({ hasText: "phone-console.log" }).waitFor();
      assert.equal((await names()).length, before.length + 1);
      // What is forgotten is held no longer.
      await page.locator(handle("wipe")).click();
      await page.locator(handle("wipe-confirm")).click();
      await page.locator(handle("input")).first().waitFor({ state: "detached" });
      await stop();
      assert.equal(await again.isVisible(), false);
      await page.locator("#recovery-restart").click();
      await page.locator(handle("drop-zone")).waitFor();
      assert.ok(problems.length > 0, "each stop is an error in the console");
    });
  },

  async "what a page that stopped still waited for does not stop the one that begins"() {
    const prepare = () => {
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...given) => (self.made = await instantiate(...given));
      self.clean = [];
      const Registry = FinalizationRegistry;
      self.FinalizationRegistry = class extends Registry {
        constructor(clean) {
          super(clean);
          self.clean.push(clean);
        }
      };
      navigator.clipboard.writeText = () => new Promise((resolve) => (self.copied = resolve));
    };
    await withPage({ prepare }, async ({ page, problems }) => {
      await drop(page, [["phone-console.log", example("phone-console.log")]]);
      await judged(page);
      await page.locator(".copy").first().click();
      await page.waitForFunction(() => self.copied);
      // All but where no stack gets to: what is read there stays nothing.
      await page.evaluate(() => new Uint8Array(made.exports.memory.buffer).fill(0xff, 1024));
      await page.keyboard.press("?");
      await page.locator("#recovery-again").click();
      await judged(page);
      const before = problems.length;
      assert.ok(before > 0, "the stop is an error in the console");
      // The clipboard answers at last, and the browser collects a closure: both call the page that stopped.
      await page.evaluate(() => {
        copied();
        setTimeout(clean[0], 0, { a: 4096, b: 4096 });
      });
      await page.waitForTimeout(inVain(500));
      assert.deepEqual(problems.slice(before), []);
      assert.equal(await page.locator("#recovery").isVisible(), false);
      await judged(page);
    });
  },

  async "a page that stopped offers to start again"() {
    await withPage({}, async ({ page }) => {
      await page.locator("#page h1").first().waitFor();
      await page.evaluate(() => {
        setTimeout(() => {
          throw new WebAssembly.RuntimeError("unreachable");
        });
      });
      await page.locator("#recovery").waitFor();
      assert.equal(await page.locator("#page").isVisible(), false);
      await page.locator("#recovery-restart").click();
      await page.locator("#page h1").first().waitFor();
      assert.equal(await page.locator("#recovery").isVisible(), false);
    });
  },

  async "inside another page it shows nothing of itself"() {
    const outer = inProject("target/browser/outer.html");
    mkdirSync(inProject("target/browser"), { recursive: true });
    writeFileSync(outer, `<!doctype html><iframe src="../../dist/vpn-phone-doctor.html"></iframe>`);
    await withPage({ file: outer }, async ({ page }) => {
      const inner = page.frameLocator("iframe").locator("#page");
      await inner.filter({ hasText: /Open this page by itself.*Öffnen Sie diese Seite für sich/ }).waitFor();
      assert.equal(await inner.locator("*").count(), 0);
    });
  },
};
