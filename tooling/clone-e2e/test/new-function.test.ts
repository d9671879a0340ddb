import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventType } from "cf-types";
import { programRunner, TestDeployment } from "aws-test-double";
import { LocalCloudFront } from "local-cloudfront";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type WorkspaceClone, cloneWorkspace } from "../src/workspace-clone.ts";

const configFile = "apps/infra/edge.config.ts";

let clone: WorkspaceClone;

beforeAll(() => {
  clone = cloneWorkspace();
});

afterAll(() => clone.remove());

/** Edits edge.config.ts, as a user would. */
function edit(before: string, after: string): void {
  const text = clone.read(configFile);
  expect(text).toContain(before);
  writeFileSync(join(clone.folder, configFile), text.replace(before, after));
}

interface Case {
  readonly eventType: EventType;
  readonly name: string;
  /** What to ask of the local CloudFront, and what its response holds. */
  readonly path: string;
  readonly says: (response: Response) => Promise<string | null>;
}

const body = (response: Response) => response.text();
const cases: readonly Case[] = [
  { eventType: "viewer-request", name: "say-first", path: "/say-first", says: body },
  { eventType: "origin-request", name: "say-second", path: "/say-second", says: body },
  {
    eventType: "origin-response",
    name: "say-third",
    path: "/",
    says: async ({ headers }) => headers.get("x-say-third"),
  },
  {
    eventType: "viewer-response",
    name: "say-fourth",
    path: "/",
    says: async ({ headers }) => headers.get("x-say-fourth"),
  },
];

describe("pnpm new", () => {
  it.each(cases)(
    "$eventType: makes a function that builds, passes its tests and can be published",
    ({ name, eventType }) => {
      clone.run("pnpm", "new", name, "--event-type", eventType);
      clone.turbo("build", "lint", "typecheck", "test", "check", "--filter", name);
      expect(clone.run("pnpm", "changeset", "status", "--verbose")).toContain(name);
    },
  );

  it("makes a function for one engine, whose line waits where the site's functions run on the other", () => {
    const engine = ["--engine", "cloudfront-function"];
    const said = clone.run("pnpm", "new", "say-fifth", "--event-type", "viewer-request", ...engine);
    expect(said).toContain("It waits in a comment of apps/infra/edge.config.ts");
    expect(clone.read(configFile)).toContain('// Not on lambda-edge: { package: "say-fifth"');
    clone.turbo("build", "lint", "typecheck", "test", "check", "--filter", "say-fifth");
  });

  it("refuses a CloudFront Function at an origin event, and writes nothing", () => {
    const engine = ["--engine", "both"];
    expect(() =>
      clone.run("pnpm", "new", "say-sixth", "--event-type", "origin-request", ...engine),
    ).toThrow("Write --engine lambda-edge, or choose a viewer event.");
    expect(clone.run("git", "status", "--porcelain", "packages/say-sixth")).toBe("");
  });
});

const firstOf = (path: string): string => join(clone.folder, "packages/say-first", path);

describe.each(["lambda-edge", "cloudfront-function"])(
  "a site of composed packages on %s",
  (engine) => {
    const home = mkdtempSync(join(tmpdir(), "composed-"));
    // Beside the app's own, since it names the site's folder relative to itself.
    const assembly = (name: string): string =>
      join(clone.folder, "apps/infra", `${engine}-${name}`);
    let deployment: TestDeployment;

    /** Synthesizes the site as it is now, into a folder that keeps it. */
    function synthesize(name: string): string {
      clone.turbo("synth", "--filter=infra");
      cpSync(join(clone.folder, "apps/infra/cdk.out"), assembly(name), { recursive: true });
      return assembly(name);
    }

    /** Returns what a command says of each function. */
    async function said(command: string, name: string): Promise<readonly string[]> {
      const { exitStatus, stdout, stderr } = await deployment.run(command, assembly(name));
      expect({ exitStatus, stderr: exitStatus === 0 ? "" : stderr }).toEqual({
        exitStatus: 0,
        stderr: "",
      });
      return stdout.split("\n").filter((line) => /^  \S+ \d+\.\d+\.\d+.*: /.test(line));
    }

    beforeAll(async () => {
      if (engine === "cloudfront-function") edit('engine: "lambda-edge"', `engine: "${engine}"`);
      const edgeSite = programRunner({
        nodeArgs: [join(clone.folder, "packages/edge-site/bin/edge-site.js")],
        folder: join(clone.folder, "apps/infra"),
      });
      deployment = await TestDeployment.open(edgeSite, synthesize("first"), home);
    });

    afterAll(async () => {
      await deployment[Symbol.asyncDispose]();
      rmSync(home, { recursive: true });
    });

    it("is served: each function does its part", async () => {
      const cloudfront = await LocalCloudFront.start({ assembly: assembly("first"), port: 0 });
      try {
        for (const { path, says, name } of cases) {
          const response = await cloudfront.fetch(path);
          expect({ name, says: await says(response) }).toEqual({ name, says: "hello" });
          expect(response.headers.get("strict-transport-security")).not.toBeNull();
        }
        expect((await cloudfront.fetch("/notes/1")).status).toBe(200);
        expect((await cloudfront.fetch("/secret", { redirect: "manual" })).status).toBe(302);
      } finally {
        await cloudfront.close();
      }
    });

    it("is deployed as one function for each event", async () => {
      const lines = await said("deploy", "first");
      const names = lines.map((line) =>
        line
          .replace(/ \d+\.\d+\.\d+/g, "")
          .split(":")[0]
          ?.trim(),
      );
      expect(names.toSorted()).toEqual([
        "say-third",
        "secret-redirect, say-second",
        "security-headers, say-fourth",
        "spa-rewrite, say-first",
      ]);
    });

    it.each([
      [
        "options",
        () => edit("compileSayFirst()", 'compileSayFirst({ greeting: "good morning" })'),
        "say-first: options changed",
      ],
      [
        "bytes",
        () => {
          const text = readFileSync(firstOf("src/edge/decide.ts"), "utf8");
          writeFileSync(
            firstOf("src/edge/decide.ts"),
            text.replace("options.greeting", "`${options.greeting}!`"),
          );
        },
        "say-first: bytes changed",
      ],
    ])(
      "has exactly one new artefact where the %s of one package change",
      async (name, change, reason) => {
        const before = {
          edge: clone.read(configFile),
          decide: readFileSync(firstOf("src/edge/decide.ts")),
        };
        change();
        synthesize(name);
        writeFileSync(join(clone.folder, configFile), before.edge);
        writeFileSync(firstOf("src/edge/decide.ts"), before.decide);
        const zips = deployment.aws.assets.size;
        const changed = (lines: readonly string[]) =>
          lines.filter((line) => !line.endsWith(": unchanged"));
        expect(changed(await said("diff", name))).toEqual([expect.stringContaining(reason)]);
        expect(changed(await said("deploy", name))).toEqual([expect.stringContaining(reason)]);
        // The template, and the code of a Lambda function.
        expect(deployment.aws.assets.size - zips).toBe(engine === "lambda-edge" ? 2 : 1);
        await said("deploy", "first");
      },
    );
  },
);

describe("the release of a new function", () => {
  it("its first version is 0.1.0, with a changelog", () => {
    clone.run("pnpm", "changeset", "version");
    expect(JSON.parse(clone.read("packages/say-first/package.json")).version).toBe("0.1.0");
    expect(clone.read("packages/say-first/CHANGELOG.md")).toContain("## 0.1.0");
  });
});
