import { describe, expect, it } from "vitest";
import { defineEdgeConfig, type EdgeConfig } from "./edge-config.ts";

const config: EdgeConfig = {
  stackName: "notes",
  siteFolder: "../notes/dist",
  functions: [{ package: "spa-rewrite", config: { route: "^$" } }],
};
const domain = {
  names: ["notes.example.com"],
  certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc",
};

/** A configuration as somebody may type it who does not compile it first. */
function mistyped(changes: object): EdgeConfig {
  return { ...config, ...changes };
}

describe("a configuration", () => {
  it("takes defaults for what it leaves open", () => {
    expect(defineEdgeConfig(config)).toEqual({
      ...config,
      hashedAssetsPattern: "/assets/*",
      domain: undefined,
      tryOut: [],
    });
  });

  it("keeps what it sets", () => {
    const tryOut = [{ uri: "/a", shows: "a page" }];
    const set = { ...config, hashedAssetsPattern: "/static/*", domain, tryOut };
    expect(defineEdgeConfig(set)).toEqual(set);
  });

  it.each([
    { siteFolderr: "x" },
    { colour: "red" },
    { stackName: "my notes" },
    { stackName: undefined },
    { siteFolder: "" },
    { hashedAssetsPattern: "assets/*" },
    { hashedAssetsPattern: "/assets/*.js" },
    { functions: { package: "spa-rewrite" } },
    { functions: ["spa-rewrite"] },
    { functions: [{ package: "spa-rewrite" }] },
    { functions: [{ package: "", config: {} }] },
    { functions: [{ package: "a", config: { route: /x/ } }] },
    { functions: [{ package: "a", config: [] }] },
    { functions: [{ package: "a", config: {}, options: {} }] },
    { functions: [{ package: "a", config: {}, pathPatterns: "*" }] },
    { functions: [{ package: "a", config: {}, pathPatterns: ["assets/*"] }] },
    { tryOut: [{ uri: "a", shows: "a page" }] },
    { tryOut: [{ uri: "/a" }] },
    { domain: "notes.example.com" },
    { domain: { ...domain, names: [] } },
    { domain: { ...domain, names: ["https://notes.example.com"] } },
    {
      domain: {
        ...domain,
        certificateArn: domain.certificateArn.replace("us-east-1", "eu-west-1"),
      },
    },
  ])("is refused with %j", (changes) => {
    expect(() => defineEdgeConfig(mistyped(changes))).toThrowErrorMatchingSnapshot();
  });
});
