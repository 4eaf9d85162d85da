// Opens the packed page in a real Firefox, over file://, by the browser's own WebDriver BiDi: enough of it for a test.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { PAGE, PATIENCE } from "./harness.mjs";

/// Node has a WebSocket of its own since its version 22; the driver of the other browser brings one.
const Socket = globalThis.WebSocket ?? createRequire(import.meta.url)("playwright-core/lib/utilsBundle").ws;

/// The browser looks for no updates, and speaks the language that is asked for.
const preferences = (language) => ({
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "intl.accept_languages": language,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
});

/// Runs `work` with a fresh Firefox and its first page, and closes it whatever happens.
export async function withFirefox(options, work) {
  const profile = mkdtempSync(join(tmpdir(), "vpn-phone-doctor-firefox-"));
  const lines = Object.entries(preferences(options.language ?? "en"));
  const texts = lines.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, "user.js"), texts.join(""));
  const program = process.env.FIREFOX ?? "/usr/bin/firefox";
  const browser = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"]);
  const ended = new Promise((resolve) => browser.once("close", resolve));
  let session;
  try {
    session = await connect(`${await address(browser)}/session`);
    await session.call("session.new", { capabilities: {} });
    await session.call("session.subscribe", { events: ["log.entryAdded"] });
    const { contexts } = await session.call("browsingContext.getTree", {});
    const page = new Page(session, contexts[0].context);
    await page.open(pathToFileURL(options.file ?? PAGE) + (options.route ?? ""), options.wait ?? "complete");
    return await work({ page, problems: session.problems });
  } finally {
    // The browser may be gone already; what is left of it is ended below.
    await session?.call("browser.close", {}).catch(() => {});
    session?.close();
    if (!session) browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/// Where the browser listens, as it says itself.
const address = (browser) =>
  new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk) => {
      said += chunk;
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]);
    };
    browser.stderr.on("data", hear);
    browser.stdout.on("data", hear);
    browser.once("error", reject);
    browser.once("close", () => reject(new Error(`Firefox ended before it listened:\n${said}`)));
  });

/// Commands by their numbers; whatever the browser writes on its console is a problem of the page.
const connect = (url) =>
  new Promise((resolve, reject) => {
    const socket = new Socket(url);
    const waiting = new Map();
    const session = {
      problems: [],
      close: () => socket.close(),
      call: (method, params) =>
        new Promise((resolve, reject) => {
          const id = waiting.size + 1;
          waiting.set(id, { resolve, reject });
          socket.send(JSON.stringify({ id, method, params }));
        }),
    };
    socket.onopen = () => resolve(session);
    socket.onerror = () => reject(new Error(`no connection to ${url}`));
    socket.onclose = () => {
      for (const one of waiting.values()) one.reject(new Error("the browser closed the connection"));
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      const { method, params } = message;
      if (method === "log.entryAdded" && ["error", "warn"].includes(params.level)) session.problems.push(params.text);
      if (message.id === undefined) return;
      const { resolve, reject } = waiting.get(message.id);
      if (message.type === "success") resolve(message.result);
      else reject(new Error(`${message.error}: ${message.message}`));
    };
  });

/// One tab.
class Page {
  constructor(session, context) {
    this.session = session;
    this.context = context;
  }

  open(url, wait) {
    return this.session.call("browsingContext.navigate", { context: this.context, url, wait });
  }

  /// Runs a function in the page and returns what it returns; numbers, words and yes or no go in and out.
  async run(work, ...values) {
    const { result, exceptionDetails } = await this.call(work, values);
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  }

  /// Waits until a function holds in the page, but not for ever. The browser asks again with every frame.
  async until(condition, ...values) {
    const text = `async (...values) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const end = Date.now() + ${PATIENCE};
      while (!(${condition})(...values)) {
        if (Date.now() > end) throw new Error("waited in vain for " + ${JSON.stringify(String(condition))} + values);
        await frame();
      }
    }`;
    const { exceptionDetails } = await this.call(text, values);
    if (exceptionDetails) throw new Error(exceptionDetails.text);
  }

  /// Waits for an element that can be seen.
  shown(selector) {
    return this.until((selector) => document.querySelector(selector)?.checkVisibility(), selector);
  }

  async text(selector) {
    await this.shown(selector);
    return this.run((selector) => document.querySelector(selector).innerText, selector);
  }

  /// Clicks with the browser's own pointer.
  async click(selector) {
    await this.shown(selector);
    const place = { type: "element", element: await this.element(selector) };
    await this.run((selector) => document.querySelector(selector).scrollIntoView({ block: "center" }), selector);
    const actions = [
      { type: "pointerMove", x: 0, y: 0, origin: place },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    const pointer = { type: "pointer", id: "mouse", actions };
    await this.session.call("input.performActions", { context: this.context, actions: [pointer] });
  }

  /// Types into a field with the browser's own keyboard.
  async type(selector, text) {
    await this.click(selector);
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    const keys = { type: "key", id: "keyboard", actions };
    await this.session.call("input.performActions", { context: this.context, actions: [keys] });
  }

  /// Gives files to a file field, by their paths.
  async choose(selector, files) {
    await this.session.call("input.setFiles", { context: this.context, element: await this.element(selector), files });
  }

  async element(selector) {
    const { result } = await this.call((selector) => document.querySelector(selector), [selector]);
    return { sharedId: result.sharedId };
  }

  call(work, values) {
    return this.session.call("script.callFunction", {
      functionDeclaration: String(work),
      arguments: values.map((value) => ({ type: typeof value, value })),
      target: { context: this.context },
      awaitPromise: true,
    });
  }
}
