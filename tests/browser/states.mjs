// Every state that the page can be in, told as stories: each walks through the page and stops at every state worth a
// look. A test goes through all of them with `everywhere`; a new view comes in by itself, a new state is one `yield`.

import { readFileSync } from "node:fs";

import { choose, drop, example, file, handle, inProject, judged, serving, verdict, withPage } from "./harness.mjs";

/// The addresses of all views but the wizards', from the page's own table.
export const ROUTES = [
  ...readFileSync(inProject("src/ui/route.rs"), "utf8").matchAll(/\(Route::\w+,\s*"(#\/[a-z-]*)"/g),
].map(([, address]) => address);

/// Goes to a view and waits until it is there.
export async function go(page, route) {
  // Before the page has begun it takes the address for its own.
  await page.locator("#page header nav").first().waitFor();
  await page.evaluate((route) => (location.hash = route), route);
  await page.waitForFunction((route) => document.querySelector("#main .view")?.dataset.route === route, route);
  await page.locator("#page h1").first().waitFor();
}

/// Unfolds everything.
export const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));

/// Opens the example case.
export async function openExample(page) {
  await go(page, "#/");
  await page.locator(handle("example-case")).click();
  await verdict(page, "cert-hash-mismatch");
}

/// Two phones of a case: the old one connects, the new one does not.
export const PHONES = { old: "SEP001122334455", new: "SEP0011223344AA" };

const ASA = `ASA Version 9.8(2)
hostname asa
interface GigabitEthernet0/0
 nameif outside
 ip address 192.0.2.1 255.255.255.0
ip local pool PHONES 198.51.100.10-198.51.100.99 mask 255.255.255.0
crypto ca trustpoint PHONES
 enrollment terminal
ssl trust-point PHONES outside
webvpn
 enable outside
 anyconnect image disk0:/anyconnect-win-4.10.pkg 1
 anyconnect enable
group-policy PHONES internal
group-policy PHONES attributes
 vpn-tunnel-protocol ssl-client
tunnel-group PHONES type remote-access
tunnel-group PHONES general-attributes
 address-pool PHONES
 default-group-policy PHONES
tunnel-group PHONES webvpn-attributes
 authentication certificate
 group-url https://vpn.example.com/Phones enable
: end
`;
const phone = (load) => `<device><loadInformation>${load}</loadInformation><vpnGroup><enableHostIDCheck>1</enableHostIDCheck><authMethod>2</authMethod>
<addresses><url1>https://vpn.example.com/Phones</url1></addresses>
<credentials><hashAlg>0</hashAlg><certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1></credentials></vpnGroup></device>
`;
const LOG = `Nov 24 2026 08:00:04 asa : %ASA-4-722051: Group <PHONES> User <CP-7962G-${PHONES.old}> IP <203.0.113.9> Address <198.51.100.11> assigned to session
Nov 24 2026 08:00:09 asa : %ASA-6-716039: Group <PHONES> User <CP-8851-${PHONES.new}> IP <203.0.113.10> Authentication: rejected, Session Type: WebVPN.
`;

/// Their case: the ASA, each phone's configuration, a log.
export const PAIR = [
  file("asa.cfg", ASA),
  file(`${PHONES.old}.cnf.xml`, phone("SIP45.9-4-2SR3-1S")),
  file(`${PHONES.new}.cnf.xml`, phone("sip88xx.12-5-1SR2-2")),
  file("asa.log", LOG),
];

/// Opens that case.
export async function openPair(page) {
  await go(page, "#/");
  await choose(page, PAIR);
  await judged(page);
}

/// Opens a plan of that case.
export async function openPlan(page) {
  await openPair(page);
  await go(page, "#/plan");
  await page.locator(`${handle("plan-change")}[data-key=host-id-check] option[value=off]`).waitFor({ state: "attached" });
}

/// The ids of all wizards.
export async function wizards(page) {
  await go(page, "#/symptom");
  return page.locator(handle("symptom")).evaluateAll((all) => all.map((entry) => entry.dataset.symptom));
}

/// Holds every file's reading until the page is left.
const holdReading = () => {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.read !== undefined && self.hold) {
      // A worker that tells of its progress is not taken for lost.
      setInterval(() => this.dispatchEvent(new MessageEvent("message", { data: { progress: 4096 } })), 250);
      return;
    }
    post.call(this, message, ...rest);
  };
};

async function* everyRoute(page, where) {
  for (const route of ROUTES) {
    await go(page, route);
    if (route === "#/rules") {
      const rule = page.locator("details.rule").first();
      if (!(await rule.evaluate((rule) => rule.open))) await rule.locator("summary").click();
      await rule.locator("h3").first().waitFor();
    }
    await unfold(page);
    yield `${where}: ${route}`;
  }
}

/// What lies over a view: the list of keys.
async function* keys(page, where) {
  await page.keyboard.press("?");
  await page.locator("#dialog-close").waitFor();
  yield `${where}: keys`;
  await page.keyboard.press("Escape");
  await page.locator("#dialog-close").waitFor({ state: "detached" });
}

