import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsTestDouble, testDistributionId, testDoubleClients } from "aws-test-double";
import { compileSecretRedirect } from "secret-redirect";
import { compileSpaRewrite } from "spa-rewrite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { type PublishTarget, publishSite } from "../src/publish/publish-site.ts";
import { SiteInFolder } from "./site-in-folder.ts";

/** Names of files, each as the path that a viewer asks for. */
const paths = {
  "c++.html": "c%2B%2B.html",
  "a+b/c+d.html": "a%2Bb/c%2Bd.html",
  "what?.html": "what%3F.html",
  "no#1.html": "no%231.html",
  "100%.html": "100%25.html",
  "%2B.html": "%252B.html",
  "a b.html": "a%20b.html",
  " lead.html": "%20lead.html",
  "für dich.html": "f%C3%BCr%20dich.html",
  "日本/語.html": "%E6%97%A5%E6%9C%AC/%E8%AA%9E.html",
  "😀.html": "%F0%9F%98%80.html",
  "a~b.html": "a~b.html",
  "(1)!'*.html": "(1)!'%2A.html",
  "a&b=c;d,e.html": "a&b=c;d,e.html",
  "@a:b$c.html": "@a:b$c.html",
  "[id].html": "%5Bid%5D.html",
  "{a|b}.html": "%7Ba%7Cb%7D.html",
  "a^b`c.html": "a%5Eb%60c.html",
  'say "hi".html': "say%20%22hi%22.html",
  "LICENSE+": "LICENSE%2B",
} as const;
const names = Object.keys(paths);
const all = Object.values(paths);
const published = [...names, "index.html"];
let site: SiteInFolder;

beforeEach(() => {
  site = new SiteInFolder(names);
});

afterEach(() => site[Symbol.dispose]());

describe("a file of any name", () => {
  it("is published, replaced, invalidated and deleted", async () => {
    await using aws = await AwsTestDouble.open();
    aws.buckets.set("site-bucket", new Map());
    const target: PublishTarget = {
      ...testDoubleClients(aws.url),
      bucketName: "site-bucket",
      distributionId: testDistributionId,
    };
    const publish = async (): Promise<readonly string[]> => {
      const before = aws.cloudFront.invalidations.length;
      await publishSite(publishPlan(site.folder, "/assets/*"), target);
      return aws.cloudFront.invalidations.slice(before).flat();
    };
    await publish();
    expect([...aws.site.keys()]).toEqual(expect.arrayContaining(published));

    for (const [name, path] of Object.entries(paths)) {
      writeFileSync(join(site.folder, name), "changed");
      const invalidated = await publish();
      expect({ name, body: aws.site.get(name)?.body.toString() }).toEqual({
        name,
        body: "changed",
      });
      expect({ name, isGone: isGone(invalidated, path) }).toEqual({ name, isGone: true });
      rmSync(join(site.folder, name));
      const deleted = await publish();
      expect(aws.site.has(name)).toBe(false);
      expect(isGone(deleted, path)).toBe(true);
    }
  });

  it("is served at its path, kept from the app, and reached over a redirect", async () => {
    const functions = [
      {
        package: "spa-rewrite",
        config: compileSpaRewrite({ mode: "fallback", exclude: ["/old"] }),
      },
      {
        package: "secret-redirect",
        config: compileSecretRedirect({
          rules: [{ from: "/old/*", to: "/:splat", query: "drop" }],
        }),
      },
    ];
    const changes = { functions };
    const expected = names.map((name) => `200 ${name}`);
    const asked = (prefix: string) => all.map((path) => `${prefix}${path}`);
    expect(await site.answers(changes, asked("/"))).toEqual(expected);
    const moved = await site.answers(changes, asked("/old/"));
    const locations = moved.map((answer) => answer.replace(/^302 /, ""));
    expect(await site.answers(changes, locations)).toEqual(expected);
  });

  it("is the target of a rule, written as its path or as people write it", async () => {
    const written = names.map((name) =>
      `/${name}`.replaceAll("%", "%25").replaceAll("?", "%3F").replaceAll("#", "%23"),
    );
    const targets = [...asked(), ...written.filter((to) => !/[ "^`{|}\\]/.test(to))];
    const rules = targets.map((to, index) => ({
      from: `/old-${index}`,
      // What a placeholder is named stays text where nothing is captured.
      to,
      query: "drop" as const,
    }));
    const functions = [{ package: "secret-redirect", config: compileSecretRedirect({ rules }) }];
    const changes = { functions };
    const froms = rules.map(({ from }) => from);
    const moved = await site.answers(changes, froms);
    const locations = moved.map((answer) => answer.replace(/^302 /, ""));
    const answers = await site.answers(changes, locations);
    expect(answers.filter((answer) => !answer.startsWith("200 "))).toEqual([]);
    expect(answers.slice(0, names.length)).toEqual(names.map((name) => `200 ${name}`));
  });
});

function asked(): readonly string[] {
  return all.map((path) => `/${path}`);
}

/** As CloudFront compares: a wildcard is the end of a path, and percent-encoding is taken as it is written. */
function isGone(invalidated: readonly string[], path: string): boolean {
  return invalidated.some((each) =>
    each.endsWith("*") ? `/${path}`.startsWith(each.slice(0, -1)) : each === `/${path}`,
  );
}
