import { describe, expect, it } from "vitest";
import { TestProject } from "./project.ts";

const vite = {
  name: "shop",
  scripts: { build: "vite build" },
  devDependencies: { vite: "^8.0.0" },
};

/** The lines of the configuration that a project gets. */
async function configOf(project: TestProject): Promise<readonly string[]> {
  await project.create();
  return project.read("edge.config.mjs").split("\n");
}

describe("what a framework builds", () => {
  it("is one document for every path in an app of Vite", async () => {
    const project = new TestProject({ ...vite, dependencies: { react: "^19.0.0" } });
    const created = await project.create();
    expect(created?.framework).toBe("Vite with React");
    expect(project.read("edge.config.mjs")).toMatchInlineSnapshot(`
      "import { defineEdgeConfig } from "edge-site";

      export const edgeConfig = defineEdgeConfig({
        stackName: "shop",
        siteFolder: "dist",
        functions: [
          { package: "spa-rewrite", config: { mode: "fallback" } },
          { package: "security-headers", config: { preset: "spa" } },
        ],
      });
      "
    `);
  });

  it("is in the folder that the configuration of Vite names, whatever its comments say", async () => {
    const config = 'export default {\n  // outDir: "old"\n  build: { outDir: "./build/" },\n};\n';
    const lines = await configOf(new TestProject(vite, { "vite.config.ts": config }));
    expect(lines).toContain('  siteFolder: "build",');
  });

  it("is a page for each path in a static export of Next.js", async () => {
    const project = new TestProject(
      { name: "shop", dependencies: { next: "^16.0.0" } },
      { "next.config.mjs": 'export default { output: "export" };\n' },
    );
    const lines = await configOf(project);
    expect(lines).toContain('  siteFolder: "out",');
    expect(lines).toContain('  hashedAssetsPattern: "/_next/static/*",');
    expect(lines).toContain('    { package: "spa-rewrite", config: { siteFiles: true } },');
  });

  it("is a page for each path in Astro and in SvelteKit", async () => {
    const astro = await configOf(new TestProject({ dependencies: { astro: "^7.0.0" } }));
    expect(astro).toContain('  hashedAssetsPattern: "/_astro/*",');
    const svelteKit = new TestProject(
      { devDependencies: { "@sveltejs/kit": "^3.0.0", vite: "^8.0.0" } },
      { "svelte.config.js": 'import adapter from "@sveltejs/adapter-static";\n' },
    );
    const lines = await configOf(svelteKit);
    expect(lines).toContain('  siteFolder: "build",');
    expect(lines).toContain('    { package: "spa-rewrite", config: { siteFiles: true } },');
  });

  it.each([
    [{ outputPath: "dist" }, "dist/browser"],
    [{}, "dist/app/browser"],
    [{ outputPath: { base: "out", browser: "" } }, "out"],
  ])("is in the browser's folder of Angular: %j", async (options, siteFolder) => {
    const build = { builder: "@angular/build:application", options };
    const angular = { projects: { app: { architect: { build } } } };
    const project = new TestProject(
      { dependencies: { "@angular/core": "^22.0.0" } },
      { "angular.json": JSON.stringify(angular) },
    );
    expect(await configOf(project)).toContain(`  siteFolder: ${JSON.stringify(siteFolder)},`);
  });

  it.each([
    ["next", "next.config.ts", "export default {};", /^Next\.js builds a server.*output: "export"/],
    ["astro", "astro.config.mjs", 'export default { output: "server" };', /^Astro builds a server/],
    ["@sveltejs/kit", "svelte.config.js", "", /^SvelteKit builds a server.*adapter-static/],
  ])("is refused where it is a server: %s", async (dependency, file, config, message) => {
    const project = new TestProject({ dependencies: { [dependency]: "1" } }, { [file]: config });
    const before = project.files();
    await expect(project.create()).rejects.toThrow(message);
    expect(project.files()).toEqual(before);
  });

  it("is asked for where it is not known", async () => {
    const project = new TestProject({ name: "plain" });
    await expect(project.create()).rejects.toThrow(/got no --site-folder\..*--site-folder dist/);
    await project.create({ siteFolder: "public", routes: "pages" });
    expect(project.read("edge.config.mjs")).toContain('siteFolder: "public"');
  });
});

