// Nothing leaves the page. A hostile script inside the page and one inside the worker try every channel at a sink
// that listens; the same scripts in a copy without policy and lock have to get through, or the test proves nothing.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { PAGE, PATIENCE, assert, handle, inVain, inProject, withPage } from "./harness.mjs";
import { MARK, session } from "./session.mjs";
import { withSink } from "./sink.mjs";

const PROBED = inProject("target/browser/probed.html");
const UNLOCKED = inProject("target/browser/unlocked.html");
const CONTROL = inProject("target/browser/control.html");

/// What the sink heard of one page, once the page and its workers tried everything.
async function probe(file, patience) {
  return withSink(async ({ port, udpPort, heard, until }) => {
    const armed = file.replace(".html", "-armed.html");
    writeFileSync(armed, readFileSync(file, "utf8").replaceAll("PROBE_PORT", String(port)));
    return withPage({ file: armed, route: `#/probe/${port}/${udpPort}` }, async ({ page }) => {
      await page.locator("html[data-probe]").waitFor();
      const tried = (await page.getAttribute("html", "data-probe")).split(" ");
      await patience(until, page);
      const paths = [...heard.paths].filter((path) => path !== "favicon.ico");
      return { tried, heard: paths, packets: heard.packets, connections: heard.connections };
    });
  });
}

/// Which ways of leaving came through, each tried on a page of its own because it may end it. Where they should, each is
/// waited for; where they should not, all together.
async function leave(file, through) {
  return withSink(async ({ port, udpPort, heard, until, fresh }) =>
    withPage({ file }, async ({ context, page }) => {
      const left = new Set();
      const at = (way) => `${pathToFileURL(file)}#/leave/${port}/${udpPort}/${way}`;
      const came = (way) => {
        const silent = way.startsWith("preconnect") ? heard.connections : way.endsWith("webrtc") ? heard.packets : 0;
        return heard.paths.has(way) || silent > 0;
      };
      const tried = (page) => page.locator("html[data-probe]").waitFor({ state: "attached" });
      await page.goto(at("none"));
      await page.reload();
      await tried(page);
      const ways = (await page.getAttribute("html", "data-probe")).split(" ");
      for (const way of ways) {
        fresh();
        const page = await context.newPage();
        await page.goto(at(way), { waitUntil: "commit" });
        if (!through) await tried(page);
        if (await until(() => came(way), through ? PATIENCE : inVain(500))) left.add(way);
        for (const opened of context.pages().slice(1)) await opened.close();
      }
      if (!through) await until(() => ways.some((way) => heard.paths.has(way)), inVain(1_500));
      return { ways, left: ways.filter((way) => left.has(way) || heard.paths.has(way)) };
    }),
  );
}

/// Runs the page's own self-test; what was not stopped, by name, and how many ended how.
async function selfTest(file, args) {
  return withPage({ file, route: "#/trust", args }, async ({ page }) => {
    await page.locator(handle("try-to-leak")).waitFor();
    // The driver's own clicks and locators wait for the navigations that the page held back; a function does not.
    await page.evaluate(() => document.querySelector("[data-testid=try-to-leak]").click());
    await page.waitForFunction(() => document.querySelector("[data-testid=leak-summary]"));
    return page.evaluate(() => {
      const outcomes = {};
      for (const { dataset } of document.querySelectorAll("[data-outcome]")) {
        outcomes[dataset.outcome] = (outcomes[dataset.outcome] ?? 0) + 1;
      }
      const rows = [...document.querySelectorAll("tr:has([data-outcome=open]) th")];
      return { open: rows.map((row) => row.innerText).join(" "), outcomes, address: location.href };
    });
  });
}

