import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";

declare module "vitest" {
  export interface ProvidedContext {
    /** Whether tests write more than memory should hold. */
    readonly hasLargeFiles?: boolean;
  }
}

export interface SharedVitestOptions {
  /**
   * Whether `*.test-d.ts` files are checked with the compiler.
   * @default false
   */
  readonly typecheck?: boolean;
  /**
   * How long a single test may take, in milliseconds.
   * @default 10000
   */
  readonly testTimeoutMs?: number;
  /**
   * Modules that are loaded before each test file.
   * @default - none
   */
  readonly setupFiles?: readonly string[];
  /**
   * Whether packages of the workspace are tested as they are built, as their users get them, in place of
   * their sources.
   * @default false
   */
  readonly builtPackages?: boolean;
  /**
   * Whether tests write more than memory should hold, such as the dependencies of whole projects.
   * @default false
   */
  readonly hasLargeFiles?: boolean;
}

/**
 * Inside the workspace, a package is its sources: no build stands between a change and the tests of
 * those that use it. No "development", which vitest adds: packages from elsewhere mean their own sources by it.
 */
const conditions = ["cf-edge-source"];

/** Turbo runs as many suites at once as there are cores: on two, each takes one for itself. */
const isByTurbo = process.env["TURBO_HASH"] !== undefined;
const maxWorkers = isByTurbo && availableParallelism() <= 2 ? 1 : 2;

/**
 * Returns the vitest configuration that every workspace shares: tests beside the file and in
 * `test/`, a temporary folder of the run's own, and a machine-readable result file that the gate counts.
 */
export function sharedVitestConfig(options: SharedVitestOptions = {}): ViteUserConfig {
  return defineConfig({
    plugins: [
      {
        name: "conditions",
        configResolved: ({ ssr }) => {
          ssr.resolve = { conditions: options.builtPackages === true ? [] : conditions };
        },
      },
    ],
    test: {
      provide: { hasLargeFiles: options.hasLargeFiles ?? false },
      globalSetup: [join(import.meta.dirname, "own-temporary-folder.ts")],
      include: ["src/**/*.test.ts", "lib/**/*.test.ts", "test/**/*.test.ts"],
      typecheck: { enabled: options.typecheck ?? false, include: ["src/**/*.test-d.ts"] },
      reporters: ["default", ["json", { outputFile: ".vitest/results.json" }]],
      testTimeout: options.testTimeoutMs ?? 10_000,
      hookTimeout: 120_000,
      // What is awaited may take long on a machine with other work; it is there at once on another.
      expect: { poll: { timeout: 20_000 } },
      maxWorkers,
      // A process for each file costs more than most files: what a test changes, it puts back.
      isolate: false,
      // Node.js runs the sources as they are: nothing is transformed, least of all once for each package.
      experimental: { viteModuleRunner: false, nodeLoader: false },
      setupFiles: [...(options.setupFiles ?? [])],
    },
  });
}