describe("what is written", () => {
  it("is what was given rather than what was detected", async () => {
    const project = new TestProject({ ...vite, type: "module" }, { "tsconfig.json": "{}" });
    const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc";
    await project.create({
      siteFolder: "www",
      routes: ["/notes/:id", "/about"],
      engine: "lambda-edge",
      domain: { name: "app.example.com", certificateArn },
      stackName: "notes",
    });
    expect(project.read("edge.config.ts")).toMatchInlineSnapshot(`
      "import { defineEdgeConfig } from "edge-site";

      export const edgeConfig = defineEdgeConfig({
        stackName: "notes",
        siteFolder: "www",
        engine: "lambda-edge",
        functions: [
          { package: "spa-rewrite", config: { routes: ["/notes/:id", "/about"] } },
          { package: "security-headers", config: { preset: "spa" } },
        ],
        stages: {
          prod: {
            domain: {
              names: ["app.example.com"],
              certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc",
            },
          },
        },
      });
      "
    `);
  });

  it("is a module, also where package.json takes files for CommonJS", async () => {
    const project = new TestProject(vite, { "tsconfig.json": "{}" });
    await project.create();
    expect(project.read("edge.config.mts")).toContain("defineEdgeConfig");
  });

  it("leaves the formatting of package.json, and all that is there", async () => {
    const text =
      '{\n\t"name": "shop",\n\t"scripts": {\n\t\t"build": "vite build",\n\t\t"edge:deploy": "mine"\n\t},\n\t"keywords": ["a", "b"],\n\t"devDependencies": {\n\t\t"vite": "^8.0.0",\n\t\t"edge-site": "^0.9.0"\n\t}\n}\n';
    const project = new TestProject(text, { "pnpm-lock.yaml": "" });
    const created = await project.create();
    expect(project.read("package.json")).toBe(
      text
        .replace(
          '"edge:deploy": "mine"',
          [
            '"edge:deploy": "mine"',
            '"build:watch": "vite build --watch --logLevel warn"',
            '"edge:start": "pnpm run build && edge-site start"',
            '"edge:dev": "pnpm run build && edge-site dev"',
            '"edge:preflight": "pnpm run build && edge-site preflight"',
            '"edge:diff": "pnpm run build && edge-site diff"',
          ].join(",\n\t\t"),
        )
        .replace('"edge-site": "^0.9.0"', '"edge-site": "^0.9.0",\n\t\t"constructs": "^10.0.0"'),
    );
    expect(created?.plan.kept).toEqual([
      "package.json: scripts.edge:deploy does something else, and stays as it is",
    ]);
    expect(created?.next).toEqual([
      "pnpm install",
      "pnpm run edge:start",
      "pnpm run edge:preflight",
    ]);
  });

  it("is written once: a second run changes nothing", async () => {
    const project = new TestProject(vite, { ".gitignore": "dist" });
    expect((await project.create())?.plan.changes).toHaveLength(4);
    const written = project.files();
    expect(written[".gitignore"]).toBe("dist\ncdk.out/\n.dev/\n");
    expect((await project.create())?.plan).toEqual({ changes: [], kept: [] });
    expect(project.files()).toEqual(written);
  });

  it("leaves an edge.config.ts as it is", async () => {
    const project = new TestProject(vite, { "edge.config.ts": "// mine\n" });
    await project.create();
    expect(project.read("edge.config.ts")).toBe("// mine\n");
    expect(project.files()["edge.config.mjs"]).toBeUndefined();
  });

  it("is for a CDK app the dependencies, and the construct is shown", async () => {
    const project = new TestProject({ name: "shop" }, { "cdk.json": "{}" });
    const created = await project.create();
    expect(created?.snippet).toContain("new EdgeSite(this,");
    expect(Object.keys(project.files())).toEqual(["cdk.json", "package.json"]);
    expect(JSON.parse(project.read("package.json")).devDependencies).toEqual({
      "edge-site": "^1.0.0",
    });
  });

  it("needs a package.json", async () => {
    const project = new TestProject("{");
    await expect(project.create()).rejects.toThrow(/^package\.json is not JSON/);
    await expect(project.create({}, "sub")).rejects.toThrow(
      /^There is no package\.json: looked in/,
    );
  });
});
