import { resolve } from "node:path";
import { sharedVitestConfig } from "vitest-config";
import { mergeConfig } from "vitest/config";

const packages = resolve(import.meta.dirname, "../..");

/** The test files whose names the ledger reads. They are loaded and not run: nothing is bundled for them. */
export default mergeConfig(sharedVitestConfig(), {
  root: packages,
  test: {
    dir: packages,
    include: [
      "local-cloudfront/{src,test,inspector/src}/**/*.test.ts",
      "cf-rules/src/**/*.test.ts",
    ],
    provide: { bundle: resolve(packages, "local-cloudfront/dist") },
    maxWorkers: 1,
  },
});
