// Every state of the page against axe-core: light, dark and forced colours, English and German. Its best practices
// count like its rules.

import { readFileSync } from "node:fs";

import { inProject } from "./harness.mjs";
import { everywhere } from "./states.mjs";

const AXE = readFileSync(inProject("node_modules/axe-core/axe.min.js"), "utf8");

async function broken(page, where) {
  if (!(await page.evaluate(() => "axe" in self))) {
    // The page's policy lets no script in from outside; the debugger is not bound by it.
    const debug = await page.context().newCDPSession(page);
    await debug.send("Runtime.evaluate", { expression: AXE });
  }
  const { violations } = await page.evaluate(() =>
    // Without `runOnly` best practices are run too; the size of targets is of WCAG 2.2 and off unless asked for.
    self.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] }),
  );
  return violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.target).join(" | ")}`);
}

export default everywhere(
  {
    "light, English": { colorScheme: "light" },
    "dark, German": { colorScheme: "dark", locale: "de-DE" },
    "forced colours": { forcedColors: "active" },
  },
  broken,
);
