import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FrameworkApp, type ServedApp } from "../src/framework-app.ts";
import { LocalRegistry } from "../src/local-registry.ts";
import { cloneWorkspace } from "../src/workspace-clone.ts";

/** The packages as a registry serves them, published as a release publishes them. */
let registry: LocalRegistry;
let published: string;

beforeAll(async () => {
  const clone = cloneWorkspace();
  try {
    clone.run("pnpm", "changeset", "version");
    clone.commit("Next versions");
    clone.turbo("build", "--filter=./packages/*");
    const names = readdirSync(join(clone.folder, "packages")).map(
      (folder) => JSON.parse(clone.read(`packages/${folder}/package.json`)).name,
    );
    registry = await LocalRegistry.start(names);
    published = clone.runWith(registry.env, "pnpm", "changeset", "publish");
  } finally {
    clone.remove();
  }
});

afterAll(() => registry[Symbol.dispose]());

/** Does what the README of create-cf-edge says, and returns what the command printed. */
function create(app: FrameworkApp, ...args: readonly string[]): string {
  const printed = app.run("npm", "create", "--yes", "cf-edge", "--", "--yes", ...args);
  // As the command says; the scripts of others are not run.
  expect(printed).toContain("  npm install\n");
  app.run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund");
  return printed;
}

const html = { headers: { accept: "text/html" } };
const local = ["--port", "0", "--log", "json"];

async function page(served: ServedApp, path: string): Promise<Response> {
  return fetch(`${served.url.replace(/\/$/, "")}${path}`, html);
}

it("every public package is published", () => {
  for (const name of ["create-cf-edge", "edge-site", "local-cloudfront", "spa-rewrite"]) {
    expect(published).toContain(name);
  }
});

describe("npm create cf-edge", () => {
  it("adds a site to an app of Vite with React, which is then served and synthesized", async () => {
    using app = new FrameworkApp("vite-react", registry.env);
    expect(create(app)).toContain("Found: Vite with React.");
    using served = await app.serve("npm", "run", "edge:start", "--", ...local);
    const response = await page(served, "/a/route/of/the/app");
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining("<html"),
    ]);
    expect(response.headers.get("content-security-policy")).toContain("'sha");
    expect(app.run("npx", "edge-site", "synth")).toContain("A million requests cost about");
    using alone = await app.serve("npx", "local-cloudfront", "cdk.out", ...local);
    expect((await page(alone, "/")).status).toBe(200);
    expect(app.run("npx", "edge-check", "cdk.out")).toContain("CloudFront has nothing to refuse");

    using dev = await app.serve("npm", "run", "edge:dev", "--", ...local);
    const config = join(app.folder, "edge.config.mjs");
    const server = async () => (await page(dev, "/")).headers.get("server");
    expect(await server()).not.toBe("Shop");
    const text = readFileSync(config, "utf8");
    writeFileSync(config, text.replace('preset: "spa"', 'preset: "spa", server: "Shop"'));
    await expect.poll(server, { timeout: 60_000 }).toBe("Shop");
  });

  it("adds a site to a static export of Next.js, whose pages have clean URLs", async () => {
    using app = new FrameworkApp("next", registry.env);
    expect(create(app)).toContain("Found: Next.js, static export.");
    using served = await app.serve("npm", "run", "edge:start", "--", ...local);
    for (const path of ["/", "/about", "/about/"]) {
      expect([path, (await page(served, path)).status]).toEqual([path, 200]);
    }
    expect((await page(served, "/nowhere")).status).toBe(404);
    const config = readFileSync(join(app.folder, "edge.config.mjs"), "utf8");
    expect(config).toContain("siteFiles: true");
  });

  it("adds the packages to a CDK app, and shows the construct that is to be added", async () => {
    using app = new FrameworkApp("cdk-app", registry.env);
    // What its bundler would have built.
    mkdirSync(join(app.folder, "dist"));
    writeFileSync(join(app.folder, "dist/index.html"), "<!doctype html><title>Shop</title>");
    const printed = create(app);
    const lines = printed.split("\n").map((line) => line.replace(/^ {2}/, ""));
    const [, ...construct] = lines.slice(
      lines.findIndex((line) => line.startsWith("import { EdgeSite }")),
      lines.indexOf("});") + 1,
    );
    const file = join(app.folder, "app.mjs");
    const text = readFileSync(file, "utf8").replace(
      "// The construct comes here.",
      construct.join("\n"),
    );
    writeFileSync(file, `import { EdgeSite } from "edge-site/cdk";\n${text}`);
    app.run("npx", "cdk", "synth", "--quiet");
    using served = await app.serve("npm", "run", "edge:start", "--", ...local);
    const response = await page(served, "/cart");
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining("Shop"),
    ]);
  });
});
