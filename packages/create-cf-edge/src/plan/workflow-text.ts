import { posix } from "node:path";
import type { PackageManager } from "../project/read-project.ts";

/** What the workflow is for. */
export interface WorkflowOptions {
  /** The project, relative to the repository; empty for its root. */
  readonly projectPath: string;
  readonly packageManager: PackageManager;
}

const actions = {
  checkout: "actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3",
  setupNode: "actions/setup-node@48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e # v6.4.0",
  credentials:
    "aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3",
};

const installs: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["npm ci"],
  pnpm: ["npm install --global pnpm", "pnpm install --frozen-lockfile"],
  yarn: ["corepack enable", "yarn install --immutable"],
  bun: ["npm install --global bun", "bun install --frozen-lockfile"],
};

/**
 * Returns a workflow of GitHub Actions: a pull request shows what it would change, a push to main deploys. Both take a
 * role of AWS, whose ARN is a variable of the repository; without it they do nothing.
 */
export function workflowText({ projectPath, packageManager }: WorkflowOptions): string {
  const folder = posix.normalize(projectPath === "" ? "." : projectPath);
  const defaults =
    folder === "." ? [] : ["defaults:", "  run:", `    working-directory: ${folder}`];
  return [
    "name: Site",
    "on:",
    "  push:",
    "    branches: [main]",
    "  pull_request:",
    "permissions: {}",
    "concurrency: ${{ github.workflow }}-${{ github.ref }}",
    ...defaults,
    "jobs:",
    ...job("diff", packageManager, {
      condition:
        "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository",
      variable: "AWS_DIFF_ROLE_ARN",
    }),
    ...job("deploy", packageManager, {
      condition: "github.event_name == 'push'",
      variable: "AWS_DEPLOY_ROLE_ARN",
      more: ["environment: production"],
    }),
    "",
  ].join("\n");
}

interface Job {
  readonly condition: string;
  readonly variable: string;
  readonly more?: readonly string[];
}

/** @param command of edge-site, by which the job is called as well */
function job(
  command: string,
  packageManager: PackageManager,
  { condition, variable, more = [] }: Job,
): readonly string[] {
  return [
    `  ${command}:`,
    `    if: ${condition} && vars.${variable} != ''`,
    "    runs-on: ubuntu-24.04",
    "    timeout-minutes: 60",
    ...more.map((line) => `    ${line}`),
    "    permissions:",
    "      contents: read",
    "      id-token: write",
    "    steps:",
    `      - uses: ${actions.checkout}`,
    "        with:",
    "          persist-credentials: false",
    `      - uses: ${actions.setupNode}`,
    "        with:",
    "          node-version: 24",
    ...installs[packageManager].map((line) => `      - run: ${line}`),
    "      # What needs no identity comes before there is one.",
    `      - run: ${packageManager} run build`,
    `      - uses: ${actions.credentials}`,
    "        with:",
    `          role-to-assume: \${{ vars.${variable} }}`,
    "          aws-region: us-east-1",
    `      - run: npx edge-site ${command}`,
  ];
}
