// The page in a browser of another family: unpacking, workers, files, both languages and the self-test.

import { readFileSync, writeFileSync } from "node:fs";

import { PATIENCE, assert, example, handle, inProject, inVain } from "./harness.mjs";
import { withFirefox } from "./firefox.mjs";
import { withSink } from "./sink.mjs";

const folder = inProject("assets/examples/replaced-certificate");

/// What a server hears of a page that holds a hostile script in the page and one in its worker.
const heardOf = (name, enough, limit) =>
  withSink(async ({ port, udpPort, heard, until }) => {
    const armed = inProject(`target/browser/${name}-armed.html`);
    writeFileSync(armed, readFileSync(inProject(`target/browser/${name}.html`), "utf8").replaceAll("PROBE_PORT", String(port)));
    return withFirefox({ file: armed, route: `#/probe/${port}/${udpPort}`, wait: "interactive" }, async ({ page }) => {
      await page.until(() => document.documentElement.dataset.probe !== undefined);
      await until(({ paths }) => paths.size >= enough, limit);
      return [...heard.paths].filter((path) => path !== "favicon.ico");
    });
  });

export default {
  async "a hostile script gets nothing through here either, and without policy and lock a lot"() {
    const control = await heardOf("control", 25, PATIENCE);
    assert.ok(control.length >= 25, `only ${control.length} channels leaked: ${control}`);
    assert.deepEqual(await heardOf("probed", 1, inVain(4_000)), []);
  },

  async "opens, reads and answers, and says nothing on the console"() {
    await withFirefox({}, async ({ page, problems }) => {
      await page.run(() => {
        location.hash = "#/hash";
      });
      await page.type(handle("hash-input"), "5X6B6plUwUSXZnjQ4kGM33mpMXY=");
      await page.type(`.field:nth-child(2) ${handle("hash-input")}`, "E57E81EA9954C144976678D0E2418CDF79A93176");
      await page.shown(`${handle("hash-verdict")}[data-state=equal]`);

      await page.run(() => {
        location.hash = "#/";
      });
      await page.click(handle("example-case"));
      await page.shown(`${handle("verdict")}[data-rule="cert-hash-mismatch"]`);
      assert.deepEqual(problems, []);
    });
  },

  async "nothing that the self-test tries gets through"() {
    await withFirefox({ route: "#/trust" }, async ({ page }) => {
      await page.click(handle("try-to-leak"));
      const told = await page.text(handle("leak-summary"));
      const silent = await page.run(() => {
        const rows = [...document.querySelectorAll("tr:has([data-outcome=open])")];
        return rows.map((row) => row.querySelector("th").innerText).join(" ");
      });
      console.log(`   ${told.replaceAll(/\s+/g, " ")} ${silent}`);
      // The sink above heard of none of them. A worker of another origin is none for this browser, whatever the policy
      // says, and rules of speculation it does not know.
      const unsaid = /<script type=speculationrules>|EventSource|WebTransport|import\(\)|new (FontFace|SharedWorker|Worker)/g;
      assert.equal(silent.replaceAll(unsaid, "").trim(), "", "what this browser refuses without saying so");
    });
  },

  async "files that are chosen or dropped are read, in German"() {
    await withFirefox({ language: "de" }, async ({ page, problems }) => {
      await page.until(() => document.documentElement.lang === "de");
      const [phone, asa] = ["SEP001122334455.cnf.xml", "asa-logging.txt"];
      await page.shown(handle("drop-zone"));
      await page.choose(`${handle("drop-zone")} input[type=file]`, [`${folder}/${phone}`]);
      await page.shown(`${handle("input")}[data-kind=phone-config]`);
      const drop = (name, text) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], name));
        for (const type of ["dragenter", "dragover", "drop"]) {
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }
      };
      await page.run(drop, asa, example(asa));
      await page.shown(`${handle("input")}[data-kind=asa-syslog]`);
      assert.match(await page.text("h1"), /Fall|Das|Die|Der|Noch/);
      assert.deepEqual(problems, []);
    });
  },

  async "a dropped folder is read through its entries, in portions, and by the path below it"() {
    await withFirefox({}, async ({ page, problems }) => {
      await page.shown(handle("drop-zone"));
      // The driver drops no folder: the entry is made here as the browser makes it, the files are real.
      const drop = (name, text) => {
        const one = (name, text) => ({ name, isDirectory: false, file: (done) => done(new File([text], name)) });
        const folder = (name, children) => {
          const portions = [...children.map((child) => [child]), []];
          return { name, isDirectory: true, createReader: () => ({ readEntries: (done) => done(portions.shift()) }) };
        };
        DataTransferItem.prototype.webkitGetAsEntry = () => folder("ticket", [one("a.txt", "nothing known"), folder("logs", [one(name, text)])]);
        const carried = new DataTransfer();
        carried.items.add(new File(["x"], "ticket"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
      };
      await page.run(drop, "asa-logging.txt", example("asa-logging.txt"));
      // One file may be read, and told, before the other.
      await page.until(() => document.querySelectorAll("[data-testid=input] .name").length > 1);
      const names = await page.run(() => [...document.querySelectorAll("[data-testid=input] .name")].map((one) => one.innerText).join());
      assert.equal(names, "a.txt,logs/asa-logging.txt");
      assert.equal(await page.run(() => document.querySelector("[data-testid=choose-folder]").checkVisibility()), true);
      assert.deepEqual(problems, []);
    });
  },
};
