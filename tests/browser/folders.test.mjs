// Folders: dropped for real, by the browser's own drag events, from a disk and over http; chosen with their button; and
// never without a word.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PAGE, assert, example, handle, has, says, verdict, withPage } from "./harness.mjs";

const FILES = {
  "SEP001122334455.cnf.xml": "SEP001122334455.cnf.xml",
  "logs/branch office/monday/asa-logging.txt": "asa-logging.txt",
  "logs/phone-console.log": "phone-console.log",
};
const RULE = "cert-hash-mismatch";

/// A folder on the disk, and an empty one beside it.
async function withFolders(work) {
  const top = mkdtempSync(join(tmpdir(), "vpn-phone-doctor-"));
  try {
    const [full, empty] = [join(top, "ticket 4711"), join(top, "nothing")];
    mkdirSync(empty);
    for (const [path, name] of Object.entries(FILES)) {
      mkdirSync(join(full, path, ".."), { recursive: true });
      writeFileSync(join(full, path), example(name));
    }
    await work({ full, empty });
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

/// The page over http, as `cargo xtask serve` shows it.
async function served(work) {
  const server = createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(readFileSync(PAGE)));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await work(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/// Drops what lies on the disk onto the middle of the window, as the system's file manager does.
async function dropPaths(page, paths) {
  const debug = await page.context().newCDPSession(page);
  const [x, y] = await page.evaluate(() => [innerWidth / 2, innerHeight / 2]);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await debug.send("Input.dispatchDragEvent", { type, x, y, data });
}

const names = (page) => page.locator(`${handle("input")} .name`).allInnerTexts();
/// The row of what was dropped under a name.
const row = (page, name) => page.locator(handle("input")).filter({ has: page.getByText(name, { exact: true }) });

/// Everything of the folder is read, in order, by its path below the folder.
async function readWhole(page) {
  await verdict(page, RULE);
  await row(page, "logs/branch office/monday/asa-logging.txt").waitFor();
  assert.deepEqual(await names(page), Object.keys(FILES));
}

const dropped = (prepare) => async (url) => {
  await withFolders(async ({ full }) => {
    await withPage({ url, prepare }, async ({ page, problems }) => {
      await page.locator(handle("drop-zone")).waitFor();
      await dropPaths(page, [full]);
      await readWhole(page);
      assert.deepEqual(problems, []);
    });
  });
};

export default {
  "a folder that is dropped on the page from a disk is read to its end": () => dropped()(),
  "a folder that is dropped on the page over http is read to its end": () => served(dropped()),
  "a browser without handles of folders reads their entries": () =>
    served(dropped(() => delete DataTransferItem.prototype.getAsFileSystemHandle)),

  async "a folder that is dropped before the page has started is read to its end"() {
    const prepare = () => {
      const compile = WebAssembly.compile;
      const started = new Promise((start) => (self.start = start));
      WebAssembly.compile = async (bytes) => {
        await started;
        return compile(bytes);
      };
    };
    await withFolders(async ({ full }) => {
      await withPage({ prepare }, async ({ page, problems }) => {
        await dropPaths(page, [full]);
        await page.evaluate(() => setTimeout(start));
        await readWhole(page);
        assert.deepEqual(problems, []);
      });
    });
  },

  async "a folder is chosen with its button, beside files"() {
    await withFolders(async ({ full }) => {
      for (const locale of ["en-GB", "de-DE"]) {
        await withPage({ locale }, async ({ page, problems }) => {
          const button = page.locator(handle("choose-folder"));
          assert.equal(await button.innerText(), locale === "de-DE" ? "Ordner auswählen" : "Choose a folder");
          await button.locator("input").setInputFiles(full);
          await readWhole(page);
          assert.equal(await page.locator(handle("choose-folder")).isVisible(), true, "in the case, too");
          assert.deepEqual(problems, []);
        });
      }
    });
  },

  async "files and folders of one drop come together, and an empty folder says so"() {
    await withFolders(async ({ full, empty }) => {
      await withPage({}, async ({ page, problems }) => {
        await page.locator(handle("drop-zone")).waitFor();
        await dropPaths(page, [join(full, "SEP001122334455.cnf.xml"), empty, join(full, "logs")]);
        await verdict(page, RULE);
        const told = row(page, "nothing");
        await has(told, "data-state", "refused");
        await says(told, /The folder holds no file/);
        await row(page, "branch office/monday/asa-logging.txt").waitFor();
        assert.equal((await names(page)).length, 4);
        assert.deepEqual(problems, []);
      });
    });
  },

  async "a folder that the browser does not read is listed with the reason, and the files beside it are read"() {
    await withFolders(async ({ full }) => {
      const refuse = () => {
        DataTransferItem.prototype.getAsFileSystemHandle = () => Promise.reject(new DOMException("no", "NotAllowedError"));
      };
      // At file:// the entries fail by themselves.
      await withPage({ locale: "de-DE", prepare: refuse }, async ({ page }) => {
        await page.locator(handle("drop-zone")).waitFor();
        await dropPaths(page, [join(full, "logs"), join(full, "SEP001122334455.cnf.xml")]);
        const told = row(page, "logs");
        await told.filter({ hasText: "Der Browser konnte diesen Ordner nicht lesen" }).waitFor();
        await has(told, "data-state", "refused");
        await page.locator(`${handle("input")}[data-kind=phone-config][data-state=read]`).waitFor();
      });
    });
  },

  async "a file of a folder that cannot be opened is listed with the reason"() {
    await withFolders(async ({ full }) => {
      const refuse = () => {
        const open = FileSystemFileHandle.prototype.getFile;
        FileSystemFileHandle.prototype.getFile = function () {
          return this.name.startsWith("phone") ? Promise.reject(new DOMException("no", "NotReadableError")) : open.call(this);
        };
      };
      await withPage({ prepare: refuse }, async ({ page }) => {
        await page.locator(handle("drop-zone")).waitFor();
        await dropPaths(page, [full]);
        await row(page, "logs/phone-console.log").filter({ hasText: "could not open this file" }).waitFor();
        await page.locator(`${handle("input")}[data-kind=phone-config][data-state=read]`).waitFor();
        assert.equal((await names(page)).length, 3);
      });
    });
  },
};
