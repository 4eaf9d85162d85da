// Every state of the page against axe-core: light, dark and forced colours, English and German.

import { violations } from "./harness.mjs";
import { everywhere } from "./states.mjs";

const broken = async (page, where) => (await violations(page)).map((found) => `${where}: ${found}`);

export default everywhere(
  {
    "light, English": { colorScheme: "light" },
    "dark, German": { colorScheme: "dark", locale: "de-DE" },
    "forced colours": { forcedColors: "active" },
  },
  broken,
);
