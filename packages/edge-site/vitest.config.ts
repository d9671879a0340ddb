import { sharedVitestConfig } from "vitest-config";
import { mergeConfig } from "vitest/config";

// The first synth of a test file loads the whole CDK, and a deploy the CDK CLI: tests wait for processes much of their time.
export default mergeConfig(sharedVitestConfig({ testTimeoutMs: 120_000 }), {
  test: {
    maxWorkers: 2,
    execArgv: [`--import=${import.meta.resolve("./test/run-cdk-here.ts")}`],
  },
});
