import { describe, expect, it } from "vitest";
import { OriginSelectOptionsError } from "../origin-select-options-error.ts";
import { compileOriginSelect } from "./compile-origin-select.ts";
import type { OriginSelectOptions } from "./origin-select-options.ts";

const api = { domainName: "api.example.com" };
const bucket = { domainName: "site.s3.eu-central-1.amazonaws.com" };

describe("compileOriginSelect", () => {
  it("needs no option, and returns plain JSON", () => {
    const compiled = compileOriginSelect();
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
    expect(compiled).toEqual({
      origins: {},
      originOfHost: {},
      rules: [],
      split: null,
      header: "x-origin",
    });
  });

  it("LE-B-30, FN-I-30: makes of a host name a custom origin, without the access control of the other", () => {
    const origins = { api: { ...api, path: "/v2", hostHeader: "www.example.com" } };
    expect(compileOriginSelect({ origins }).origins["api"]).toEqual({
      lambdaEdge: {
        origin: {
          custom: {
            customHeaders: {},
            domainName: "api.example.com",
            keepaliveTimeout: 5,
            path: "/v2",
            port: 443,
            protocol: "https",
            readTimeout: 30,
            sslProtocols: ["TLSv1.2"],
          },
        },
        host: "www.example.com",
      },
      call: [
        "updateRequestOrigin",
        {
          domainName: "api.example.com",
          originPath: "/v2",
          hostHeader: "www.example.com",
          customOriginConfig: { port: 443, protocol: "https", sslProtocols: ["TLSv1.2"] },
          originAccessControlConfig: { enabled: false },
        },
      ],
      indexDocument: "",
    });
  });

  it("LE-B-31, LE-B-32: makes of a bucket an S3 origin, to which CloudFront signs", () => {
    const { lambdaEdge, call } = compileOriginSelect({ origins: { bucket } }).origins["bucket"]!;
    expect(lambdaEdge).toEqual({
      origin: { s3: { authMethod: "none", customHeaders: {}, path: "", ...bucket } },
      host: bucket.domainName,
    });
    expect(call).toMatchObject([
      "updateRequestOrigin",
      { originAccessControlConfig: { enabled: true, originType: "s3" } },
    ]);
  });

  it("CF-H-15: takes a bucket's website for a custom origin", () => {
    const website = { domainName: "site.s3-website.eu-central-1.amazonaws.com" };
    const { lambdaEdge } = compileOriginSelect({ origins: { website } }).origins["website"]!;
    expect(lambdaEdge?.origin).toHaveProperty("custom");
  });

  it("FN-I-49: calls origins by their ids, and makes groups of them", () => {
    const origins = {
      one: { originId: "one", failover: { to: "two" } },
      two: { originId: "two", hostHeader: "www.example.com" },
    };
    const { one, two } = compileOriginSelect({ origins }).origins;
    expect(one?.call).toEqual([
      "createRequestOriginGroup",
      { originIds: ["one", "two"], failoverCriteria: { statusCodes: [500, 502, 503, 504] } },
    ]);
    expect(two?.call).toEqual([
      "selectRequestOriginById",
      "two",
      { hostHeader: "www.example.com" },
    ]);
  });
});

interface Refused {
  readonly options: unknown;
  readonly code: string;
  readonly message: string;
  readonly remedy: OriginSelectOptions;
}
const origins = { api };

