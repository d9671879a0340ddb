import { expect, it } from "vitest";
import * as releaseSelect from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(releaseSelect).toSorted()).toEqual([
    "ReleaseSelectOptionsError",
    "compileReleaseSelect",
    "liveReleaseKey",
    "noRelease",
    "previewKey",
    "previewName",
    "reservedKeyPrefix",
  ]);
});
