// What works without WebAssembly: comparing two hashes. Also the panel for a page that stopped.
const element = (id) => document.getElementById(id);
const show = (id) => {
  element("page").hidden = true;
  element(id).hidden = false;
};

/// Names of hashes by their bytes.
const HASHES = { 16: "MD5", 20: "SHA-1", 32: "SHA-256", 48: "SHA-384", 64: "SHA-512" };
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");

/// Every hash in a text, in lower-case hex: `SHA1 Fingerprint=E5:7E:…`, `Leaf cert hash = 1289…`,
/// `<certHash1>5X6B…=</certHash1>`, bare or within a line.
const hashesIn = (text) => {
  const plain = text.replace(/<[^>]*>/g, "|").replace(/\b0x/gi, "");
  const pairs = plain.match(/(?<![0-9a-z])[0-9a-f]{2}(?:[\s:.,-]*[0-9a-f]{2})*(?![0-9a-z])/gi) ?? [];
  const found = pairs.map((one) => one.replace(/[^0-9a-f]/gi, "").toLowerCase());
  for (const part of plain.split("|")) {
    // Base64, ordinary or for addresses, whole or broken over lines, without the label in front of it.
    const value = part.replace(/^[^]*[=:]\s*(?=[^=:\s])/, "").replace(/\s/g, "").replace(/-/g, "+").replace(/_/g, "/");
    const bare = value.replace(/={1,2}$/, "");
    if (/^[0-9a-z+/]+$/i.test(bare) && bare.length % 4 !== 1) found.push(hexOf(atob(bare)));
  }
  return [...new Set(found)].filter((hex) => hex.length / 2 in HASHES);
};

/// What a text that holds no hash looks like.
const why = (text) => {
  const digits = text.replace(/[\s:.-]/g, "");
  if (!/^[0-9a-f]+$/i.test(digits)) return ["Not a hash", "Kein Hash"];
  const count = `${digits.length} hex digits: a SHA-1 has 40, a SHA-256 64`;
  return [count, `${digits.length} Hex-Ziffern: Ein SHA-1 hat 40, ein SHA-256 64`];
};

/// What is to be said of two hashes.
const difference = (one, other) => {
  if (one === other) return ["= Equal", "Gleich"];
  const [name, second] = [one, other].map((hex) => HASHES[hex.length / 2]);
  if (name !== second) {
    const [en, de] = [`${name} and ${second} cannot be compared`, `${name} und ${second} lassen sich nicht vergleichen`];
    return [`≠ Different kinds: ${en}; take the same kind of both`, `Verschiedene Arten: ${de}; nehmen Sie von beiden dieselbe`];
  }
  const byte = [...one].findIndex((digit, at) => digit !== other[at]) >> 1;
  return [`≠ Different, from byte ${byte + 1} on`, `Verschieden, ab Byte ${byte + 1}`];
};

const fallBack = () => {
  show("fallback");
  const say = (id, texts) => {
    const german = document.createElement("span");
    german.lang = "de";
    german.textContent = texts.length > 1 ? ` · ${texts[1]}` : "";
    element(id).replaceChildren(texts[0] ?? "", german);
  };
  const fields = ["fallback-first", "fallback-second"];
  const compare = () => {
    const found = fields.map((id) => {
      const text = element(id).value;
      const [hash] = hashesIn(text);
      const base64 = hash && btoa(String.fromCharCode(...hash.match(/../g).map((pair) => parseInt(pair, 16))));
      const both = hash && [`${HASHES[hash.length / 2]}\n${hash.toUpperCase().match(/../g).join(":")}\n${base64}`];
      say(`${id}-read`, both ?? (text.trim() ? why(text) : []));
      return hash;
    });
    say("fallback-verdict", found.every(Boolean) ? difference(...found) : []);
  };
  for (const id of fields) element(id).addEventListener("input", compare);
};

/// The panel for a page that stopped. `again` begins with the files that are held, as far as there are any.
const recover = (place, files, again) => {
  // One fault may have others behind it.
  if (!element("recovery").hidden) return;
  show("recovery");
  element("recovery-place").textContent = place;
  element("recovery-again").hidden = files === 0;
  const chosen = new AbortController();
  const { signal } = chosen;
  // What could be lost is lost, or held here: nothing asks whether to leave.
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true, signal });
  element("recovery-restart").addEventListener("click", () => location.reload(), { signal });
  const withFiles = () => {
    chosen.abort();
    element("recovery").hidden = true;
    again();
  };
  element("recovery-again").addEventListener("click", withFiles, { signal });
};