export default {
  async "without the policy the same scripts get through (control)"() {
    const ofWorker = (path) => path.startsWith("worker-") && !path.startsWith("worker-from");
    const count = (paths, wanted) => [...paths].filter((path) => ofWorker(path) === wanted).length;
    // Page and worker run side by side: it waits for enough of each.
    const enough = ({ paths, packets }) => count(paths, false) >= 30 && count(paths, true) >= 8 && packets > 0;
    const control = await probe(CONTROL, (until) => until(enough, PATIENCE));
    const page = control.heard.filter((path) => !ofWorker(path));
    const worker = control.heard.filter(ofWorker);
    console.log(`   ${page.length} of ${control.tried.length} channels of the page leak, ${worker.length} of the worker, ${control.packets} UDP packets`);
    console.log(`   silent even here: ${control.tried.filter((name) => !page.includes(name)).join(", ")}`);
    assert.ok(page.length >= 30, `only ${page.length} channels leaked: ${page}`);
    assert.ok(worker.length >= 8, `only ${worker.length} channels of the worker leaked: ${worker}`);
    assert.ok(control.packets > 0, "WebRTC sent nothing");
  },

  async "with it nothing arrives, from the page or from a worker"() {
    const { tried, heard, packets, connections } = await probe(PROBED, (until) =>
      until(({ paths, packets }) => paths.size + packets > 0, inVain(4_000)),
    );
    assert.ok(tried.length >= 40);
    assert.deepEqual(heard, []);
    assert.deepEqual([packets, connections], [0, 0]);
  },

  async "the policy alone lets nothing through but WebRTC, which the lock takes away"() {
    const { tried, heard, packets } = await probe(UNLOCKED, (until) =>
      until(({ paths, packets }) => paths.size > 0 && packets > 0, inVain(4_000)),
    );
    assert.ok(tried.length >= 40);
    assert.deepEqual(heard, []);
    assert.ok(packets > 0);
  },

  async "without the lock every way of leaving works (control)"() {
    const { ways, left } = await leave(CONTROL, true);
    assert.deepEqual(left, ways);
  },

  async "with it no way of leaving works, through a link, a window, a frame or a lock that was tampered with"() {
    const { ways, left } = await leave(PROBED, false);
    assert.ok(ways.length >= 40, `${ways.length} ways`);
    assert.deepEqual(left, []);
  },

  async "the self-test is stopped in all it tries, and the browser's own log knows of no request or look-up"() {
    const log = inProject("target/browser/self-test-net-log.json");
    const { open, outcomes, address } = await selfTest(PAGE, [`--log-net-log=${log}`, "--net-log-capture-mode=Everything"]);
    assert.equal(open, "");
    assert.ok(outcomes.refused >= 30 && outcomes.held >= 25, JSON.stringify(outcomes));
    assert.ok(address.endsWith("#/trust"), "the page is still there");
    const text = readFileSync(log, "utf8");
    assert.match(text, /"constants"/, "the log was written");
    assert.equal(text.includes("vpn-phone-doctor.invalid"), false, `${log} names the address`);
  },

  async "without policy and lock it says that nearly nothing is (control)"() {
    const log = inProject("target/browser/self-test-control-net-log.json");
    const { outcomes } = await selfTest(CONTROL, [`--log-net-log=${log}`, "--net-log-capture-mode=Everything"]);
    assert.ok(outcomes.open >= 50, JSON.stringify(outcomes));
    assert.equal(outcomes.refused ?? 0, 0);
    assert.ok(readFileSync(log, "utf8").includes("vpn-phone-doctor.invalid"), "the log shows what was not stopped");
  },

  async "a whole session makes no request and no look-up that the browser's own log knows of"() {
    const log = inProject("target/browser/net-log.json");
    await withPage({ args: [`--log-net-log=${log}`, "--net-log-capture-mode=Everything"] }, async ({ page }) => {
      assert.ok((await session(page)) >= 12, "all was saved");
    });
    const text = readFileSync(log, "utf8");
    assert.match(text, /"constants"/, "the log was written");
    assert.equal(text.includes(MARK), false, `${log} holds a name of the case`);
    const asked = new Set([...text.matchAll(/"(?:url":"(?=[a-z]+:)|host":")([^"]*)"/g)].map((found) => found[1]));
    // The browser asks its maker for updates, whatever page is open; this page names none of these hosts.
    const browsers = /^(https?:\/\/)?([a-z0-9-]+\.)*(google|googleapis|gstatic|gvt1)\.com([:/]|$)/;
    assert.doesNotMatch(readFileSync(PAGE, "utf8"), /google\.com|googleapis|gstatic|gvt1/);
    const inside = /^(file|blob|data|chrome|chrome-extension|devtools):/;
    const outside = [...asked].filter((url) => !inside.test(url) && !browsers.test(url));
    assert.deepEqual(outside, []);
  },
};
