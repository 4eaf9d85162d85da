// What works without WebAssembly: comparing two hashes. Also the panel for a page that stopped.
const show = (id) => {
  document.getElementById("page").hidden = true;
  document.getElementById(id).hidden = false;
};

/// The bytes of a hash as lower-case hex, or null where the text is neither hex nor Base64.
const hashHex = (text) => {
  const plain = text.replace(/^.*=\s+|^.*fingerprint[^=]*=/i, "").replace(/[\s:.\-]|0x/gi, "");
  const lengths = [32, 40, 64, 128];
  if (/^[0-9a-f]+$/i.test(plain) && lengths.includes(plain.length)) return plain.toLowerCase();
  const base64 = text.trim().replace(/\s/g, "").replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, "");
  if (!/^[0-9a-z+/]+$/i.test(base64) || base64.length % 4 === 1) return null;
  const bytes = atob(base64);
  const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return lengths.includes(hex.length) ? hex : null;
};

const fallBack = () => {
  show("fallback");
  const inputs = ["fallback-first", "fallback-second"].map((id) => document.getElementById(id));
  const verdict = document.getElementById("fallback-verdict");
  const compare = () => {
    const [first, second] = inputs.map((input) => hashHex(input.value));
    if (inputs.some((input) => input.value.trim() === "")) verdict.textContent = "";
    else if (first === null || second === null) verdict.textContent = "Not a hash · Kein Hash";
    else verdict.textContent = first === second ? "Equal · Gleich" : "Different · Verschieden";
  };
  for (const input of inputs) input.addEventListener("input", compare);
};

const recover = (place) => {
  show("recovery");
  document.getElementById("recovery-place").textContent = place;
  document.getElementById("recovery-restart").addEventListener("click", () => location.reload());
};
