import { mergeConfig } from "vitest/config";
import { sharedVitestConfig } from "vitest-config";

// Each file works in a clone of its own, with all the cores that there are.
export default mergeConfig(sharedVitestConfig({ testTimeoutMs: 900_000, hasLargeFiles: true }), {
  test: { hookTimeout: 900_000, fileParallelism: false },
});
