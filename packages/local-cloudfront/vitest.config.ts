import { resolve } from "node:path";
import { sharedVitestConfig } from "vitest-config";
import { mergeConfig } from "vitest/config";

// Functions are stopped by their own time-outs, threads start, and other suites share the processor.
const support = resolve(import.meta.dirname, "test/support");

export default mergeConfig(sharedVitestConfig({ testTimeoutMs: 30_000 }), {
  test: {
    // The largest suite waits much of its time, for time-outs above all: others work meanwhile.
    maxWorkers: 2,
    include: ["inspector/src/**/*.test.ts"],
    globalSetup: [resolve(support, "bundle-for-tests.ts")],
    execArgv: [`--import=${resolve(support, "run-bundled-threads.ts")}`],
  },
});
