import { mergeConfig } from "vitest/config";
import { sharedVitestConfig } from "vitest-config";

export default mergeConfig(sharedVitestConfig({ setupFiles: ["local-cloudfront/vitest"] }), {
  test: { globalSetup: "./src/synthesize-first.ts" },
});
