import { resolve } from "node:path";
import { sharedVitestConfig } from "vitest-config";
import { mergeConfig } from "vitest/config";

// Functions are stopped by their own time-outs, threads start, and other suites share the processor.
export default mergeConfig(sharedVitestConfig({ testTimeoutMs: 30_000 }), {
  test: {
    // The largest suite waits much of its time, for time-outs above all: others work meanwhile.
    maxWorkers: 2,
    include: ["inspector/src/**/*.test.ts"],
    globalSetup: [resolve(import.meta.dirname, "test/support/bundle-for-tests.ts")],
    execArgv: [`--import=${import.meta.resolve("./test/support/run-bundled-threads.ts")}`],
  },
});
