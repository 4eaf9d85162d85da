// The ladder diagram of an attempt: arrows between phone, ASA and CUCM, the break unmistakable, and the same as a list.

import { assert, choose, counts, example, file, handle, has, judged, says, sound, verdict, withPage } from "./harness.mjs";

const open = async (page, route = "#/timeline") => {
  await page.locator(handle("example-case")).click();
  await verdict(page, "cert-hash-mismatch");
  await page.evaluate((route) => (location.hash = route), route);
};

/// Nothing is wider than the screen, and no word of the picture is cut off.
const fits = async (page) => {
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  const cut = await page.locator(".ladder-picture text").evaluateAll((texts) =>
    texts.filter((text) => {
      const [own, frame] = [text.getBoundingClientRect(), text.closest(".ladder-picture").getBoundingClientRect()];
      return own.left < frame.left - 1 || own.right > frame.right + 1;
    }).map((text) => text.textContent),
  );
  assert.deepEqual(cut, []);
};

const LOG = [
  "1: NOT 10:13:20.050000 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization",
  "2: ERR 10:13:20.110000 VPNC: alert_err: SSL write alert: code 48, unknown CA",
  "3: NOT 10:16:20.050000 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization",
  "4: ERR 10:16:20.110000 VPNC: alert_err: SSL write alert: code 45, certificate expired",
  "",
].join("\n");

export default {
  async "the diagram names who takes part and where it breaks, by sign and word"() {
    await withPage({}, async ({ page, problems }) => {
      await open(page);
      const picture = page.locator(`${handle("sequence")} .ladder-picture`);
      assert.deepEqual(await picture.locator(".end").allTextContents(), ["Phone", "ASA", "CUCM"]);
      const stop = picture.locator("[data-break=true]");
      await counts(stop, 1);
      assert.match(await stop.textContent(), /✖ Here it breaks/);
      await has(picture, "aria-hidden", "true");
      const list = page.locator(handle("sequence-list"));
      await counts(list.locator("[data-break=true]"), 1);
      assert.match(await list.textContent(), /Phone → ASA: [\s\S]*Here it breaks: [\s\S]*phone-console\.log:\d+ · asa/);
      await sound(page);
      assert.deepEqual(problems, []);
    });
  },

  async "the diagram has room on a narrow screen, in German"() {
    await withPage({ viewport: { width: 390, height: 844 }, locale: "de-DE", colorScheme: "dark" }, async ({ page, problems }) => {
      await open(page);
      await says(page.locator(handle("sequence")), /Wer wem was gesagt hat/);
      await fits(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await fits(page);
      await sound(page);
      assert.deepEqual(problems, []);
    });
  },

  async "of several attempts the newest that failed is shown, and another can be picked"() {
    await withPage({}, async ({ page, problems }) => {
      await choose(page, [file("phone.log", LOG)]);
      await judged(page);
      await page.evaluate(() => (location.hash = "#/timeline"));
      const list = page.locator(handle("sequence-list"));
      await list.waitFor({ state: "attached" });
      assert.match(await list.textContent(), /alert 45/);
      await page.getByLabel("Attempt").selectOption("0");
      await page.waitForFunction((list) => document.querySelector(list).textContent.includes("alert 48"), handle("sequence-list"));
      assert.deepEqual(problems, []);
    });
  },
};
