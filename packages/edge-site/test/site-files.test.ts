import { AwsTestDouble, testDistributionId, testDoubleClients } from "aws-test-double";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { LocalCloudFront } from "local-cloudfront";
import type { SiteFileRules } from "cf-site-files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EdgeFunctionConfig, ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import { assembledSite } from "../src/deploy/assembled-site.ts";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { publishSite } from "../src/publish/publish-site.ts";
import { synthesizedStack } from "../src/synth/synthesized-stack.ts";
import { SiteOfAFunction } from "./site-of-a-function.ts";

const code = "exports.handler = async (event) => event.Records[0].cf.request;";
let site: SiteOfAFunction;

beforeEach(() => {
  site = new SiteOfAFunction();
  site.install(code);
});

afterEach(() => site[Symbol.dispose]());

function publishedSite(changes: Partial<ResolvedEdgeConfig> = {}) {
  const [stack] = site.synthesize(changes).stacks;
  return assembledSite(synthesizedStack(site.assemblyFolder, stack?.stackName ?? ""));
}

/** The keys that a deploy stores. */
async function publishedKeys(changes: Partial<ResolvedEdgeConfig>): Promise<readonly string[]> {
  await using aws = await AwsTestDouble.open();
  aws.buckets.set("site-bucket", new Map());
  const { folder, rules } = publishedSite(changes);
  await publishSite(publishPlan(folder, "/assets/*", rules), {
    ...testDoubleClients(aws.url),
    bucketName: "site-bucket",
    distributionId: testDistributionId,
  });
  return [...aws.site.keys()].sort();
}

/** Those of the keys that the local CloudFront serves. */
async function servedKeys(keys: readonly string[]): Promise<readonly string[]> {
  const cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
  try {
    const statuses = await Promise.all(
      keys.map(async (key) => (await cloudfront.fetch(encodeURI(`/${key}`))).status),
    );
    return keys.filter((_key, index) => statuses[index] === 200).toSorted();
  } finally {
    await cloudfront.close();
  }
}

describe("the local CloudFront serves what a deploy publishes, key by key", () => {
  const files = [
    ".env",
    ".git/config",
    ".well-known/security.txt",
    "assets/app.js",
    "assets/app.js.map",
    "downloads/sample.sql",
    "downloads/server.key",
    "node_modules/a/index.js",
    "v2/docs/a b.html",
  ];
  const links = [
    ["alias.html", "index.html"],
    ["latest", "v2"],
    ["loop", "."],
    ["again", "."],
    ["v2/up", ".."],
    ["nested/docs", "../latest/docs"],
    ["env.txt", ".env"],
    ["vendor", "node_modules/a"],
  ] as const;
  const folders = ["", "latest/", "loop/", "again/", "v2/", "v2/up/", "nested/", "loop/again/"];
  const names = [
    "index.html",
    ...files,
    ...links.map(([path]) => path),
    "docs/a b.html",
    "up/index.html",
    "index.js",
    "vendor/index.js",
    "latest/docs/a b.html",
  ];
  const asked = folders.flatMap((folder) => names.map((name) => `${folder}${name}`));
  const rules: readonly SiteFileRules[] = [
    {},
    { include: ["downloads/*.sql", "vendor"], exclude: ["**/*.map", "latest"] },
  ];
  const configs: readonly (readonly [string, EdgeFunctionConfig["config"]])[] = [
    ["as it is built", {}],
    ["as a copy that options are compiled for", () => ({})],
  ];

  it.each(configs.flatMap(([name, config]) => rules.map((each) => [name, each, config] as const)))(
    "%s, with the rules %j",
    async (_name, siteFiles, config) => {
      for (const path of files) site.write(`site/${path}`, path);
      for (const [path, target] of links) site.link(`site/${path}`, target);
      const functions = [{ package: "a-function", config }];
      const published = await publishedKeys({ siteFiles, functions });
      expect(published).toContain("loop/index.html");
      expect(published).toContain(".well-known/security.txt");
      expect(published.filter((key) => /\.env|env\.txt|\.git|\.key|loop\/loop/.test(key))).toEqual(
        [],
      );
      expect(published.includes("downloads/sample.sql")).toBe(siteFiles.include !== undefined);
      expect(published.includes("latest/docs/a b.html")).toBe(siteFiles.exclude === undefined);
      expect(await servedKeys([...new Set([...asked, ...published])])).toEqual(published);
    },
  );
});

describe("a link out of the site", () => {
  beforeEach(() => {
    site.write("home/.aws/credentials", "secret");
    site.link("site/home", "../home/.aws");
  });

  const refused =
    /^siteFolder .+: "home" is a link that leads out of the site's folder: got "\.\.\/home\/\.aws"\./;

  it.each([
    ["as it is built", {}],
    ["as a copy", () => ({})],
  ])("is refused at synth of the site %s, and not where it is excluded", (_name, config) => {
    const functions = [{ package: "a-function", config }];
    expect(() => site.synthesize({ functions })).toThrow(
      expect.objectContaining({
        code: "REFUSED_SITE_FILE",
        message: expect.stringMatching(refused),
      }),
    );
    site.synthesize({ functions, siteFiles: { exclude: ["home"] } });
  });

  it("is refused when it has come after the synth, and the local CloudFront does not serve it", async () => {
    const siteFiles = { exclude: ["home"] };
    const { folder } = publishedSite({ siteFiles });
    expect(() => publishPlan(folder, "/assets/*")).toThrow(refused);
    expect(await servedKeys(["home/credentials", "index.html"])).toEqual(["index.html"]);
  });
});

describe("what is left out of the site", () => {
  const warnings = (assembly: CloudAssembly) =>
    assembly.stacks.flatMap((stack) =>
      stack.messages
        .map(({ level, entry }) => [level, entry.data])
        .filter(([level]) => level === "warning"),
    );

  it("is named at synth, until edge.config.ts says what is meant", () => {
    site.write("site/.env", "SECRET=1");
    site.write("site/dump.sql", "");
    const warning =
      'siteFolder "site" holds what is seldom meant for viewers, and it is not published: .env (hidden file), dump.sql (database, dump or backup). Name it in siteFiles.include to publish it, or in siteFiles.exclude to silence this.';
    expect(warnings(site.synthesize())).toEqual([["warning", warning]]);
    const siteFiles = { include: ["dump.sql"], exclude: [".env"] };
    expect(warnings(site.synthesize({ siteFiles }))).toEqual([]);
  });
});
