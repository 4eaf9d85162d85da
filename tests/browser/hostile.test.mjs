// What a file says stays text on the screen: hundreds of strings that mean harm, as names of files, of groups, of users
// and of reasons, on every view, unfolded. The benign twin says which elements a case is made of.

import { assert, choose, example, file, handle, judged, withPage } from "./harness.mjs";
import { ROUTES, go, unfold } from "./states.mjs";

const RUN = "self.harmed=1";
const ELEMENTS = [
  `<script>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<img/src=x/onerror=${RUN}>`,
  `<svg/onload=${RUN}>`,
  `<svg><animate onbegin=${RUN} attributeName=x>`,
  `<iframe srcdoc="<script>parent.harmed=1</script>">`,
  `<iframe src=javascript:${RUN}>`,
  `<object data=data:text/html,x>`,
  `<embed src=//harm.example>`,
  `<a href=javascript:${RUN}>x</a>`,
  `<body onload=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<video><source onerror=${RUN}>`,
  `<math href=javascript:${RUN}>x</math>`,
  `<style>*{background:url(//harm.example)}</style>`,
  `<link rel=stylesheet href=//harm.example>`,
  `<meta http-equiv=refresh content=0;url=//harm.example>`,
  `<base href=//harm.example>`,
  `<form action=//harm.example><button>x`,
  `<template shadowrootmode=open>x`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `javascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
];
const BEFORE = ["", `">`, `'>`, `</code></td>`, `-->`, `]]>`, `&lt;/p>`, `\\x3c`, `\u202e`, `\u200b`, `\u2066`, `\u0085`, `\ufeff`];
const STRINGS = BEFORE.flatMap((before) => ELEMENTS.map((element) => before + element));

/// So many at a time: a list that is too long shows its beginning.
const AT_ONCE = 45;

/// One case in which every string is a name of everything.
function files(names) {
  const log = names.map(
    (name, at) =>
      `Nov 24 2026 08:00:0${at % 10}: %ASA-6-113015: AAA user authentication Rejected : reason = ${name} : local database : user = ${name} : user IP = 203.0.113.${at % 250}\n` +
      `Nov 24 2026 08:00:0${at % 10}: %ASA-6-716039: Group <${name}> User <${name}> IP <198.51.100.${at % 250}> Authentication: rejected, Session Type: WebVPN.\n`,
  );
  const groups = names.map(
    (name) =>
      `group-policy ${name} internal\ngroup-policy ${name} attributes\n vpn-simultaneous-logins 0\n` +
      `tunnel-group ${name} type remote-access\ntunnel-group ${name} general-attributes\n default-group-policy ${name}\n` +
      `tunnel-group ${name} webvpn-attributes\n authentication certificate\n group-url https://asa.example.com/${name} enable\n`,
  );
  const asa = `: Saved\nASA Version 9.1(5)\nhostname ${names[1]}\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\nwebvpn\n enable outside\n anyconnect enable\n${groups.join("")}: end\n`;
  const odd = names.map((name) => file(`${name.replaceAll("/", "")}.txt`, `${name}\n`));
  return [
    file("asa.cfg", asa),
    file("asa.log", log.join("")),
    file("SEP001122334455.cnf.xml", example("SEP001122334455.cnf.xml")),
    file("phone-console.log", example("phone-console.log").replaceAll("asa.example.com", names[2])),
    ...odd,
  ];
}

/// What stands on every view: kinds of elements with their attributes, where links lead, the address and the title.
async function anatomy(names) {
  return withPage({}, async ({ page, context, problems }) => {
    const dialogs = [];
    page.on("dialog", (dialog) => (dialogs.push(dialog.message()), dialog.dismiss()));
    await choose(page, files(names));
    await judged(page);
    await page.locator(handle("progress")).waitFor({ state: "detached" });
    const kinds = new Set();
    const titles = new Set();
    let shown = 0;
    for (const route of ROUTES) {
      await go(page, route);
      await unfold(page);
      const seen = await page.evaluate(() => ({
        kinds: [...document.querySelectorAll("body *")].flatMap((one) => [
          one.localName,
          ...[...one.attributes].map(({ name }) => `${one.localName}@${name}`),
          ...(one.hasAttribute("href") ? [`to ${one.getAttribute("href").replace(/^(#\/)[a-z/-]*$/, "$1")}`] : []),
        ]),
        shown: document.querySelector("#page").textContent.split("harm").length - 1,
        title: document.title,
        harmed: self.harmed,
        address: location.hash,
      }));
      seen.kinds.forEach((kind) => kinds.add(kind));
      titles.add(seen.title);
      shown += seen.shown;
      assert.equal(seen.harmed, undefined, route);
      assert.equal(seen.address, route);
    }
    assert.deepEqual([dialogs, problems, context.pages().length], [[], [], 1]);
    return { kinds: [...kinds].sort(), titles: [...titles], shown };
  });
}

export default {
  async "hundreds of strings that mean harm are text on every view"() {
    assert.ok(new Set(STRINGS).size >= 300, `${STRINGS.length} strings`);
    // With names that an ASA takes, and with such as it would not.
    const benign = [await anatomy(STRINGS.slice(0, AT_ONCE).map((_, at) => `NAME-${at}`))];
    benign.push(await anatomy(STRINGS.slice(0, AT_ONCE).map((_, at) => `no name ${at} (at all)`)));
    const known = benign.flatMap((one) => one.kinds);
    let shown = 0;
    for (let at = 0; at < STRINGS.length; at += AT_ONCE) {
      const hostile = await anatomy(STRINGS.slice(at, at + AT_ONCE));
      shown += hostile.shown;
      assert.deepEqual(hostile.kinds.filter((kind) => !known.includes(kind)), []);
      assert.ok(hostile.titles.every((title) => !/harm|[<>]/.test(title)), hostile.titles.join());
    }
    assert.ok(shown > STRINGS.length, `they are on the screen: ${shown}`);
  },
};
