import { replaceModule } from "vitest-config/replace-module";

// Threads run what is bundled for the tests, in place of sources that each of them would compile anew.
replaceModule("./thread-module.ts", new URL("bundled-thread-module.ts", import.meta.url));
