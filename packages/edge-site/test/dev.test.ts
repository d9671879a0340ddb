import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildEdgeFunction } from "edge-build";
import { LocalCloudFront } from "local-cloudfront";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DevSession, startDev } from "../src/dev/start-dev.ts";

const lambda = `import config from "./config.json" with { type: "json" };
import { says } from "./says.ts";

export const handler = async (event: any) => {
  const { response } = event.Records[0].cf;
  response.headers["x-says"] = [{ key: "X-Says", value: config.name + says }];
  return response;
};
`;
const says = (word: string) => `export const says: string = ${JSON.stringify(` says ${word}`)};\n`;
const compile = (suffix: string) =>
  `export const compileDemo = (name: string) => ({ name: name + ${JSON.stringify(suffix)} });\n`;
/** @param more further entries of the list of functions */
const edgeConfig = (
  name: string,
  imports = "",
  more = "",
) => `import { compileDemo } from "demo";${imports}
import { defineEdgeConfig } from ${JSON.stringify(join(import.meta.dirname, "../src/config/edge-config.ts"))};

export const edgeConfig = defineEdgeConfig({
  stackName: "demo",
  siteFolder: "site",
  functions: [{ package: "demo", config: compileDemo(${JSON.stringify(name)}) }${more}],
});
`;

/** A workspace of its own: a function package, a site, and an edge.config.ts. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "dev-")));
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

function writePackage(name: string, eventType: string): void {
  for (const path of [`${name}/src`, `${name}/dist`, "node_modules"]) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  symlinkSync(join(folder, name), join(folder, "node_modules", name));
  const packageJson = {
    name,
    version: "1.0.0",
    type: "module",
    exports: {
      ".": "./dist/index.js",
      "./manifest": "./dist/lambda/manifest.json",
      "./package.json": "./package.json",
    },
    edgeFunction: { eventType, budgetBytes: 10_000 },
  };
  write(`${name}/package.json`, JSON.stringify(packageJson));
}

let cloudfront: LocalCloudFront | undefined;
let session: DevSession;
const told: string[] = [];
/** Resolves the wait of a test, if there is one. */
let onNews: () => void = () => {};

/** Saves a file and waits until what comes of it is as expected. */
async function save(file: string, text: string, isDone: () => Promise<boolean>): Promise<void> {
  write(file, text);
  await until(isDone);
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<void>();
    onNews = resolve;
    if (await isDone()) return;
    await promise;
  }
}

function fetchPage(): Promise<Response> {
  if (cloudfront === undefined) throw new Error("Nothing is served yet.");
  return cloudfront.fetch("/a.html");
}

async function saying(): Promise<string> {
  const response = await fetchPage();
  return `${response.headers.get("x-says")}, ${response.headers.get("x-cache")}`;
}

beforeAll(async () => {
  mkdirSync(join(folder, "site"));
  mkdirSync(join(folder, "node_modules"));
  const edgeBuild = join(import.meta.dirname, "../node_modules/edge-build");
  symlinkSync(edgeBuild, join(folder, "node_modules/edge-build"));
  write("site/index.html", "<h1>demo</h1>");
  write("site/a.html", "first");
  writePackage("demo", "viewer-response");
  write("demo/src/lambda.ts", lambda);
  write("demo/src/says.ts", says("what was built"));
  write("demo/src/index.ts", compile(""));
  write("demo/dist/index.js", "throw new Error('the sources are used, not what was built');\n");
  write("edge.config.ts", edgeConfig("Ann"));
  await buildEdgeFunction(join(folder, "demo"));
  // Saved after the build, before anything is watched.
  write("demo/src/says.ts", says("a"));
  const assemblyFolder = join(folder, ".dev/cdk.out");
  session = await startDev({
    configFile: join(folder, "edge.config.ts"),
    assemblyFolder,
    coloured: false,
    onAssembly: async () => {
      await cloudfront?.reload();
      onNews();
    },
    onSite: async () => {
      await cloudfront?.invalidate(["/*"]);
      onNews();
    },
    report: (message) => {
      told.push(message);
      onNews();
    },
  });
  cloudfront = await LocalCloudFront.start({ assembly: assemblyFolder, port: 0 });
  await cloudfront.reload();
});

afterAll(async () => {
  await session.close();
  await cloudfront?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a save before pnpm dev watches", () => {
  it("of a function's source is served, though it was not built", async () => {
    await until(async () => (await saying()).includes("says a"));
  });
});

