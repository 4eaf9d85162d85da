// The self-test of `#/trust`: every way of sending that is known, tried one after the other, and what the browser did.
// The page and its worker run this same function, so it uses nothing from around it. The address cannot exist
// (RFC 2606), and nothing of a case is in it.
//
// in:  in the page, what lets the worker run its attempts
// out: a line each, `way<TAB>outcome<TAB>told`, in the page an empty line and the worker's lines behind them:
//   refused   the browser reported that the policy forbids this (told: the directive) or threw for it (told: the error)
//   held      the page's lock prevented it, or threw (assets/lock.js)
//   absent    there is no such thing: the browser has none, or the lock took it away
//   untried   it cannot be tried here without leaving the page
//   open      none of these was seen
const tryToLeak = async (worker) => {
  const nowhere = "https://vpn-phone-doctor.invalid/";
  const address = nowhere + (worker ? "page/" : "worker/");
  const patience = 300;
  const outcomes = new Map();
  /// Directives by blocked address.
  const reports = new Map();
  let tried = "";
  let seen = () => {};
  const note = (way, outcome, told = "") => {
    outcomes.set(way, [outcome, told]);
    if (way === tried) seen();
  };

  // A blocked address names its attempt, however late its report comes; a report without one is of the present attempt.
  const reported = ({ blockedURI, effectiveDirective }) => {
    reports.set(blockedURI, effectiveDirective);
    const named = [...outcomes.keys()].find((way) => blockedURI === address + encodeURIComponent(way));
    const way = named ?? (blockedURI.startsWith(nowhere) ? "" : tried);
    if (way) note(way, "refused", effectiveDirective);
  };
  // The lock listens before this does. What it lets through is stopped here, so that no attempt leaves the page.
  const leaving = (event) => {
    if (!event.destination.url.startsWith(nowhere)) return;
    note(tried, event.defaultPrevented ? "held" : "open");
    if (event.cancelable) event.preventDefault();
  };
  self.addEventListener("securitypolicyviolation", reported);
  self.navigation?.addEventListener("navigate", leaving);

  const bench = self.document?.createElement("div");
  const add = (name, attributes, place = bench) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    place.append(element);
    return element;
  };
  const link = (rel, more) => (url) => add("link", { rel, href: url, ...more });
  const inSvg = (name, attributes) => {
    const [picture, element] = ["svg", name].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    picture.append(element);
    bench.append(picture);
    return element;
  };
  const linked = (more, place) => (url) => add("a", { href: url, ...more }, place?.());
  /// `meanwhile` is done to the link while it is clicked.
  const click = (make, meanwhile = () => {}) => (url) => {
    const anchor = make(url);
    anchor.addEventListener("click", (event) => {
      meanwhile(anchor, url);
      note(tried, event.defaultPrevented ? "held" : "open");
      event.preventDefault();
    });
    anchor.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }));
  };
  const blank = { target: "_blank" };
  /// Only where a change of address can be held back at all.
  const leave = (attempt) => (url) => (self.navigation ? attempt(url) : note(tried, "untried"));

  const anywhere = {
    "fetch": (url) => fetch(url, { method: "POST", mode: "no-cors" }),
    "XMLHttpRequest": (url) => {
      const request = new XMLHttpRequest();
      request.open("GET", url);
      request.send();
    },
    "WebSocket": (url) => new WebSocket(url.replace("https", "wss")),
    "EventSource": (url) => new EventSource(url),
    "WebTransport": (url) => new WebTransport(url),
    "RTCPeerConnection": (url) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${new URL(url).host}` }] });
      peer.createDataChannel("");
      return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    },
    "new FontFace": (url) => new FontFace("probe", `url(${url})`).load(),
    "new Worker": (url) => new Worker(url),
    "import()": (url) => import(url),
    "eval": (url) => (0, eval)(`fetch(${JSON.stringify(url)})`),
    "new Function": (url) => new Function(`fetch(${JSON.stringify(url)})`)(),
  };
  const inWorker = {
    "importScripts": (url) => importScripts(url),
  };
  const inPage = {
    "fetch keepalive": (url) => fetch(url, { mode: "no-cors", keepalive: true }),
    "fetchLater": (url) => fetchLater(url, { activateAfter: 0 }),
    "navigator.sendBeacon": (url) => navigator.sendBeacon(url, ""),
    "new SharedWorker": (url) => new SharedWorker(url),
    "<img src>": (url) => add("img", { src: url }),
    "<img srcset>": (url) => add("img", { srcset: `${url} 1x` }),
    "<input type=image>": (url) => add("input", { type: "image", src: url }),
    "<svg><image>": (url) => inSvg("image", { href: url }),
    "background-image": (url) => (add("p", {}).style.backgroundImage = `url(${url})`),
    "<style>": (url) => {
      const style = document.createElement("style");
      style.textContent = `@import url(${url});`;
      bench.append(style);
    },
    "<link rel=stylesheet>": link("stylesheet"),
    "<link rel=prefetch>": link("prefetch"),
    "<link rel=preload>": link("preload", { as: "image" }),
    "<link rel=modulepreload>": link("modulepreload"),
    "<link rel=preconnect>": link("preconnect"),
    "<link rel=dns-prefetch>": link("dns-prefetch"),
    "<script src>": (url) => {
      const script = document.createElement("script");
      script.src = url;
      bench.append(script);
    },
    "<script type=speculationrules>": (url) => {
      const script = document.createElement("script");
      script.type = "speculationrules";
      script.textContent = JSON.stringify({ prefetch: [{ source: "list", urls: [url], eagerness: "immediate" }] });
      bench.append(script);
    },
    "<iframe src>": (url) => add("iframe", { src: url }),
    "<iframe srcdoc>": (url) => add("iframe", { srcdoc: `<img src="${url}">` }),
    "<object data>": (url) => add("object", { data: url }),
    "<embed src>": (url) => add("embed", { src: url }),
    "<video src>": (url) => add("video", { src: url, preload: "auto" }),
    "<video poster>": (url) => add("video", { poster: url }),
    "<audio src>": (url) => add("audio", { src: url, preload: "auto" }),
    "innerHTML": (url) => (add("div", {}).innerHTML = `<img src="${url}">`),
    "<form>": leave((url) => add("form", { action: url, method: "post" }).submit()),
    "window.open": (url) => open(url)?.close(),
    "document.open": (url) => document.open(url, "_blank", "")?.close(),
    "<iframe>, window.open": (url) => add("iframe", {}).contentWindow.open(url)?.close(),
    "<iframe>, RTCPeerConnection": () => new (add("iframe", {}).contentWindow.RTCPeerConnection)(),
    "customElements.define": () => customElements.define("own-frame", class extends HTMLIFrameElement {}, { extends: "iframe" }),
    "location.href": leave((url) => (location.href = url)),
    "location.replace": leave((url) => location.replace(url)),
    "<meta http-equiv=refresh>": leave((url) => add("meta", { "http-equiv": "refresh", content: `0;url=${url}` })),
    "<a href>": click(linked()),
    "<a target=_blank>": click(linked(blank)),
    "<a download>": click(linked({ download: "" })),
    "<a ping>": click((url) => add("a", { href: location.hash, ping: url })),
    "<a>, in no document": click(linked(blank, () => document.createElement("p"))),
    "<a>, in a closed shadow root": click(linked(blank, () => add("p", {}).attachShadow({ mode: "closed" }))),
    "<a>, another one once clicked": click(
      () => add("a", { href: location.hash }),
      (anchor, url) => Object.assign(anchor, { href: url, ...blank }),
    ),
    "<svg><a>": click((url) => inSvg("a", { href: url, ...blank })),
  };

  if (bench) {
    bench.className = "unseen";
    bench.setAttribute("aria-hidden", "true");
    document.body.append(bench);
  }
  for (const [way, attempt] of Object.entries({ ...anywhere, ...(bench ? inPage : inWorker) })) {
    tried = way;
    outcomes.set(way, ["open", ""]);
    const answer = new Promise((resolve) => {
      seen = resolve;
      setTimeout(resolve, patience);
    });
    let thrown;
    try {
      Promise.resolve(attempt(address + encodeURIComponent(way))).catch(() => {});
    } catch (error) {
      thrown = error;
      // A name that stands for nothing.
      if (error instanceof ReferenceError) note(way, "absent");
      if (error.message === "held by the page’s lock") note(way, "held");
    }
    await answer;
    // Only a policy throws this one; what else was thrown may have another cause.
    if (outcomes.get(way)[0] === "open" && thrown instanceof EvalError) note(way, "refused", "EvalError");
    // What else is to be reported of this attempt must not be taken for the next one's.
    await new Promise((resolve) => setTimeout(resolve));
  }
  tried = "";
  bench?.remove();
  // Some of what a worker is refused is reported to its page (Firefox).
  const lines = (await worker?.())?.split("\n").map((line) => {
    const [way, outcome] = line.split("\t");
    const directive = reports.get(`${nowhere}worker/${encodeURIComponent(way)}`);
    return outcome === "open" && directive ? `${way}\trefused\t${directive}` : line;
  });
  self.removeEventListener("securitypolicyviolation", reported);
  self.navigation?.removeEventListener("navigate", leaving);
  const own = [...outcomes].map(([way, told]) => [way, ...told].join("\t"));
  return (lines ? [...own, "", ...lines] : own).join("\n");
};

/// In the worker: answers what the page asks with { leak: true }, and says meanwhile that it is alive.
const hearLeakTest = () => {
  self.addEventListener("message", async ({ data }) => {
    if (!data.leak) return;
    const beat = setInterval(() => postMessage({ progress: 0 }), 250);
    const answer = await tryToLeak().then((done) => ({ done }), () => ({ failed: "stopped", place: "" }));
    clearInterval(beat);
    postMessage(answer);
  });
};
