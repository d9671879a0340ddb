import { describe, expect, it } from "vitest";
import {
  loadTemplate,
  refusalOf,
  refusalsOf,
  type TemplateChanges,
} from "../../test/samples/template.ts";

const many = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index);

type Json = Readonly<Record<string, unknown>>;

const site = {
  Id: "site",
  DomainName: "site.example.com",
  CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
};
const originOf = (index: number): Json => ({ ...site, Id: `origin-${index}` });
const headersOf = (count: number, value = "x"): Json => ({
  OriginCustomHeaders: many(count).map((index) => ({
    HeaderName: `x-${index}`,
    HeaderValue: value,
  })),
});

describe("a distribution", () => {
  it("LE-E-19, LE-E-20, LE-C-28: is refused above the account's quotas", () => {
    expect(
      refusalsOf<TemplateChanges>(
        {
          origins: { config: { Origins: [site, ...many(100).map(originOf)] } },
          "origin groups": {
            config: { OriginGroups: { Items: many(11).map(() => ({})), Quantity: 11 } },
          },
          "custom headers": { origin: headersOf(31) },
          "the name of a custom header": {
            origin: { OriginCustomHeaders: [{ HeaderName: "x".repeat(257), HeaderValue: "1" }] },
          },
          "the value of a custom header": { origin: headersOf(1, "x".repeat(1784)) },
          "custom headers together": { origin: headersOf(6, "x".repeat(1783)) },
        },
        (changes) => loadTemplate(changes),
      ),
    ).toMatchInlineSnapshot(`
      {
        "custom headers": "Distribution.DistributionConfig.Origins[0].OriginCustomHeaders holds more than 30: got 31. Stay within it, or pass quotas with another customHeaders.perOrigin where AWS has raised the account's. [LE-E-20]",
        "custom headers together": "Distribution.DistributionConfig.Origins[0].OriginCustomHeaders are longer than 10240 characters, names and values together: got 10716. Stay within it, or pass quotas with another customHeaders.totalCharacters where AWS has raised the account's. [LE-C-28]",
        "origin groups": "Distribution.DistributionConfig.OriginGroups.Items holds more than 10: got 11. Stay within it, or pass quotas with another originGroupsPerDistribution where AWS has raised the account's. [LE-E-19]",
        "origins": "Distribution.DistributionConfig.Origins holds more than 100: got 101. Stay within it, or pass quotas with another originsPerDistribution where AWS has raised the account's. [LE-E-19]",
        "the name of a custom header": "Distribution.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderName is longer than 256 characters: got 257. Stay within it, or pass quotas with another customHeaders.nameCharacters where AWS has raised the account's. [LE-C-28]",
        "the value of a custom header": "Distribution.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderValue is longer than 1783 characters: got 1784. Stay within it, or pass quotas with another customHeaders.valueCharacters where AWS has raised the account's. [LE-C-28]",
      }
    `);
  });

  it("LE-E-20: has as much as the quotas allow", () => {
    expect(() => loadTemplate({ origin: headersOf(30) })).not.toThrow();
    expect(() => loadTemplate({ origin: headersOf(5, "x".repeat(1783)) })).not.toThrow();
  });

  it("quotas that AWS has raised are an option", () => {
    const quotas = {
      customHeaders: {
        perOrigin: 40,
        perResponseHeadersPolicy: 10,
        nameCharacters: 256,
        valueCharacters: 1783,
        totalCharacters: 10_240,
      },
    };
    expect(() => loadTemplate({ origin: headersOf(31) }, { quotas })).not.toThrow();
  });
});

describe("a policy", () => {
  const resources = (type: string, config: Json): Json => ({
    Policy: {
      Type: `AWS::CloudFront::${type}`,
      Properties: { [`${type}Config`]: { Name: "policy", ...config } },
    },
  });
  const whitelist = (
    kind: "Header" | "Cookie" | "QueryString",
    names: readonly string[],
  ): Json => ({
    [`${kind}sConfig`]: { [`${kind}Behavior`]: "whitelist", [`${kind}s`]: names },
  });
  const names = (count: number): string[] => many(count).map((index) => `name-${index}`);

  it.each(["Header", "Cookie", "QueryString"] as const)(
    "LE-E-21: may name 10 of a kind: %s",
    (kind) => {
      const load = (count: number) => () =>
        loadTemplate({
          behavior: { CachePolicyId: { Ref: "Policy" } },
          resources: resources("CachePolicy", {
            ParametersInCacheKeyAndForwardedToOrigin: whitelist(kind, names(count)),
          }),
        });
      expect(load(10)).not.toThrow();
      expect(refusalOf(load(11))).toContain("holds more than 10: got 11.");
    },
  );

  it("LE-E-21: is refused above the account's quotas", () => {
    const originRequestPolicy = (config: Json) => () =>
      loadTemplate({
        behavior: { OriginRequestPolicyId: { Ref: "Policy" } },
        resources: resources("OriginRequestPolicy", config),
      });
    expect({
      headers: refusalOf(originRequestPolicy(whitelist("Header", names(11)))),
      names: refusalOf(
        originRequestPolicy({
          ...whitelist("Cookie", ["x".repeat(1000)]),
          ...whitelist("QueryString", ["x".repeat(25)]),
        }),
      ),
    }).toMatchInlineSnapshot(`
      {
        "headers": "Policy.OriginRequestPolicyConfig.HeadersConfig.Headers holds more than 10: got 11. Stay within it, or pass quotas with another policy.headers where AWS has raised the account's. [LE-E-21]",
        "names": "Policy.OriginRequestPolicyConfig.HeadersConfig.Headers and the names of cookies and query strings are longer than 1024 characters together: got 1025. Stay within it, or pass quotas with another policy.nameCharacters where AWS has raised the account's. [LE-E-21]",
      }
    `);
  });

  it("LE-C-28: of response headers may have 10 of one's own, each within its size", () => {
    const load = (count: number, value: string) => () =>
      loadTemplate({
        behavior: { ResponseHeadersPolicyId: { Ref: "Policy" } },
        resources: resources("ResponseHeadersPolicy", {
          CustomHeadersConfig: {
            Items: names(count).map((Header) => ({ Header, Value: value, Override: true })),
          },
        }),
      });
    expect(load(10, "x")).not.toThrow();
    expect([refusalOf(load(11, "x")), refusalOf(load(1, "x".repeat(2000)))]).toMatchInlineSnapshot(`
      [
        "Policy.ResponseHeadersPolicyConfig.CustomHeadersConfig.Items holds more than 10: got 11. Stay within it, or pass quotas with another customHeaders.perResponseHeadersPolicy where AWS has raised the account's. [LE-C-28]",
        "Policy.ResponseHeadersPolicyConfig.CustomHeadersConfig.Items[0].Value is longer than 1783 characters: got 2000. Stay within it, or pass quotas with another customHeaders.valueCharacters where AWS has raised the account's. [LE-C-28]",
      ]
    `);
  });
});