async function* empty(page) {
  yield* everyRoute(page, "no case");
  await go(page, "#/");
  yield* keys(page, "no case");
  for (const [name, query] of [["found", "alert 48"], ["not found", "qqqqqq"]]) {
    await page.locator(handle("symptom-search")).fill(query);
    yield `start: symptom ${name}`;
  }
  for (const [name, ...values] of [
    ["one hash", "5X6B6plUwUSXZnjQ4kGM33mpMXY="],
    ["equal hashes", "5X6B6plUwUSXZnjQ4kGM33mpMXY=", "E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76"],
    ["different hashes", "5X6B6plUwUSXZnjQ4kGM33mpMXY=", "12:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76"],
    ["no hash", "hello", "world"],
  ]) {
    await go(page, "#/rules");
    await go(page, "#/hash");
    for (const [index, value] of values.entries()) await page.locator(handle("hash-input")).nth(index).fill(value);
    await page.locator(handle("hash-verdict")).waitFor();
    yield `hash tool: ${name}`;
  }
}

/// The manual, searched.
async function* manual(page) {
  await go(page, "#/manual");
  for (const [name, query] of [["found", "show running-config"], ["not found", "qqqqqq"]]) {
    await page.locator(handle("manual-search")).fill(query);
    yield `manual: ${name}`;
  }
}

/// The dialog that saves, with no real names and with them.
async function* saving(page) {
  await page.locator(handle("save-report")).click();
  await page.locator(`${handle("replaced")} summary`).click();
  await page.locator(`${handle("replaced")} tbody tr`).first().waitFor();
  yield "example: save redacted";
  await page.locator(handle("redact")).uncheck();
  yield "example: save";
  await page.keyboard.press("Escape");
}

async function* exampleCase(page) {
  await openExample(page);
  yield "example: as it opens";
  yield* everyRoute(page, "example");
  await go(page, "#/case");
  yield* keys(page, "example");
  yield* saving(page);
  await page.locator(handle("wipe")).click();
  yield "example: forget everything?";
  await page.keyboard.press("Escape");
  for (const [name, query] of [["hits", "asa"], ["no hits", "qqqqqq"]]) {
    await page.locator("#search").fill(query);
    yield `example: search with ${name}`;
  }
  await page.locator("#search").fill("");
  for (const stage of ["trust", "login"]) {
    await page.locator(`.ladder [data-stage=${stage}] button, .ladder button[data-stage=${stage}]`).first().click();
    yield `example: narrowed to ${stage}`;
  }
  await page.locator(".ladder button[aria-pressed=true]").first().click();
  await unfold(page);
  await page.locator(`${handle("question")}[data-key=phone] ${handle("answer-field")}`).fill("SEP001122334455");
  await page.keyboard.press("Enter");
  await page.locator(handle("only-phone")).waitFor();
  yield "example: narrowed to a phone";
  await page.locator(handle("view-line")).first().click();
  await page.locator(handle("telling-line")).waitFor();
  yield "example: viewer";
  await page.keyboard.press("?");
  await page.locator("#dialog-close").waitFor();
  yield "example: keys over the viewer";
  await page.keyboard.press("Escape");
  await page.locator("#dialog-close").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.locator(handle("viewer")).waitFor({ state: "detached" });
  await go(page, "#/timeline");
  await page.locator(`${handle("moment")} button`).last().click();
  await page.locator(handle("telling-line")).waitFor();
  const ask = page.locator(`${handle("viewer")} button.number`).first();
  if ((await ask.count()) > 0) {
    await ask.click();
    await page.locator(".meaning:not([hidden])").first().waitFor();
  }
  yield "example: viewer from the timeline, a line explained";
}

async function* servedCase(page) {
  await choose(page, serving());
  await page.locator(".strip a[href='#/policy']").waitFor();
  yield* everyRoute(page, "two files");
  await page.evaluate(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(["x"], "x"));
    document.body.dispatchEvent(new DragEvent("dragenter", { dataTransfer: carried, bubbles: true, cancelable: true }));
  });
  await page.locator(".veil.drop").waitFor();
  yield "two files: something is dragged over the page";
}

async function* hardFiles(page) {
  await drop(page, [["notes.txt", "nothing that anybody knows\n"], ["empty.log", ""], [`${"long".repeat(40)}.txt`, "\0\x01\x02".repeat(500)]]);
  await page.locator(handle("input")).nth(2).waitFor();
  await unfold(page);
  yield "unknown, empty and binary files";
  await drop(page, [["broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"], ["half.cnf.xml", example("SEP001122334455.cnf.xml").slice(0, 900)]]);
  await page.locator(handle("input")).nth(4).waitFor();
  await unfold(page);
  yield "a broken certificate and half a configuration";
  await page.evaluate(() => (self.hold = true));
  await drop(page, [["slow.log", example("phone-console.log")], ["slow.txt", example("asa-logging.txt")]]);
  await page.locator(handle("progress")).waitFor();
  yield "files are being read";
  await page.locator(handle("cancel")).click();
  await page.locator(`${handle("input")}[data-state=refused]`).first().waitFor();
  yield "reading was given up";
}

