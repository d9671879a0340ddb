import { mergeConfig } from "vitest/config";
import { sharedVitestConfig } from "vitest-config";

export default mergeConfig(sharedVitestConfig({ testTimeoutMs: 120_000 }), {
  test: {
    globalSetup: "./src/pack-all.ts",
    hookTimeout: 300_000,
    // The first project fetches what the others find in npm's cache.
    fileParallelism: false,
  },
});
