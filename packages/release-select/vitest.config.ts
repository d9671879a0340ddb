import { sharedVitestConfig } from "vitest-config";

export default sharedVitestConfig();
