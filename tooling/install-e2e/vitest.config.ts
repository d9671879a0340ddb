import { mergeConfig } from "vitest/config";
import { sharedVitestConfig } from "vitest-config";

export default mergeConfig(
  sharedVitestConfig({ testTimeoutMs: 300_000, builtPackages: true, hasLargeFiles: true }),
  {
    test: {
      globalSetup: "./src/pack-all.ts",
      // The first project fetches what the others find in npm's cache.
      fileParallelism: false,
    },
  },
);
