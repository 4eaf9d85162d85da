// The page wherever it comes from: the disk without any name of a server, a server, a server that is gone. Each time a
// whole session says the same, byte for byte, and asks nobody for anything.

import { readFileSync } from "node:fs";
import http from "node:http";

import { PAGE, assert, choose, handle, inProject, verdict, withPage } from "./harness.mjs";
import { ROUTES, go } from "./states.mjs";

const EXAMPLE = inProject("assets/examples/replaced-certificate");
const NAMES = ["SEP001122334455.cnf.xml", "asa-logging.txt", "asa-running-config.txt", "asa.pem", "phone-console.log"];

/// The same clock everywhere: it decides which certificates are valid.
const clock = () => {
  Date.now = () => 1_795_428_000_000;
};

/// Files in, every view, and a report with real names.
async function session(page) {
  await choose(page, NAMES.map((name) => `${EXAMPLE}/${name}`));
  await verdict(page, "cert-hash-mismatch");
  await page.locator(handle("progress")).waitFor({ state: "detached" });
  for (const route of ROUTES) await go(page, route);
  await go(page, "#/case");
  await page.locator(handle("save-report")).click();
  await page.locator(handle("redact")).uncheck();
  const offered = page.waitForEvent("download");
  await page.locator(`${handle("save-report")} [data-form=json]`).click();
  return readFileSync(await (await offered).path(), "utf8");
}

/// Serves the page, and keeps in mind what was asked for.
async function served(work) {
  const asked = [];
  const server = http.createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(readFileSync(PAGE));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  try {
    const url = `http://127.0.0.1:${server.address().port}/`;
    return await withPage({ url, prepare: clock }, ({ page, context, problems }) => work({ page, context, problems, asked, close }));
  } finally {
    close();
  }
}

export default {
  async "from a disk without names, from a server and after that server is gone it says the same, byte for byte"() {
    const none = ["--host-resolver-rules=MAP * ~NOTFOUND"];
    const disk = await withPage({ args: none, prepare: clock }, async ({ page, problems }) => {
      const report = await session(page);
      assert.deepEqual(problems, []);
      return report;
    });
    assert.equal(JSON.parse(disk).verdict.rule, "cert-hash-mismatch");
    const online = await served(async ({ page, asked, problems }) => {
      const report = await session(page);
      assert.deepEqual(asked, ["/"], "the page, and nothing else");
      assert.deepEqual(problems, []);
      return report;
    });
    const alone = await served(async ({ page, context, problems, close }) => {
      await page.locator(handle("drop-zone")).waitFor();
      close();
      await context.setOffline(true);
      const gone = await page.evaluate(() => fetch(location.href).then(() => "there", () => "gone"));
      assert.equal(gone, "gone");
      problems.length = 0;
      const report = await session(page);
      assert.deepEqual(problems, []);
      return report;
    });
    assert.equal(online, disk);
    assert.equal(alone, disk);
  },
};
