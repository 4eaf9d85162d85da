// Unpacks both WebAssembly binaries and starts the page. `wasm_bindgen` is the page's glue, just above.
const bytes = (id) => {
  const text = document.getElementById(id).textContent;
  return unlzma(Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : decode(atob(text)));
};

/// A loop is ten times as fast as `Uint8Array.from` with a function.
function decode(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/// Until what is there was painted. A page that is not shown is never painted, and starts all the same.
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });

const start = async () => {
  // A worker from a blob inherits this page's policy; one from an address would not.
  const worker = URL.createObjectURL(
    new Blob([document.getElementById("engine-worker").textContent], { type: "text/javascript" }),
  );
  self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (url === worker ? url : null) });
  // The head of the page is painted first, then the page itself; only then is the larger engine unpacked.
  await painted();
  await wasm_bindgen({ module_or_path: await WebAssembly.compile(bytes("page-wasm")) });
  performance.mark("page-ready");
  await painted();
  wasm_bindgen.install_engine(worker, await WebAssembly.compile(bytes("engine-wasm")));
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
  document.getElementById("page").textContent = "Open this page by itself, not inside another one.";
} else if (!self.WebAssembly) {
  fallBack();
} else {
  start().catch((error) => {
    if (error instanceof WebAssembly.RuntimeError) crashed(error);
    else fallBack();
  });
}
