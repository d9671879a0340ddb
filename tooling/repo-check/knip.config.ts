import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { KnipConfig } from "knip";

const published = readdirSync(join(import.meta.dirname, "../../packages"));

const config: KnipConfig = {
  ignoreExportsUsedInFile: true,
  // What a function takes and returns may have a name that nobody imports.
  exclude: ["types", "enumMembers"],
  treatConfigHintsAsErrors: false,
  // The first three come with the system: a named pipe, a terminal for a command, an engine to measure in.
  ignoreBinaries: ["mkfifo", "script", "njs", "package-check", "dev"],
  workspaces: {
    // In a clone, `pnpm exec local-cloudfront` serves any app: README.md.
    ".": { entry: [".ci/*.mjs"], ignoreDependencies: ["local-cloudfront"] },
    "packages/*": {
      entry: [
        "src/index.ts",
        "src/cli.ts",
        "src/lambda.ts",
        "src/config.d.json.ts",
        "src/cloudfront-function.ts",
        "src/inline-config.d.json.ts",
        "src/cloudfront-function-*.ts",
        "src/stored-config.d.json.ts",
        "src/**/*.test-d.ts",
      ],
      // Every function has the same development tools, whether its tests need them today or not.
      ignoreDependencies: ["fast-check", "@types/aws-lambda"],
    },
    "packages/create-cf-edge": {
      // A project gets the versions that package.json names.
      ignoreDependencies: [
        "aws-cdk-lib",
        "constructs",
        "edge-site",
        "local-cloudfront",
        "security-headers",
        "spa-rewrite",
      ],
    },
    "packages/local-cloudfront": {
      entry: [
        "src/index.ts",
        "src/cli.ts",
        "src/command-line.ts",
        "src/vitest.ts",
        "src/bundle.ts",
        "src/**/start-worker.ts",
        "src/**/environment-host.ts",
        "scripts/*.ts",
        "inspector/src/main.tsx",
        "inspector/vite.config.ts",
      ],
      project: ["src/**/*.ts", "scripts/*.ts", "inspector/**/*.{ts,tsx}"],
    },
    "packages/edge-check": { entry: ["src/index.ts", "src/cli.ts", "src/cdk/index.ts"] },
    "packages/edge-site": {
      // Two are started in processes of their own, and two are loaded by the tests' process.
      entry: [
        "src/index.ts",
        "src/cli.ts",
        "src/cdk/index.ts",
        "src/dev/synth-process.ts",
        "test/publish-until-signal.ts",
        "test/run-cdk-here.ts",
        "test/cdk-process-here.ts",
      ],
      // The site is read from its folder, the CDK CLI is run by its path.
      ignoreDependencies: ["notes", "aws-cdk"],
    },
    "apps/docs": {
      entry: ["scripts/*.ts", "astro.config.ts", "src/content.config.ts", "edge.config.ts"],
      // Its own stack finds the functions by their names; all packages are built before install-e2e, and so before it.
      ignoreDependencies: ["install-e2e", "security-headers", "spa-rewrite"],
    },
    // Named in edge.config.ts, and loaded by edge-site.
    "apps/showcase": {
      entry: ["edge.config.ts"],
      ignoreDependencies: [
        "cache-headers",
        "edge-auth",
        "locale",
        "origin-select",
        "secret-redirect",
        "security-headers",
        "spa-rewrite",
      ],
    },
    "apps/infra": {
      entry: ["edge.config.ts"],
      // The site is read from its folder; edge-site needs the CDK; the commands are for a user.
      ignoreDependencies: ["notes", "aws-cdk", "aws-cdk-lib", "constructs", "edge-check"],
    },
    // Commands that ask the test double load it by its path.
    "tooling/aws-test-double": { entry: ["src/index.ts", "src/resolve-account-endpoints.ts"] },
    "tooling/*": { entry: ["src/cli.ts", "src/index.ts"] },
    // What these depend on is built before them, packed or copied; nothing imports it.
    "tooling/bench": {
      entry: [
        "src/run-benches.ts",
        "src/soak/soak.ts",
        "src/load/generate-load.ts",
        // Each is bundled by its name, as a function of its own.
        "src/functions/original-handlers.ts",
        "src/functions/header-rivals.ts",
        "src/functions/locale-rivals.ts",
        "src/functions/sign-in-rivals.ts",
        // Read as text, by the names of the packages.
        "src/njs/*.js",
      ],
      // Its artefact is found by its name.
      ignoreDependencies: ["edge-sign-in"],
    },
    // The browser is clone-e2e's, too.
    "tooling/e2e": {
      entry: ["src/launch-browser.ts", "src/open-page.ts"],
      ignoreDependencies: ["infra"],
    },
    "tooling/clone-e2e": {
      entry: ["src/registry-process.ts"],
      ignore: ["test/fixtures/**"],
      ignoreDependencies: ["infra", "new-function", "package-check", "security-headers"],
    },
    "tooling/install-e2e": {
      entry: ["src/pack-all.ts"],
      ignore: ["test/fixtures/**"],
      ignoreDependencies: [...published, "aws-cdk-lib", "constructs"],
    },
    "tooling/new-function": { ignore: ["template/**"] },
  },
};

export default config;
