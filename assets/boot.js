// Unpacks what the file holds and starts the page. `glue` makes the page's own `wasm_bindgen`, anew at each start.

/// The inverse of `base128` in `bundler/src/pack.rs`: seven bits a character, and three values in pairs.
function unbase128(text) {
  const bytes = new Uint8Array(text.length * 2);
  let [done, bits, count] = [0, 0, 0];
  const take = (seven) => {
    bits = ((bits & 0xff) << 7) | seven;
    count += 7;
    if (count > 7) {
      count -= 8;
      bytes[done++] = (bits >> count) & 0xff;
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign >= 0x100) take([0, 13, 60][(sign - 0x100) >> 7]);
    take(sign & 0x7f);
  }
  return bytes.subarray(0, done);
}

/// Until what is there was painted. A page that is not shown is never painted, and starts all the same.
const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });

/// What a person hands over before the page has started is kept, and handed over again then: by itself the browser
/// would open a dropped file in the page's place. What it holds can only be asked for while the event lasts.
const early = [];
const HANDED_OVER = { dragover: undefined, drop: "dataTransfer", paste: "clipboardData" };
const keep = (event) => {
  event.preventDefault();
  const data = event[HANDED_OVER[event.type]];
  if (!data) return;
  const items = [...data.items].map((item) => {
    const { kind } = item;
    const [file, entry] = [item.getAsFile(), item.webkitGetAsEntry?.()];
    const folder = entry?.isDirectory ? item.getAsFileSystemHandle?.() : undefined;
    return { kind, getAsFile: () => file, webkitGetAsEntry: () => entry, getAsFileSystemHandle: () => folder };
  });
  const text = data.getData("text/plain");
  early.push([event.type, { items, getData: () => text }]);
};
const keepNoMore = () => Object.keys(HANDED_OVER).forEach((type) => removeEventListener(type, keep));
const handOver = () => {
  keepNoMore();
  for (const [type, value] of early.splice(0)) {
    const event = new (type === "drop" ? DragEvent : ClipboardEvent)(type, { bubbles: true, cancelable: true });
    document.body.dispatchEvent(Object.defineProperty(event, HANDED_OVER[type], { value }));
  }
};

/// The files of the case, by number: name and handle, or a buffer. They outlive a page that stops.
const held = new Map();
const hold_file = (number, name, handle) => void held.set(number, [name, handle]);
const let_go = (number) => void held.delete(number);
const let_all_go = () => held.clear();
const take_held = () => {
  const files = [...held.values()];
  held.clear();
  return files;
};

/// Ends what a page that stopped still hears, has started or waits for, and what it shows.
let end = () => {};
/// From here on what is heard, started and awaited is of the page that begins.
const own = () => {
  const over = new AbortController();
  for (const place of [self, document]) {
    place.addEventListener = (type, heard, options) => {
      const wanted = typeof options === "object" ? options : { capture: Boolean(options) };
      EventTarget.prototype.addEventListener.call(place, type, heard, { ...wanted, signal: over.signal });
    };
  }
  const workers = [];
  const { Worker } = self;
  self.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      workers.push(this);
    }
  };
  // The glue looks the page's functions up here whenever it calls one: for a promise, an event or a closure that the
  // browser collects, which may all come long after the page stopped.
  const exported = {};
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    WebAssembly.instantiate = instantiate;
    Object.assign(exported, (await instantiate(...given)).exports);
    return { instance: { exports: exported } };
  };
  end = () => {
    for (const [name, value] of Object.entries(exported)) if (value instanceof Function) exported[name] = () => {};
    self.Worker = Worker;
    for (const place of [self, document]) delete place.addEventListener;
    over.abort();
    workers.forEach((worker) => worker.terminate());
    // Timers of either kind and pictures that are to come are numbered one after the other.
    for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
    for (let picture = requestAnimationFrame(() => {}); picture > 0; picture -= 1) cancelAnimationFrame(picture);
    const page = element("page").cloneNode(false);
    page.hidden = false;
    element("page").replaceWith(page);
  };
};

/// What the file holds, unpacked in the order in which it stands there; the engine not before it is needed.
const unpacked = async () => {
  // The head of the page is painted first, then the page itself; only then is the larger engine unpacked.
  await painted();
  const packed = element("packed");
  const [styles, page, script, engine] = packed.dataset.parts.split(" ").map((sizes) => sizes.split("+").map(Number));
  const unpack = unlzma(unbase128(packed.textContent));
  const words = ([size]) => new TextDecoder().decode(unpack(size));
  const binary = (sizes) => together(sizes.map(unpack));
  // A sheet that a script makes needs no place in the policy: it cannot load anything.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(words(styles));
  document.adoptedStyleSheets = [sheet];
  const module_or_path = await WebAssembly.compile(binary(page));
  // A worker from a blob inherits this page's policy; one from an address would not.
  const text = `const tryToLeak = ${tryToLeak};\n(${hearLeakTest})();\n${words(script)}`;
  const worker = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (url === worker ? url : null) });
  let compiled;
  return { module_or_path, worker, engine: () => (compiled ??= WebAssembly.compile(binary(engine))) };
};

/// Unpacked once, however often the page begins.
let parts;
const start = async () => {
  const { module_or_path, worker, engine } = await (parts ??= unpacked());
  own();
  const wasm_bindgen = glue();
  await wasm_bindgen({ module_or_path });
  handOver();
  performance.mark("page-ready");
  await painted();
  wasm_bindgen.install_engine(worker, await engine());
};

/// Starts the page, and says what there is to do where that is not possible.
const begin = () => {
  Object.keys(HANDED_OVER).forEach((type) => addEventListener(type, keep, { passive: false }));
  start().catch((error) => {
    keepNoMore();
    // What the browser does not compile it does not run; anything else is the page's own fault.
    if (error instanceof WebAssembly.CompileError) fallBack();
    else stopped(error.message);
  });
};

/// The page's panic hook: a place in its source.
let place = "";
const note_panic = (at) => {
  place = at;
};

/// The page stopped: it can begin anew with the files that it had, or without them.
const stopped = (message) =>
  recover(place || message, held.size, () => {
    end();
    place = "";
    location.hash = "";
    begin();
  });
const crashed = (error) => {
  if (self.WebAssembly && error instanceof WebAssembly.RuntimeError) stopped(error.message);
};
addEventListener("error", (event) => crashed(event.error));
addEventListener("unhandledrejection", (event) => crashed(event.reason));

if (self !== top) {
  document.getElementById("page").textContent = 
    "Open this page by itself, not inside another one. · Öffnen Sie diese Seite für sich, nicht in einer anderen.";
} else if (!self.WebAssembly) {
  fallBack();
} else {
  begin();
}
