// The picture of what happened: two lanes on one clock, the break, the clock shifted by hand, each event's line.

import { assert, choose, counts, example, file, handle, has, judged, says, verdict, withPage } from "./harness.mjs";

const open = async (page) => {
  await page.locator(handle("example-case")).click();
  await verdict(page, "cert-hash-mismatch");
  await page.evaluate(() => (location.hash = "#/timeline"));
  await page.locator(handle("moment")).first().waitFor();
};

export default {
  async "phone and ASA stand in two lanes, and the break is unmistakable"() {
    await withPage({}, async ({ page, problems }) => {
      await open(page);
      const phone = await page.locator(`${handle("moment")}[data-lane=phone] .event`).first().boundingBox();
      const asa = await page.locator(`${handle("moment")}[data-lane=asa] .event`).first().boundingBox();
      assert.ok(phone.x + phone.width < asa.x, "left and right");
      const stop = page.locator(`${handle("moment")}[data-break=true]`);
      await counts(stop, 1);
      await has(stop, "data-stage", "trust");
      await says(stop, /Here it breaks/);
      await counts(stop.locator(".stop svg"), 1, "a shape, too");
      assert.deepEqual(problems, []);
    });
  },

  async "the offset is told with what it is from, and can be shifted by hand"() {
    await withPage({}, async ({ page, problems }) => {
      await open(page);
      const clock = page.locator(handle("clock"));
      await says(clock, /0\.6 s behind[\s\S]*alert 48[\s\S]*3 events/);
      const first = async () => page.locator(`${handle("timeline")} .time .device`).first().innerText();
      const before = await first();
      await clock.getByRole("button", { name: "−1 s" }).click();
      assert.equal(await clock.locator("input").inputValue(), "-1");
      assert.notEqual(await first(), before);
      await clock.locator("input").fill("7.5");
      await clock.locator("input").press("Enter");
      await has(page.locator(handle("moment")).first(), "data-lane", "asa", "the phone's lane moved");
      await clock.getByRole("button", { name: "Reset" }).click();
      assert.equal(await first(), before);
      assert.deepEqual(problems, []);
    });
  },

  async "without a moment that both saw no offset is claimed"() {
    await withPage({ locale: "de-DE" }, async ({ page, problems }) => {
      const log = "Nov 23 2026 10:19:27: %ASA-6-725001: Starting SSL handshake with client outside:198.51.100.20/50091 for TLSv1 session.\n";
      await choose(page, [file("phone.log", example("phone-console.log")), file("asa.log", log)]);
      await judged(page);
      await page.evaluate(() => (location.hash = "#/timeline"));
      const clock = page.locator(`${handle("clock")}[data-known=false]`);
      await says(clock, /ist nicht bekannt/);
      assert.deepEqual(problems, []);
    });
  },

  async "an event opens its line, and a narrow screen shows one list"() {
    await withPage({}, async ({ page, problems }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      await open(page);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
      await page.locator(`${handle("moment")} button`).first().click();
      await page.locator(handle("telling-line")).waitFor();
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
      await page.keyboard.press("Escape");
      await page.locator(handle("viewer")).waitFor({ state: "detached" });
      assert.deepEqual(problems, []);
    });
  },
};
