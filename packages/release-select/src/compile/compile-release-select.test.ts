import { describe, expect, it } from "vitest";
import { compileReleaseSelect } from "./compile-release-select.ts";

describe("compileReleaseSelect", () => {
  it("takes a site without previews where none are asked for", () => {
    expect(compileReleaseSelect()).toEqual({
      header: "x-release",
      originPath: "/releases/",
      previews: null,
    });
  });

  it("takes previews by host name, with the entrance beside it", () => {
    expect(compileReleaseSelect({ previews: { domain: "preview.example.com" } }).previews).toEqual({
      hostSuffix: ".preview.example.com",
      entrance: "/_preview/",
      cookie: "preview",
    });
  });

  it.each([
    [{ originPath: "releases" }, 'originPath is not valid: got "releases". Give a folder'],
    [{ header: "x-amz-x" }, 'header is not valid: got "x-amz-x". Begin with x-'],
    [{ header: "release" }, "Begin with x-"],
    [
      { previews: { domain: "*.example.com" } },
      'previews.domain is not valid: got "*.example.com"',
    ],
    [{ previews: { entrance: "/p" } }, "previews.entrance is not valid"],
    [{ previews: { cookie: "a b" } }, "Give letters, digits, _ and -, 64 at most."],
    [{ preview: {} }, "preview is not an option: got {}. Did you mean previews?"],
  ])("refuses %j", (options, message) => {
    expect(() => compileReleaseSelect(options as object)).toThrow(message);
  });

  it.each([
    { originPath: "/releases/" },
    { header: "x-release" },
    { previews: { domain: "preview.example.com" } },
  ])("takes what the remedy names: %j", (options) => {
    expect(() => compileReleaseSelect(options)).not.toThrow();
  });
});
