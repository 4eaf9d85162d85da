// Closes what a content-security policy in a <meta> leaves open: navigation, new windows, WebRTC.
// It runs before anything else, in the same inline script.
(() => {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "open", "fetchLater"]) {
    delete self[name];
  }

  // A route is a hash, a saved report a blob; a reload or a step back goes where the person already was.
  const stays = (url) => url.split("#", 1)[0] === location.href.split("#", 1)[0];
  self.navigation?.addEventListener("navigate", (event) => {
    // The page marks a step of its history without going anywhere.
    const marked = event.destination.sameDocument && stays(event.destination.url);
    const own = marked || event.hashChange || event.navigationType === "reload" || event.navigationType === "traverse";
    const saved = event.downloadRequest !== null && event.destination.url.startsWith("blob:");
    if (!own && !saved && event.cancelable) event.preventDefault();
  });

  // A link to a new window fires no navigate event here, and older browsers fire none at all.
  const refuse = (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement);
    if (!link || !link.href) return;
    const route = stays(link.href) && (link.target === "" || link.target === "_self") && !link.ping;
    const saved = link.hasAttribute("download") && link.href.startsWith("blob:");
    if (!route && !saved) event.preventDefault();
  };
  addEventListener("click", refuse, true);
  addEventListener("auxclick", refuse, true);
})();
