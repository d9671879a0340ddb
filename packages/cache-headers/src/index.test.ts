import { expect, it } from "vitest";
import * as cacheHeaders from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(cacheHeaders).toSorted()).toEqual([
    "CacheHeadersOptionsError",
    "checkCacheHeaders",
    "compileCacheHeaders",
    "createCacheHeaders",
    "explainCacheHeaders",
  ]);
});
