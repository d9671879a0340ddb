import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EventType } from "cf-types";
import { LocalCloudFront } from "local-cloudfront";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type WorkspaceClone, cloneWorkspace } from "../src/workspace-clone.ts";

const configFile = "apps/infra/edge.config.ts";

let clone: WorkspaceClone;

beforeAll(() => {
  clone = cloneWorkspace();
});

afterAll(() => clone.remove());

/** Makes room on an event type, as a user would: by taking a function out of edge.config.ts. */
function takeOut(name: string): void {
  const file = join(clone.folder, configFile);
  const text = readFileSync(file, "utf8");
  const start = text.indexOf(`    {\n      package: "${name}"`);
  const end = text.indexOf("    },\n", start) + "    },\n".length;
  writeFileSync(
    file,
    text.slice(0, start) + text.slice(end).replace(/^import .* from "${name}";\n/m, ""),
  );
}

interface Case {
  readonly eventType: EventType;
  readonly name: string;
  /** What to ask of the local CloudFront, and what its answer holds. */
  readonly path: string;
  readonly says: (response: Response) => Promise<string | null>;
}

const body = (response: Response) => response.text();
const cases: readonly Case[] = [
  { eventType: "viewer-request", name: "say-first", path: "/assets/say-first", says: body },
  { eventType: "origin-request", name: "say-second", path: "/assets/say-second", says: body },
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
      if (eventType === "viewer-response") takeOut("security-headers");
      clone.run("pnpm", "new", name, "--event-type", eventType);
      clone.turbo("build", "lint", "typecheck", "test", "check", "--filter", name);
      expect(clone.run("pnpm", "changeset", "status", "--verbose")).toContain(name);
    },
  );

  it("has given each a line of its own, with which the app synthesizes and is served", async () => {
    clone.turbo("synth", "--filter=infra");
    const assembly = join(clone.folder, "apps/infra/cdk.out");
    const cloudfront = await LocalCloudFront.start({ assembly, port: 0 });
    try {
      for (const { path, says, name } of cases) {
        expect({ name, says: await says(await cloudfront.fetch(path)) }).toEqual({
          name,
          says: "hello",
        });
      }
    } finally {
      await cloudfront.close();
    }
  });

  it("puts the line into a comment where no cache behavior is free, and says so", () => {
    const said = clone.run("pnpm", "new", "say-fifth", "--event-type", "viewer-request");
    expect(said).toContain("It waits in a comment of apps/infra/edge.config.ts");
    expect(clone.read(configFile)).toContain('// { package: "say-fifth"');
    clone.turbo("synth", "--filter=infra");
  });

  it("its first version is 0.1.0, with a changelog", () => {
    clone.run("pnpm", "changeset", "version");
    expect(JSON.parse(clone.read("packages/say-first/package.json")).version).toBe("0.1.0");
    expect(clone.read("packages/say-first/CHANGELOG.md")).toContain("## 0.1.0");
  });
});
