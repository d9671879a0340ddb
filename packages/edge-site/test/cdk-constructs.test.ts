import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalCloudFront } from "local-cloudfront";
import { readmeExamples } from "package-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const packageFolder = join(import.meta.dirname, "..");
const examples = readmeExamples(packageFolder);

/** The folder of a CDK app: a built site, and the packages that npm would have installed. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "cdk-constructs-")));

beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(packageFolder, join(folder, "node_modules/edge-site"));
  for (const name of ["aws-cdk-lib", "constructs", "spa-rewrite", "security-headers"]) {
    const installed = realpathSync(join(packageFolder, "node_modules", name));
    symlinkSync(installed, join(folder, "node_modules", name));
  }
  const files = {
    "package.json": '{ "type": "module" }',
    "dist/index.html":
      '<!doctype html><title>Shop</title><script type="module" src="/assets/app-CedUAifp.js"></script>',
    "dist/assets/app-CedUAifp.js": "console.log(1);\n",
    "dist/assets/plain.txt": "no hash\n",
    "dist/about.html": "<!doctype html><title>About</title>",
    "dist/.env": "SECRET=1\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What comes of an app: the folder of its assembly, or what it throws. */
type Outcome = { readonly assembly: string } | { readonly thrown: string };

/** Runs CDK apps as the CDK CLI does, but one after another in one process: to load the CDK takes longer than an app. */
function outcomesOf(apps: readonly string[]): readonly Outcome[] {
  const files = apps.map((app, index) => {
    writeFileSync(join(folder, `app-${index}.ts`), app);
    return `app-${index}.ts`;
  });
  writeFileSync(
    join(folder, "run-apps.ts"),
    `import { inspect } from "node:util";
    const outcomes = [];
    for (const file of process.argv.slice(2)) {
      const assembly = process.cwd() + "/cdk.out/" + file;
      process.env.CDK_OUTDIR = assembly;
      try {
        await import("./" + file);
        // Where there is a CDK CLI, an app is synthesized as its process ends.
        process.emit("beforeExit", 0);
        outcomes.push({ assembly });
      } catch (error) {
        outcomes.push({ thrown: inspect(error) });
      }
      process.removeAllListeners("beforeExit");
    }
    process.stdout.write(JSON.stringify(outcomes));`,
  );
  const output = execFileSync(
    process.execPath,
    ["--conditions=cf-edge-source", "run-apps.ts", ...files],
    { cwd: folder, encoding: "utf8", stdio: "pipe" },
  );
  return JSON.parse(output) as readonly Outcome[];
}

function exampleWith(name: string): string {
  const example = examples.find((text) => text.includes(`new ${name}(`));
  if (example === undefined) throw new Error(`README.md has no example with ${name}.`);
  return example;
}

/** An example of the README with one change. */
function changed(construct: string, right: string, wrong: string): string {
  return exampleWith(construct).replace(right, wrong);
}

const inSiteFolder = changed(
  "EdgeFunction",
  'options: { preset: "spa" },',
  'options: { preset: "spa" }, siteFolder: "dist",',
);

const mistakes = [
  [
    "an option",
    "EdgeSite",
    '{ mode: "fallback" }',
    '{ mod: "fallback" }',
    /Shop\/Site: functions\[0\]\.config: .*mode/,
  ],
  ["a setting", "EdgeSite", "siteFolder:", "siteFoldr:", /siteFoldr is not a setting.*siteFolder/],
  [
    "a package",
    "EdgeSite",
    '"spa-rewrite"',
    '"spa-rewrit"',
    /Package "spa-rewrit" is not installed/,
  ],
  ["a site", "EdgeSite", '"dist"', '"build"', /siteFolder "build" is no folder/],
  [
    "what a package says of the site",
    "EdgeSite",
    '{ package: "spa-rewrite", config: { mode: "fallback" } }',
    '{ package: "spa-rewrite", config: { mode: "fallback", document: "/gone.html" } }',
    /gone\.html/,
  ],
  [
    "a function on Lambda@Edge in another region",
    "EdgeSite",
    'region: "us-east-1" } });\nnew EdgeSite(stack, "Site", {',
    'region: "eu-west-1" } });\nnew EdgeSite(stack, "Site", {\n  engine: "lambda-edge",',
    /us-east-1/,
  ],
  [
    "two functions at one event",
    "EdgeFunction",
    "(rewrite, headers)",
    "(rewrite, rewrite)",
    /one function at an event type/,
  ],
] as const;