describe("a save while pnpm dev runs", () => {
  it("of a function's source replaces the function and keeps the cache", async () => {
    expect(await saying()).toBe("Ann says a, Hit from cloudfront");
    await save("demo/src/says.ts", says("b"), async () => (await saying()).includes("says b"));
    expect(await saying()).toBe("Ann says b, Hit from cloudfront");
  });

  it("of what compiles a function's options changes its configuration", async () => {
    await save("demo/src/index.ts", compile("!"), async () => (await saying()).includes("Ann!"));
    expect(await saying()).toBe("Ann! says b, Hit from cloudfront");
  });

  it("of edge.config.ts changes the function's options", async () => {
    await save("edge.config.ts", edgeConfig("Bo"), async () => (await saying()).includes("Bo!"));
    expect(await saying()).toBe("Bo! says b, Hit from cloudfront");
  });

  it("of a function and of edge.config.ts at once loses neither", async () => {
    write("edge.config.ts", edgeConfig("Di"));
    write("demo/src/says.ts", says("d"));
    await until(async () => (await saying()).startsWith("Di! says d"));
    write("demo/src/says.ts", says("b"));
    write("edge.config.ts", edgeConfig("Bo"));
    await until(async () => (await saying()).startsWith("Bo! says b"));
  });

  it("of the site drops what is cached of it", async () => {
    const body = async () => (await fetchPage()).text();
    expect(await body()).toBe("first");
    await save("site/a.html", "second", async () => (await body()) === "second");
  });

  it("with a mistake in a function says where, and serves on until it is fixed", async () => {
    told.length = 0;
    await save("demo/src/says.ts", "export const says = ;\n", async () => told.length > 0);
    expect(told[0]).toContain("src/says.ts:1:20:");
    expect(told[0]).toContain("The last good version of demo is still served.");
    expect(await saying()).toContain("says b");
    await save("demo/src/says.ts", says("c"), async () => (await saying()).includes("says c"));
    expect(told.at(-1)).toBe("demo is fixed.");
  });

  it("with a mistake in edge.config.ts says where, and serves on until it is fixed", async () => {
    told.length = 0;
    const broken = edgeConfig("Cy").replace("stackName:", "stackName");
    await save("edge.config.ts", broken, async () => told.length > 0);
    expect(told[0]).toContain("edge.config.ts:5:12:");
    expect(await saying()).toContain("Bo! says c");
    await save("edge.config.ts", edgeConfig("Cy"), async () => (await saying()).includes("Cy!"));
    expect(told.at(-1)).toBe("edge.config.ts is fixed.");
  });

  it("of a module that edge.config.ts imports changes the function's options", async () => {
    const imports = 'import { greeted } from "./greeted.ts";';
    const config = edgeConfig("Cy", imports).replace('"Cy"', "greeted");
    const greeted = (name: string) => `export const greeted = ${JSON.stringify(name)};\n`;
    write("greeted.ts", greeted("Eve"));
    await save("edge.config.ts", config, async () => (await saying()).includes("Eve!"));
    await save("greeted.ts", greeted("Fay"), async () => (await saying()).includes("Fay!"));
    await save("edge.config.ts", edgeConfig("Cy"), async () => (await saying()).includes("Cy!"));
  });

  it("with a mistake in a module that edge.config.ts imports from now on recovers by itself", async () => {
    told.length = 0;
    write("broken.ts", "export const broken = ;\n");
    const config = edgeConfig("Gus", 'import "./broken.ts";');
    await save("edge.config.ts", config, async () => told.length > 0);
    expect(told[0]).toContain("broken.ts:1:22:");
    const mended = "export const mended = true;\n";
    await save("broken.ts", mended, async () => (await saying()).includes("Gus!"));
    await save("edge.config.ts", edgeConfig("Cy"), async () => (await saying()).includes("Cy!"));
  });

  it("of a function that was added later replaces it", async () => {
    writePackage("late", "viewer-request");
    const source = (word: string) => `import config from "./config.json" with { type: "json" };
export const handler = async () =>
  ({ status: "200", headers: { "x-says": [{ value: config.greets + " ${word}" }] } });
`;
    write("late/src/lambda.ts", source("a"));
    await buildEdgeFunction(join(folder, "late"));
    const more = ', { package: "late", config: { greets: "late" } }';
    const config = edgeConfig("Cy", "", more);
    await save("edge.config.ts", config, async () => (await saying()).startsWith("late a"));
    const changed = source("b");
    await save("late/src/lambda.ts", changed, async () => (await saying()).startsWith("late b"));
    await save("edge.config.ts", edgeConfig("Cy"), async () => (await saying()).includes("Cy!"));
  });

  it("with an option that is refused says which", async () => {
    told.length = 0;
    const refused = edgeConfig("Cy").replace("stackName:", "stackNam:");
    await save("edge.config.ts", refused, async () => told.length > 0);
    expect(told[0]).toContain("stackNam is not a setting");
  });
});
