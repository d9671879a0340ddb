import { sharedVitestConfig } from "vitest-config";

// changesets works in clones of repositories.
export default sharedVitestConfig({ testTimeoutMs: 60_000 });
