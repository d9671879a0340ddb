import { describe, expect, it } from "vitest";
import { loadTemplate } from "../../test/samples/template.ts";
import { selectsName } from "../distribution/name-selection.ts";

type Json = Readonly<Record<string, unknown>>;

function policiesOf(ForwardedValues: Json, behavior: Json = {}) {
  const { distribution } = loadTemplate({
    behavior: { CachePolicyId: undefined, ForwardedValues, ...behavior },
  });
  const [resolved] = distribution.cacheBehaviors;
  return { cachePolicy: resolved?.cachePolicy, originRequestPolicy: resolved?.originRequestPolicy };
}

describe("legacy settings", () => {
  it("that forward nothing key by the path alone, and drop the headers that AWS documents", () => {
    expect(policiesOf({ QueryString: false })).toEqual({
      cachePolicy: {
        id: "Distribution.DistributionConfig.DefaultCacheBehavior.ForwardedValues",
        name: "Legacy cache settings",
        minTtlSeconds: 0,
        defaultTtlSeconds: 86_400,
        maxTtlSeconds: 31_536_000,
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: false,
        headers: { behavior: "none" },
        cookies: { behavior: "none" },
        queryStrings: { behavior: "none" },
      },
      originRequestPolicy: {
        id: "Distribution.DistributionConfig.DefaultCacheBehavior.ForwardedValues",
        name: "Legacy cache settings",
        headers: {
          behavior: "allExcept",
          names: [
            "accept",
            "accept-charset",
            "accept-language",
            "authorization",
            "host",
            "referer",
            "user-agent",
            "x-http-method-override",
          ],
        },
        cookies: { behavior: "none" },
        queryStrings: { behavior: "none" },
      },
    });
  });

  it("have their TTLs on the cache behavior", () => {
    const ttls = { MinTTL: 1, DefaultTTL: 2, MaxTTL: 3 };
    expect(policiesOf({ QueryString: false }, ttls).cachePolicy).toMatchObject({
      minTtlSeconds: 1,
      defaultTtlSeconds: 2,
      maxTtlSeconds: 3,
    });
  });

  it("put the headers that they name into the key, and let them through", () => {
    const { cachePolicy, originRequestPolicy } = policiesOf({
      QueryString: false,
      Headers: ["Accept-Language", "Accept-Encoding"],
    });
    expect(cachePolicy).toMatchObject({
      headers: { behavior: "whitelist", names: ["accept-language", "accept-encoding"] },
      enableAcceptEncodingGzip: false,
    });
    expect(originRequestPolicy?.headers).toMatchObject({ behavior: "allExcept" });
    expect(originRequestPolicy?.headers).not.toMatchObject({
      names: expect.arrayContaining(["accept-language"]),
    });
  });

  it("that forward all headers cache nothing", () => {
    const { cachePolicy, originRequestPolicy } = policiesOf(
      { QueryString: true, Headers: ["*"] },
      { DefaultTTL: 60 },
    );
    expect(cachePolicy).toMatchObject({
      minTtlSeconds: 0,
      defaultTtlSeconds: 0,
      maxTtlSeconds: 0,
      headers: { behavior: "none" },
    });
    expect(originRequestPolicy?.headers).toEqual({ behavior: "allViewer" });
  });

  it.each<[string, Json, Json, Json]>([
    ["all query strings", {}, { behavior: "all" }, { behavior: "all" }],
    [
      "all query strings, of which some are in the key",
      { QueryStringCacheKeys: ["page"] },
      { behavior: "whitelist", names: ["page"] },
      { behavior: "all" },
    ],
  ])("forward %s", (_name, forwarded, key, origin) => {
    const policies = policiesOf({ QueryString: true, ...forwarded });
    expect(policies.cachePolicy?.queryStrings).toEqual(key);
    expect(policies.originRequestPolicy?.queryStrings).toEqual(origin);
  });

  it.each<[Json, Json]>([
    [{ Forward: "none" }, { behavior: "none" }],
    [{ Forward: "all" }, { behavior: "all" }],
    [
      { Forward: "whitelist", WhitelistedNames: ["session"] },
      { behavior: "whitelist", names: ["session"] },
    ],
  ])("forward the cookies of %j and key by them", (Cookies, selection) => {
    const policies = policiesOf({ QueryString: false, Cookies });
    expect(policies.cachePolicy?.cookies).toEqual(selection);
    expect(policies.originRequestPolicy?.cookies).toEqual(selection);
  });

  it("CF-G-07: expand wildcards in cookie names", () => {
    const Cookies = { Forward: "whitelist", WhitelistedNames: ["session_*", "a?"] };
    const { cachePolicy } = policiesOf({ QueryString: false, Cookies });
    const { cookies = { behavior: "none" } } = cachePolicy ?? {};
    const names = ["session_", "session_id", "ab", "a", "abc", "SESSION_ID"];
    expect(names.filter((name) => selectsName(cookies, name))).toEqual([
      "session_",
      "session_id",
      "ab",
    ]);
  });
});
