import { sharedVitestConfig } from "vitest-config";

export default sharedVitestConfig({ testTimeoutMs: 60_000 });
