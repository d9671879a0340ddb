import type { OriginResponseHandler } from "cf-types";
import {
  loadArtefact,
  originResponseEvent,
  startFunction,
  testArtefact,
} from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileCacheHeaders, createCacheHeaders } from "cache-headers";

const packageFolder = `${import.meta.dirname}/..`;
const compiledOptions = compileCacheHeaders({
  rules: [{ contentTypes: ["text/css"], browserTtlSeconds: 5, edgeTtlSeconds: 60 }],
  cacheTagHeader: "Cache-Tag",
  cacheTags: [{ tags: ["site", "section-{1}"] }],
  removeHeaders: ["Server"],
});
const artefact = await loadArtefact<OriginResponseHandler>(packageFolder, compiledOptions);

describe("the Lambda@Edge function of cache-headers", () => {
  testArtefact(artefact, {
    eventType: "origin-response",
    requires: ["fs"],
    optionsCode: /OptionsError|shtml/,
  });

  it("does what the library decides", async () => {
    const own = createCacheHeaders(compiledOptions);
    for (const uri of ["/", "/a.css", "/assets/index-BkX3f_Ab.js"]) {
      for (const status of ["200", "304", "403", "404"]) {
        const event = originResponseEvent({ status });
        Object.assign(event.Records[0].cf.request, { uri });
        const expected = await own(structuredClone(event));
        expect(await artefact.handler(event)).toEqual(expected);
      }
    }
  });
});

describe("on a local CloudFront", () => {
  // The managed policy CachingOptimized
  const cacheBehavior = { CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" };
  const files = { "assets/index-BkX3f_Ab.js": "1", "a.css": "a {}" };
  const engine = "lambda-edge";

  it("CF-G-08: responses are kept as long as the rules say, errors for 10 s", async () => {
    const started = { packageFolder, engine, compiledOptions, cacheBehavior, files } as const;
    const cloudfront = await startFunction(started);
    const xCache = async (path: string): Promise<string | undefined> => {
      const { headers } = await cloudfront.fetch(path);
      return headers.get("x-cache")?.split(" ")[0];
    };
    const paths = ["/", "/assets/index-BkX3f_Ab.js", "/a.css", "/missing"];
    const all = async () => Promise.all(paths.map(xCache));
    expect(await all()).toEqual(["Miss", "Miss", "Miss", "Error"]);
    cloudfront.clock.advance(50);
    expect(await all()).toEqual(["Hit", "Hit", "Hit", "Error"]);
    cloudfront.clock.advance(20);
    expect(await all()).toEqual(["RefreshHit", "Hit", "RefreshHit", "Error"]);
    const { headers } = await cloudfront.fetch("/a.css");
    expect(headers.get("cache-control")).toBe("public, max-age=5, s-maxage=60");
    expect(headers.get("cache-tag")).toBe("site,section-a.css");
    const missing = await cloudfront.fetch("/missing");
    expect(missing.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=10");
  });

  it("CF-P-01: objects are invalidated by the tags that they got", async () => {
    const distributionConfig = { CacheTagConfig: { HeaderName: "Cache-Tag" } };
    const started = { packageFolder, engine, compiledOptions, cacheBehavior, files } as const;
    const cloudfront = await startFunction({ ...started, distributionConfig });
    for (const path of ["/a.css", "/assets/index-BkX3f_Ab.js"]) {
      await (await cloudfront.fetch(path)).text();
    }
    expect(await cloudfront.invalidate(["#section-assets"])).toBe(1);
    expect(await cloudfront.invalidate(["#site"])).toBe(1);
  });
});
