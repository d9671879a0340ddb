import { mergeConfig } from "vitest/config";
import { sharedVitestConfig } from "vitest-config";

export default mergeConfig(
  sharedVitestConfig({
    setupFiles: ["local-cloudfront/vitest"],
    builtPackages: true,
    testTimeoutMs: 60_000,
  }),
  {
    // Turbo comes to this suite last: nothing else wants the other core.
    test: { globalSetup: "./src/synthesize-first.ts", maxWorkers: 2 },
  },
);