async function* openWizards(page) {
  for (const wizard of await wizards(page)) {
    await go(page, `#/symptom/${wizard}`);
    await page.locator(handle("wizard-question")).waitFor();
    yield `${wizard}: first question`;
    for (let asked = 1; await page.locator(handle("wizard-question")).count(); asked += 1) {
      const step = await page.locator(handle("wizard-question")).getAttribute("data-step");
      await page.locator(handle("wizard-unsure")).click();
      await page.locator(`${handle("wizard-question")}[data-step=${step}]`).waitFor({ state: "detached" });
    }
    await unfold(page);
    yield `${wizard}: its end, with all answers`;
    await page.locator(handle("wizard-back")).click();
    await page.locator(handle("wizard-question")).waitFor();
    await page.locator(`${handle("wizard-look")} summary`).first().evaluateAll((all) => all[0]?.click());
    await unfold(page);
    yield `${wizard}: last question, answered`;
  }
}

async function* answeredWizards(page) {
  await openExample(page);
  for (const wizard of ["hash-mismatch", "renew-certificate", "collect-evidence", "it-worked-before"]) {
    if (!(await wizards(page)).includes(wizard)) continue;
    await go(page, `#/symptom/${wizard}`);
    await page.locator(`${handle("wizard-question")}, ${handle("wizard-end")}`).first().waitFor();
    await unfold(page);
    yield `${wizard} of the example`;
  }
  await go(page, "#/symptom/hash-mismatch");
  await page.locator(handle("wizard-change")).first().click();
  await page.locator(handle("wizard-question")).waitFor();
  yield "a question that evidence answered";
}

async function* earlierReport(page) {
  const finding = (rule, index) => ({
    rule,
    stage: "trust",
    title: `What was found then, \u202e ${"long".repeat(30)}`,
    evidence: [{ input: 0, line: index, text: "911: ERR 10:19:27.420205 VPNC: ".repeat(6) }],
  });
  const report = {
    schema: "vpn-phone-doctor/report/1",
    language: "de",
    verdict: { sentence: "Das Telefon vertraut der ASA nicht" },
    inputs: [{ name: "SEP001122334455.cnf.xml", kind: "phone-config" }],
    findings: ["vpn-group-missing", "login-failed", "a-later-rule"].map(finding),
  };
  await choose(page, [file("yesterday.json", JSON.stringify(report))]);
  await page.locator(handle("changes")).waitFor();
  yield "an earlier report alone";
  await choose(page, serving());
  await page.locator(`${handle("change")}[data-state=fixed]`).waitFor();
  await page.locator(`${handle("change")}[data-state=new]`).first().waitFor();
  await unfold(page);
  yield "two files against an earlier report";
}

async function* pairOfPhones(page) {
  await openPlan(page);
  yield "two phones: what may be changed";
  const field = (key) => page.locator(`${handle("plan-change")}[data-key=${key}]`);
  await field("asa-release").locator("input").fill("newest");
  await page.locator(handle("plan-ask")).click();
  await field("asa-release").locator("[role=alert]:not(:empty)").waitFor();
  yield "two phones: a value that is none";
  await field("asa-release").locator("input").fill("9.16(4)");
  await field("host-id-check").locator("select").selectOption("off");
  await field("ssl").locator("textarea").fill("ssl server-version tlsv1.2\n");
  await page.locator(handle("plan-ask")).click();
  await page.locator(handle("plan-result")).waitFor();
  await unfold(page);
  yield "two phones: what changes will do";
  await go(page, "#/compare");
  await page.locator(handle("difference")).first().waitFor();
  await unfold(page);
  yield "two phones: what differs";
  await page.locator(`${handle("compare-side")}[data-side=b] select`).selectOption({ label: "asa.log" });
  await page.locator(handle("difference")).first().waitFor();
  await page.locator(`${handle("compare-side")}[data-side=b] select option`).last().evaluate((last) => {
    last.parentElement.value = last.value;
    last.parentElement.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.locator("[data-drop=side-b]").waitFor();
  yield "two phones: a side without files";
}

const STORIES = { earlierReport, pairOfPhones, empty, exampleCase, manual, servedCase, hardFiles, openWizards, answeredWizards };

/// One test for each story and each kind of person, which looks at every state on the way.
export function everywhere(people, look) {
  const tests = {};
  for (const [who, options] of Object.entries(people)) {
    for (const [name, story] of Object.entries(STORIES)) {
      const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      tests[`${words}, ${who}`] = async () => {
        await withPage(options, async ({ page, problems }) => {
          await page.evaluate(holdReading).then(() => page.locator(handle("drop-zone")).first().waitFor());
          const found = [];
          for await (const where of story(page)) found.push(...(await look(page, where, options)));
          if (found.length + problems.length > 0) throw new Error([...new Set([...found, ...problems])].join("\n"));
        });
      };
    }
  }
  return tests;
}
