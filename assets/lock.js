// Closes what a content-security policy in a <meta> leaves open: navigation, new windows, frames, WebRTC, knocking at
// a server. It runs before anything else, in the same inline script. A script behind it may change every method of the
// language and of the document, so what the lock needs later it takes now.
(() => {
  "use strict";
  const { apply, getOwnPropertyDescriptor: describe, defineProperty: define } = Reflect;
  const method = (type, name) => {
    const own = type.prototype[name];
    return (on, ...values) => apply(own, on, values);
  };
  const getter = (type, name) => {
    const own = describe(type.prototype, name).get;
    return (of) => apply(own, of, []);
  };
  const setter = (type, name) => {
    const own = describe(type.prototype, name).set;
    return (of, value) => apply(own, of, [value]);
  };
  const held = () => {
    throw new Error("held by the page’s lock");
  };
  /// What only some objects answer to.
  const asked = (question, of) => {
    try {
      return question(of);
    } catch {
      return undefined;
    }
  };

  // What sends past the policy, opens a window, hands something to another program, or makes nodes without `createElement`.
  const openWindow = self.open;
  for (const name of [
    "RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "open", "fetchLater", "documentPictureInPicture",
    "XSLTProcessor", "PaymentRequest", "PresentationRequest", "speechSynthesis",
  ]) {
    delete self[name];
  }
  self.opener = null;
  // `document.open` opens a window, too, and takes every listener off this one. A link in a closed shadow root is not
  // seen from outside it.
  const closed = [
    [Document.prototype, ["open", "write", "writeln"]],
    [Document, ["parseHTML", "parseHTMLUnsafe"]],
    [Element.prototype, ["attachShadow", "setHTML", "setHTMLUnsafe"]],
    [CustomElementRegistry.prototype, ["define"]],
    [self.DocumentPictureInPicture?.prototype, ["requestWindow"]],
    [Navigator.prototype, ["share", "registerProtocolHandler"]],
  ];
  // Where the policy does not refuse them.
  if (!self.trustedTypes) {
    closed.push([Element.prototype, ["innerHTML", "outerHTML", "insertAdjacentHTML"]]);
    closed.push([DOMParser.prototype, ["parseFromString"]], [Range.prototype, ["createContextualFragment"]]);
  }
  for (const [owner, names] of closed) {
    for (const name of names) {
      const own = owner && describe(owner, name);
      if (own) define(owner, name, own.set ? { ...own, set: held } : { ...own, value: held });
    }
  }

  // A frame, even an empty one, has everything anew that is taken away here; a <link> makes the browser look up a server
  // and knock there. The page's own is its empty icon, which the browser has seen.
  for (const link of document.querySelectorAll("link")) link.remove();
  const localName = getter(Element, "localName");
  const REFUSED = { __proto__: null, iframe: 1, frame: 1, object: 1, embed: 1, fencedframe: 1, portal: 1, link: 1 };
  for (const name of ["createElement", "createElementNS"]) {
    const create = Document.prototype[name];
    Document.prototype[name] = function () {
      const made = apply(create, this, arguments);
      if (localName(made) in REFUSED) held();
      return made;
    };
  }

  const indexOf = method(String, "indexOf");
  const slice = method(String, "slice");
  /// An address of this page, from its `#` on; nothing where it is another page's.
  const route = (url) => {
    const here = indexOf(location.href, "#");
    const there = indexOf(url, "#");
    const page = here < 0 ? location.href : slice(location.href, 0, here);
    return there >= 0 && slice(url, 0, there) === page ? slice(url, there) : undefined;
  };

  const prevent = method(Event, "preventDefault");
  if (self.NavigateEvent) {
    const destination = getter(NavigateEvent, "destination");
    const url = getter(NavigationDestination, "url");
    const sameDocument = getter(NavigationDestination, "sameDocument");
    const hashChange = getter(NavigateEvent, "hashChange");
    const way = getter(NavigateEvent, "navigationType");
    const request = getter(NavigateEvent, "downloadRequest");
    // A route is a hash, a saved report a blob; a reload or a step back goes where the person already was.
    navigation.addEventListener("navigate", (event) => {
      const to = destination(event);
      // The page marks a step of its history without going anywhere.
      const marked = sameDocument(to) && (url(to) === location.href || route(url(to)) !== undefined);
      const own = marked || hashChange(event) || way(event) === "reload" || way(event) === "traverse";
      const saved = request(event) !== null && indexOf(url(to), "blob:") === 0;
      if (!own && !saved) prevent(event);
    });
  }

  // No link is ever followed by the browser: it could be another one when its own listeners are done. A route is gone to
  // and a report is saved from here, where nothing can listen.
  const href = getter(HTMLAnchorElement, "href");
  const target = getter(HTMLAnchorElement, "target");
  const download = getter(HTMLAnchorElement, "download");
  const hasAttribute = method(Element, "hasAttribute");
  const parent = getter(Node, "parentNode");
  const click = method(HTMLElement, "click");
  const saver = document.createElement("a");
  const [save, saveAs] = [setter(HTMLAnchorElement, "href"), setter(HTMLAnchorElement, "download")];
  const LINKS = { __proto__: null, a: 1, area: 1, use: 1 };
  const isLink = (node) => localName(node) in LINKS || hasAttribute(node, "href");
  const follow = (link, apart) => {
    const url = asked(href, link);
    if (!url) return;
    if (hasAttribute(link, "download") && indexOf(url, "blob:") === 0) {
      save(saver, url);
      saveAs(saver, download(link));
      click(saver);
    }
    const to = route(url);
    if (to === undefined || (target(link) !== "" && target(link) !== "_self")) return;
    if (apart) apply(openWindow, self, [url, "_blank", "noopener"]);
    else location.hash = to;
  };

  const path = method(Event, "composedPath");
  const prevented = getter(Event, "defaultPrevented");
  const pressed = [getter(MouseEvent, "ctrlKey"), getter(MouseEvent, "metaKey"), getter(MouseEvent, "shiftKey")];
  const button = getter(MouseEvent, "button");
  const refuse = (event) => {
    // What a script sent was seen to below.
    if (prevented(event)) return;
    const nodes = path(event);
    for (let at = 0; at < nodes.length; at += 1) {
      if (!asked(isLink, nodes[at])) continue;
      prevent(event);
      const apart = button(event) === 1 || pressed[0](event) || pressed[1](event) || pressed[2](event);
      if (event.isTrusted && button(event) < 2) follow(nodes[at], apart);
      return;
    }
  };
  addEventListener("click", refuse, true);
  addEventListener("auxclick", refuse, true);

  // A link that is in no document is not heard above.
  const dispatch = method(EventTarget, "dispatchEvent");
  const kind = getter(Event, "type");
  const cancelable = getter(Event, "cancelable");
  const linkOf = (node) => {
    for (let at = node; at; at = asked(parent, at)) if (asked(isLink, at)) return at;
    return undefined;
  };
  const send = (on, event) => {
    const link = kind(event) === "click" && linkOf(on);
    if (link) {
      if (!cancelable(event)) held();
      prevent(event);
      follow(link);
    }
    return dispatch(on, event);
  };
  EventTarget.prototype.dispatchEvent = function (event) {
    return send(this, event);
  };
  const Click = MouseEvent;
  HTMLElement.prototype.click = function () {
    if (linkOf(this)) send(this, new Click("click", { bubbles: true, cancelable: true, composed: true, view: self }));
    else click(this);
  };
})();
