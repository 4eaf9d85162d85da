// Nothing of a case is kept: after a whole session neither a store of the browser nor a file of its profile holds a name
// of the case. A copy of the page without policy and lock keeps the same name wherever it can, and has to be found out.

import { readFileSync, readdirSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { PAGE, assert, handle, inProject, withPage } from "./harness.mjs";
import { MARK, session } from "./session.mjs";
import { PHONES } from "./states.mjs";

const CONTROL = inProject("target/browser/control.html");

/// Whatever a page can keep in a browser, as text, a store an entry; a store that the browser refuses says so.
const stores = (page) =>
  page.evaluate(async () => {
    const files = async (folder) => {
      const found = [];
      for (const folders = [folder]; folders.length > 0; ) {
        for await (const [name, one] of folders.pop().entries()) {
          if (one.kind === "directory") folders.push(one);
          found.push([name, one.kind === "file" ? await (await one.getFile()).text() : ""]);
        }
      }
      return found;
    };
    const asked = {
      local: () => ({ ...localStorage }),
      session: () => ({ ...sessionStorage }),
      cookies: () => document.cookie,
      databases: () => indexedDB.databases(),
      caches: () => caches.keys(),
      files: async () => files(await navigator.storage.getDirectory()),
      workers: async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
      history: () => history.state,
      address: () => location.href.replace(/^[^#]*/, ""),
      title: () => document.title,
      window: () => self.name,
    };
    const told = {};
    for (const [store, ask] of Object.entries(asked)) {
      told[store] = await Promise.resolve()
        .then(ask)
        .then((kept) => JSON.stringify(kept) ?? "", (error) => `refused: ${error.name}`);
    }
    return told;
  });

/// Keeps the mark in every store.
const keep = (page) =>
  page.evaluate(async (mark) => {
    localStorage.setItem(mark, mark);
    sessionStorage.setItem("name", mark);
    // Cookies without an end are never written to the disk.
    document.cookie = `name=${mark}; max-age=3600`;
    await new Promise((done, failed) => {
      const opening = indexedDB.open(mark);
      opening.onupgradeneeded = () => opening.result.createObjectStore("names").put(mark, 1);
      opening.onsuccess = done;
      opening.onerror = failed;
    });
    await (await caches.open(mark)).put("/name", new Response(mark));
    const file = await (await navigator.storage.getDirectory()).getFileHandle(mark, { create: true });
    const writable = await file.createWritable();
    await writable.write(mark);
    await writable.close();
    document.title = mark;
    self.name = mark;
    location.hash = mark;
    history.replaceState(mark, "");
  }, MARK);

/// Every way in which a profile would write a name, in small letters.
const notations = (name) => [Buffer.from(name), Buffer.from(name, "utf16le")].map((bytes) => bytes.toString("latin1"));
const NAMES = [MARK, PHONES.new.toLowerCase()];

/// The files of a profile that hold a name of the case, by their paths in it, and how many were looked at.
function holding(profile) {
  const found = { holding: [], seen: 0 };
  for (const entry of readdirSync(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const held = `${entry.name} ${readFileSync(path, "latin1")}`.toLowerCase();
    found.seen += 1;
    if (NAMES.flatMap(notations).some((name) => held.includes(name))) found.holding.push(path.slice(profile.length + 1));
  }
  return found;
}

/// Runs `work` with an address of a server that gives one page: from a disk a browser offers fewer stores.
async function served(file, work) {
  const server = http.createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    return await work(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/// What the stores hold behind `act`, and what the profile holds once its browser has ended.
async function left(url, act) {
  let profile;
  const afterClose = (folder) => (profile = holding(folder));
  const kept = await withPage({ url, afterClose }, async ({ page, context }) => {
    await page.locator(handle("drop-zone")).first().waitFor();
    await act(page);
    return { ...(await stores(page)), ofBrowser: JSON.stringify(await context.cookies()) };
  });
  return { kept, profile };
}

/// The stores that hold a name of the case.
const named = (kept) => Object.keys(kept).filter((store) => NAMES.some((name) => kept[store].toLowerCase().includes(name)));

export default {
  async "after a whole session no store and no file of the browser's profile holds a name of the case"() {
    const disk = String(pathToFileURL(PAGE));
    const runs = [(work) => work(disk), (work) => served(PAGE, work)];
    for (const run of runs) {
      await run(async (url) => {
        const { kept, profile } = await left(url, async (page) => assert.ok((await session(page)) >= 12, "all was saved"));
        assert.deepEqual(named(kept), [], JSON.stringify(kept));
        const { local, session: inSession, databases, caches, files, workers, cookies, ofBrowser, address } = kept;
        assert.ok(Object.keys(JSON.parse(local)).every((key) => /^[a-z-]*(language|theme|shortcuts|keys)$/.test(key)), local);
        assert.equal(inSession, "{}");
        for (const store of [databases, caches, files, workers, ofBrowser]) assert.match(store, /^(\[\]|refused: \w+)$/);
        assert.equal(cookies, '""');
        assert.match(address, /^"#\/[a-z/-]*"$/);
        assert.ok(profile.seen > 20, `${profile.seen} files of the profile`);
        assert.deepEqual(profile.holding, []);
      });
    }
  },

  async "what a page without policy and lock keeps is found in every store and in the profile (control)"() {
    await served(CONTROL, async (url) => {
      const { kept, profile } = await left(url, keep);
      const without = Object.keys(kept).filter((store) => !named(kept).includes(store));
      // No script of a worker can be had from a page that is one file.
      assert.deepEqual(without, ["workers"]);
      // Cookies are encrypted on the disk.
      for (const store of ["Local Storage", "Session Storage", "IndexedDB", "CacheStorage", "File System", "History", "Sessions"]) {
        assert.ok(profile.holding.some((path) => path.includes(store)), `${store}: ${profile.holding.join(", ")}`);
      }
    });
  },
};
