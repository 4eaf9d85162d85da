// Every state of the page at 320 px, which is also what 1280 px are at 400 %: nothing makes the page scroll sideways,
// and whatever is pressed is big enough.

import { everywhere } from "./states.mjs";

const narrow = (page, where) =>
  page.evaluate((where) => {
    const found = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) {
      const over = [...document.querySelectorAll("#page *")].filter((one) => one.getBoundingClientRect().right > wide + 1);
      const deepest = over.filter((one) => !over.some((other) => other !== one && one.contains(other))).slice(0, 3);
      const names = deepest.map((one) => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className} "${one.textContent.slice(0, 30)}"`);
      found.push(`${where}: the page is ${document.documentElement.scrollWidth} px wide: ${names.join(" | ")}`);
    }
    // Text that a frame cuts off without a way to scroll to it is lost.
    for (const one of document.querySelectorAll("#page *")) {
      const style = getComputedStyle(one);
      const cuts = style.overflowX === "hidden" && style.clipPath === "none" && style.display !== "inline";
      if (cuts && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1) {
        found.push(`${where}: cut off: ${one.tagName.toLowerCase()}.${one.className}`);
      }
    }
    return found;
  }, where);

export default everywhere(
  {
    "320 px, English": { viewport: { width: 320, height: 640 } },
    "320 px, German": { viewport: { width: 320, height: 640 }, locale: "de-DE" },
    "640 px, German": { viewport: { width: 640, height: 450 }, locale: "de-DE" },
  },
  narrow,
);
