// Unpacks what the file holds and starts the page. `wasm_bindgen` is the page's glue, just above.

/// The inverse of `base91` in `bundler/src/pack.rs`: printable ASCII without `&`, `<` and `>`.
function unbase91(text) {
  const values = new Uint8Array(128);
  let next = 0;
  for (let sign = 33; sign < 127; sign += 1) if (!"&<>".includes(String.fromCharCode(sign))) values[sign] = next++;
  const bytes = new Uint8Array(Math.ceil((text.length * 14) / 16));
  let [done, bits, count] = [0, 0, 0];
  for (let at = 0; at + 1 < text.length; at += 2) {
    const value = values[text.charCodeAt(at)] + values[text.charCodeAt(at + 1)] * 91;
    bits |= value << count;
    count += (value & 0x1fff) > 88 ? 13 : 14;
    for (; count > 7; count -= 8, bits >>>= 8) bytes[done++] = bits & 0xff;
  }
  if (text.length % 2 === 1) bytes[done++] = (bits | (values[text.charCodeAt(text.length - 1)] << count)) & 0xff;
  return bytes.subarray(0, done);
}

/// Until what is there was painted. A page that is not shown is never painted, and starts all the same.
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });

const start = async () => {
  // The head of the page is painted first, then the page itself; only then is the larger engine unpacked.
  await painted();
  const packed = document.getElementById("packed");
  const [page, engine] = packed.dataset.parts.split(" ").map(Number);
  const unpack = unlzma(unbase91(packed.textContent));
  const module_or_path = await WebAssembly.compile(unpack(page));
  // A worker from a blob inherits this page's policy; one from an address would not.
  const text = `const tryToLeak = ${tryToLeak};\n${document.getElementById("engine-worker").textContent}`;
  const worker = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (url === worker ? url : null) });
  await wasm_bindgen({ module_or_path });
  performance.mark("page-ready");
  await painted();
  wasm_bindgen.install_engine(worker, await WebAssembly.compile(unpack(engine)));
};

/// The page's panic hook: a place in its source.
let place = "";
const note_panic = (at) => {
  place = at;
};

const crashed = (error) => {
  if (self.WebAssembly && error instanceof WebAssembly.RuntimeError) recover(place || error.message);
};
addEventListener("error", (event) => crashed(event.error));
addEventListener("unhandledrejection", (event) => crashed(event.reason));

if (self !== top) {
  document.getElementById("page").textContent = 
    "Open this page by itself, not inside another one. · Öffnen Sie diese Seite für sich, nicht in einer anderen.";
} else if (!self.WebAssembly) {
  fallBack();
} else {
  start().catch((error) => {
    // What the browser does not compile it does not run; anything else is the page's own fault.
    if (error instanceof WebAssembly.CompileError) fallBack();
    else recover(place || error.message);
  });
}