describe("compileOriginSelect refuses what cannot be meant, and takes the remedy", () => {
  it.each<Refused>([
    {
      options: { orgins: {} },
      code: "UNKNOWN_OPTION",
      message: "orgins is not an option: got {}. Did you mean origins?",
      remedy: { origins: {} },
    },
    {
      options: { origins: [] },
      code: "INVALID_TYPE",
      message: "origins is not an object: got []. Give origins by name.",
      remedy: { origins },
    },
    {
      options: { origins: { default: api } },
      code: "INVALID_VALUE",
      message:
        'A name in origins is not valid: got "default". Begin with a letter, then letters, digits, _ and -; "default" is the cache behavior\'s own.',
      remedy: { origins },
    },
    {
      options: { origins: { api: {} } },
      code: "INVALID_ORIGIN",
      message:
        "origins.api is not to be found: got {}. Give domainName, or originId for CloudFront Functions.",
      remedy: { origins: { api: { originId: "api" } } },
    },
    {
      options: { origins: { api: { domainName: "https://api.example.com" } } },
      code: "INVALID_ORIGIN",
      message:
        'origins.api.domainName is not a host name: got "https://api.example.com". Give a host name without scheme and port, as in "shop.example.com".',
      remedy: { origins: { api: { domainName: "shop.example.com" } } },
    },
    {
      options: { origins: { api: { domainName: "10.0.0.1" } } },
      code: "INVALID_ORIGIN",
      message:
        'origins.api.domainName is not a host name: got "10.0.0.1". Give a host name without scheme and port, as in "shop.example.com".',
      remedy: { origins },
    },
    {
      options: { origins: { api: { ...api, path: "v2/" } } },
      code: "INVALID_ORIGIN",
      message:
        'origins.api.path is not a path of an origin: got "v2/". Begin with "/" and do not end with it, as in "/v2"; at most 255 characters.',
      remedy: { origins: { api: { ...api, path: "/v2" } } },
    },
    {
      options: { origins: { api: { ...api, port: 22 } } },
      code: "INVALID_ORIGIN",
      message:
        "origins.api.port is not a port of an origin: got 22. Allowed: 80, 443 and 1024 to 65535.",
      remedy: { origins: { api: { ...api, port: 8443 } } },
    },
    {
      options: { origins: { api: { ...api, protocol: "h2" } } },
      code: "INVALID_VALUE",
      message: 'origins.api.protocol is not valid: got "h2". Allowed: "https", "http".',
      remedy: { origins: { api: { ...api, protocol: "http" } } },
    },
    {
      options: { origins: { api: { ...api, indexDocument: "/index.html" } } },
      code: "INVALID_ORIGIN",
      message:
        'origins.api.indexDocument is not the name of a file: got "/index.html". Give the name of a file, as in "index.html".',
      remedy: { origins: { api: { ...api, indexDocument: "index.html" } } },
    },
    {
      options: { origins: { bucket: { ...bucket, hostHeader: "www.example.com" } } },
      code: "INVALID_ORIGIN",
      message:
        'CF-H-14: origins.bucket.hostHeader is not for a bucket: got "www.example.com". Leave it out: CloudFront signs requests to a bucket for the bucket\'s own Host.',
      remedy: { origins: { bucket } },
    },
    {
      options: { origins: { api: { ...api, failover: { to: "other" } } } },
      code: "INVALID_ORIGIN",
      message:
        'origins.api.failover is not between two ids: got {"to":"other"}. Give both originId: CloudFront makes a group of origins that the distribution has.',
      remedy: {
        origins: {
          api: { originId: "api", failover: { to: "other" } },
          other: { originId: "other" },
        },
      },
    },
    {
      options: {
        origins: {
          api: { originId: "api", failover: { to: "other", statuses: [301] } },
          other: { originId: "other" },
        },
      },
      code: "INVALID_ORIGIN",
      message:
        "origins.api.failover.statuses has what is no failover status: got [301]. Allowed: a list of 400, 403, 404, 416, 429, 500, 502, 503, 504.",
      remedy: {
        origins: {
          api: { originId: "api", failover: { to: "other", statuses: [503] } },
          other: { originId: "other" },
        },
      },
    },
    {
      options: { rules: {} },
      code: "INVALID_TYPE",
      message:
        'rules is not a list: got {}. Give objects, as in [{ "pathPattern": "/api/*", "origin": "api" }].',
      remedy: { origins, rules: [{ pathPattern: "/api/*", origin: "api" }] },
    },
    {
      options: { rules: [{ pathPattern: "/x" }] },
      code: "INVALID_VALUE",
      message: 'rules[0] leads nowhere: got {"pathPattern":"/x"}. Give origin, prefix, or both.',
      remedy: { rules: [{ pathPattern: "/x", prefix: "/y" }] },
    },
    {
      options: { origins, rules: [{ origin: "apis" }] },
      code: "UNKNOWN_ORIGIN",
      message: 'rules[0].origin is the name of no origin: got "apis". Allowed: "api".',
      remedy: { origins, rules: [{ origin: "api" }] },
    },
    {
      options: { rules: [{ origin: "api" }] },
      code: "UNKNOWN_ORIGIN",
      message: 'rules[0].origin is the name of no origin: got "api". Describe it in origins.',
      remedy: { origins, rules: [{ origin: "api" }] },
    },
    {
      options: { rules: [{ prefix: "/a", hosts: ["a*b*.example.com"] }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].hosts is not a list of host names: got ["a*b*.example.com"]. Give host names without scheme and port, with one * in a label at most, as in ["pr-*.preview.example.com"].',
      remedy: { rules: [{ prefix: "/a", hosts: ["pr-*.preview.example.com"] }] },
    },
    {
      options: { rules: [{ prefix: "/previews/" }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].prefix is not the beginning of a path: got "/previews/". Begin with "/" and do not end with it, as in "/previews/pr-{1}".',
      remedy: { rules: [{ prefix: "/previews" }] },
    },
    {
      options: { rules: [{ prefix: "/pr-{2}", hosts: ["pr-*.example.com"] }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].prefix names what no * of the hosts stands for: got "/pr-{2}". The hosts have 1 * each: write as many.',
      remedy: { rules: [{ prefix: "/pr-{1}", hosts: ["pr-*.example.com"] }] },
    },
    {
      options: { rules: [{ prefix: "/a", headers: ["x-a"] }] },
      code: "INVALID_TYPE",
      message:
        'rules[0].headers is not an object: got ["x-a"]. Give values by name, as in {"beta": ["1", "on"]}.',
      remedy: { rules: [{ prefix: "/a", headers: { beta: ["1", "on"] } }] },
    },
    {
      options: { rules: [{ prefix: "/a", cookies: { "a b": "1" } }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].cookies["a b"] is not valid: got "1". Give the name of a cookie and one text or several, as in {"beta": ["1", "on"]}.',
      remedy: { rules: [{ prefix: "/a", cookies: { beta: "1" } }] },
    },
    {
      options: { rules: [{ prefix: "/a", countries: ["Germany"] }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].countries is not a list of countries: got ["Germany"]. Give two letters each (ISO 3166-1), as in ["DE", "AT"].',
      remedy: { rules: [{ prefix: "/a", countries: ["DE"] }] },
    },
    {
      options: { rules: [{ prefix: "/a", regions: ["*-1"] }] },
      code: "INVALID_VALUE",
      message:
        'rules[0].regions is not a list of Regions: got ["*-1"]. Give codes of Regions, with * at the end at most, as in ["eu-central-1", "ap-*"].',
      remedy: { rules: [{ prefix: "/a", regions: ["eu-central-1", "ap-*"] }] },
    },
    {
      options: { origins, hosts: { "*.example.com": "api" } },
      code: "INVALID_VALUE",
      message:
        'A name in hosts is not a host name: got "*.example.com". Give host names without scheme, port and *, as in "shop.example.com"; a rule takes one with *.',
      remedy: { origins, rules: [{ hosts: ["*.example.com"], origin: "api" }] },
    },
    {
      options: { header: "X-Amz-Cf-Id" },
      code: "INVALID_VALUE",
      message:
        'header is not a header that a function may set: got "X-Amz-Cf-Id". Give a name that begins with x- and is none of AWS\'s own, as in "x-origin".',
      remedy: { header: "x-origin" },
    },
    {
      options: { origins, split: { percent: { api: 101 } } },
      code: "INVALID_VALUE",
      message:
        'split.percent does not divide viewers: got {"api":101}. Give some percent, 100 at most with the others, as in { "canary": 5 }.',
      remedy: { origins, split: { percent: { api: 5 } } },
    },
    {
      options: { origins, split: { percent: { api: "5" } } },
      code: "INVALID_VALUE",
      message:
        'split.percent.api is not a percentage: got "5". Allowed: more than 0, up to 100 with the others.',
      remedy: { origins, split: { percent: { api: 0.5 } } },
    },
    {
      options: { origins, split: { percent: { api: 5 }, cookie: "a;b" } },
      code: "INVALID_VALUE",
      message: 'split.cookie is not the name of a cookie: got "a;b". Give a name, as in "origin".',
      remedy: { origins, split: { percent: { api: 5 }, cookie: "origin" } },
    },
    {
      options: { origins, split: { percent: { api: 5 }, maxAgeSeconds: 0 } },
      code: "INVALID_VALUE",
      message:
        "split.maxAgeSeconds is not a lifetime: got 0. Allowed: a whole number of seconds above 0.",
      remedy: { origins, split: { percent: { api: 5 }, maxAgeSeconds: 60 } },
    },
  ])("$message", ({ options, code, message, remedy }) => {
    const compile = () => compileOriginSelect(options as OriginSelectOptions);
    expect(compile).toThrow(OriginSelectOptionsError);
    const withoutFact = message.replace(/^[A-Z]+-[A-Z]-\d+: /, "");
    expect(compile).toThrow(expect.objectContaining({ code, message: withoutFact }));
    expect(() => compileOriginSelect(remedy)).not.toThrow();
  });
});
