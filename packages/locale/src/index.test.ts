import { expect, it } from "vitest";
import * as locale from "./index.ts";

it("the package exports what its README names", () => {
  expect(Object.keys(locale).toSorted()).toEqual([
    "LocaleOptionsError",
    "checkLocale",
    "compileLocale",
    "createLocale",
    "explainLocale",
  ]);
});
