import { sharedVitestConfig } from "vitest-config";
import { mergeConfig } from "vitest/config";

export default mergeConfig(sharedVitestConfig(), {
  test: { include: ["inspector/src/**/*.test.ts"] },
});
