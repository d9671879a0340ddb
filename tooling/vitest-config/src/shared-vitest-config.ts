import { defineConfig, type ViteUserConfig } from "vitest/config";

export interface SharedVitestOptions {
  /**
   * Whether `*.test-d.ts` files are checked with the compiler.
   * @default false
   */
  readonly typecheck?: boolean;
  /**
   * How long a single test may take, in milliseconds.
   * @default 60000
   */
  readonly testTimeoutMs?: number;
}

/**
 * Returns the vitest configuration that every workspace shares: tests beside the file and in
 * `test/`, and a machine-readable result file that the gate counts.
 */
export function sharedVitestConfig(options: SharedVitestOptions = {}): ViteUserConfig {
  return defineConfig({
    test: {
      include: ["src/**/*.test.ts", "lib/**/*.test.ts", "test/**/*.test.ts"],
      typecheck: { enabled: options.typecheck ?? false, include: ["src/**/*.test-d.ts"] },
      reporters: ["default", ["json", { outputFile: ".vitest/results.json" }]],
      testTimeout: options.testTimeoutMs ?? 60_000,
      hookTimeout: 120_000,
      maxWorkers: 2,
    },
  });
}
