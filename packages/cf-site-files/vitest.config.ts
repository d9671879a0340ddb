import { sharedVitestConfig } from "vitest-config";

// Property tests go through thousands of generated inputs.
export default sharedVitestConfig({ testTimeoutMs: 60_000 });
