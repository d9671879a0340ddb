import { expect, it } from "vitest";
import { extensionsOf } from "./extensions-of.ts";

it("names the extensions of a media type, and none of a type that no file has", () => {
  expect(extensionsOf("text/html")).toEqual(["html", "htm", "shtml"]);
  expect(extensionsOf("application/x-none")).toEqual([]);
});

it("takes a wildcard for all subtypes", () => {
  expect(extensionsOf("image/*")).toEqual(expect.arrayContaining(["avif", "svg", "ico", "png"]));
  expect(extensionsOf("image/*")).not.toContain("html");
});