const outcomes = new Map<string, Outcome>();

beforeAll(() => {
  const apps = [
    exampleWith("EdgeSite"),
    exampleWith("EdgeFunction"),
    inSiteFolder,
    ...mistakes.map(([, construct, right, wrong]) => changed(construct, right, wrong)),
  ];
  outcomesOf(apps).forEach((outcome, index) => outcomes.set(apps[index] ?? "", outcome));
});

/** Returns the folder of an app's assembly. */
function assemblyOf(app: string): string {
  const outcome = outcomes.get(app) ?? { thrown: "It was not run." };
  if ("thrown" in outcome) throw new Error(outcome.thrown);
  return outcome.assembly;
}

describe("EdgeSite, as in the README", () => {
  let cloudfront: LocalCloudFront;
  beforeAll(async () => {
    cloudfront = await LocalCloudFront.start({
      assembly: assemblyOf(exampleWith("EdgeSite")),
      port: 0,
    });
  });
  afterAll(() => cloudfront.close());

  it("serves a route of the app, with the headers of its functions", async () => {
    const response = await cloudfront.fetch("/cart", { headers: { accept: "text/html" } });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/<title>Shop<.* integrity="sha/);
    expect(response.headers.get("content-security-policy")).toContain("'sha");
    expect(response.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=60");
  });

  it("serves a file of the site as a file, though the app takes every path", async () => {
    const response = await cloudfront.fetch("/about", { headers: { accept: "text/html" } });
    expect(await response.text()).toContain("<title>About</title>");
  });

  it("caches hashed assets for a year, and no others", async () => {
    const lifetime = async (path: string) =>
      (await cloudfront.fetch(path)).headers.get("cache-control");
    expect(await lifetime("/assets/app-CedUAifp.js")).toBe("public, max-age=31536000, immutable");
    expect(await lifetime("/assets/plain.txt")).toBe("public, max-age=0, s-maxage=60");
  });

  it("publishes no secret, and says so", async () => {
    expect((await cloudfront.fetch("/.env")).status).toBe(404);
    const assembly = assemblyOf(exampleWith("EdgeSite"));
    const manifest = readFileSync(join(assembly, "Shop.metadata.json"), "utf8");
    expect(manifest).toContain("is not published: .env (hidden file)");
  });
});

describe("EdgeFunction, as in the README", () => {
  it("is served in a distribution of one's own", async () => {
    const cloudfront = await LocalCloudFront.start({
      assembly: assemblyOf(exampleWith("EdgeFunction")),
      port: 0,
    });
    try {
      const cart = await cloudfront.fetch("/cart", { headers: { accept: "text/html" } });
      expect([cart.status, await cart.text()]).toEqual([200, expect.stringContaining("Shop")]);
      expect(cart.headers.get("x-content-type-options")).toBe("nosniff");
      const about = await cloudfront.fetch("/about", { headers: { accept: "text/html" } });
      expect(await about.text()).toContain("<title>About</title>");
    } finally {
      await cloudfront.close();
    }
  });

  it("leaves the site that its package has changed in siteFolder", () => {
    const assembly = assemblyOf(inSiteFolder);
    const copy = readdirSync(assembly).find((name) => name.startsWith("site."));
    expect(readFileSync(join(assembly, copy ?? "", "index.html"), "utf8")).toContain("integrity=");
    expect(readFileSync(join(folder, "dist/index.html"), "utf8")).not.toContain("integrity=");
  });
});

describe("what cannot work", () => {
  it.each(mistakes)("%s is refused with what helps", (_name, construct, right, wrong, message) => {
    const outcome = outcomes.get(changed(construct, right, wrong));
    expect(outcome).toEqual({ thrown: expect.stringMatching(message) as unknown });
  });
});
