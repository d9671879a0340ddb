import { sharedVitestConfig } from "vitest-config";

// The first synth of a test file loads the whole CDK, and a deploy the CDK CLI.
export default sharedVitestConfig({ testTimeoutMs: 120_000 });
