import { sharedVitestConfig } from "vitest-config";

export default sharedVitestConfig({ setupFiles: ["local-cloudfront/vitest"] });
