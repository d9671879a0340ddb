import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cloudFrontFacts, factSections } from "cf-rules/facts";
import { ruleCatalogue } from "edge-check";
import { describe, expect, it } from "vitest";

const dist = resolve(import.meta.dirname, "../dist");
const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
const textsOf = (extension: RegExp) =>
  files.filter((file) => extension.test(file)).map((file) => read(file));

function read(file: string): string {
  return readFileSync(join(dist, file), "utf8");
}

function matches(texts: readonly string[], pattern: RegExp): readonly string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([all]) => all)))];
}

describe("the site loads nothing from elsewhere", () => {
  const elsewhere = "(?:https?:)?//";

  it("in its documents", () => {
    const attribute = String.raw`<(?!a\b)[a-z][^<>]*\s(?:src|href|srcset|poster|data|action)="${elsewhere}[^"]*"`;
    expect(matches(textsOf(/\.html$/), new RegExp(attribute, "gi"))).toEqual([]);
  });

  it("in its style sheets", () => {
    const css = textsOf(/\.css$/);
    expect(css.length).toBeGreaterThan(0);
    expect(matches(css, new RegExp(`url\\(["']?${elsewhere}[^)]*`, "gi"))).toEqual([]);
    expect(matches(css, /@import[^;]*/gi)).toEqual([]);
    expect(matches(css, /@font-face/gi)).toEqual([]);
  });

  it("in its scripts", () => {
    const loads = String.raw`(?:import|fetch|importScripts|Worker|WebSocket|EventSource|sendBeacon|\.src\s*=)\s*\(?\s*["'\`]${elsewhere}[^"'\`]*`;
    const scripts = [...textsOf(/\.m?js$/), ...textsOf(/\.html$/)];
    expect(matches(scripts, new RegExp(loads, "g"))).toEqual([]);
  });
});

it("each file that a document loads is there", () => {
  const loaded = matches(textsOf(/\.html$/), /<(?!a\b)[a-z][^<>]*\s(?:src|href)="\/[^"]*"/gi)
    .flatMap((tag) => /(?:src|href)="(\/[^"#?]*)/.exec(tag)?.[1] ?? [])
    .filter((path) => !existsSync(join(dist, path)));
  expect([...new Set(loaded)]).toEqual([]);
});

it("no element has a style attribute, so that a policy needs no hash of it", () => {
  expect(matches(textsOf(/\.html$/), /<[a-z][^<>]* style="[^"]*"/g)).toEqual([]);
});

it("each rule of edge-check has a page, with its examples", () => {
  for (const id of Object.keys(ruleCatalogue)) {
    const page = read(`rules/${id.toLowerCase()}/index.html`);
    expect(page).toContain('id="refused"');
    expect(page).toContain('id="passes"');
  }
});

it("each fact has its place, with its sources", () => {
  const pages = new Map(
    Object.keys(factSections).map((letter) => [
      letter,
      read(`facts/${letter.toLowerCase()}/index.html`),
    ]),
  );
  for (const { id, sources } of cloudFrontFacts) {
    const page = pages.get(id.split("-")[1] ?? "");
    expect(page).toContain(`id="${id.toLowerCase()}"`);
    for (const source of sources) expect(page).toContain(source.replaceAll("&", "&amp;"));
  }
});

it("the reference has the docstrings of what a package exports", () => {
  const page = read("reference/edge-check/api/index.html");
  expect(page).toContain('id="checkassembly"');
  expect(page).toContain("Finds what CloudFront would refuse of the Lambda@Edge functions");
});

it("the search works without a server: its index is built with the site", () => {
  expect(existsSync(join(dist, "pagefind/pagefind.js"))).toBe(true);
  expect(files.filter((file) => file.startsWith("pagefind/fragment/")).length).toBeGreaterThan(100);
});

it("each published package is on the site", () => {
  const packages = resolve(import.meta.dirname, "../../../packages");
  // A branch that was left may leave what is built of its packages.
  const names = readdirSync(packages).filter((name) =>
    existsSync(join(packages, name, "package.json")),
  );
  expect(readdirSync(join(dist, "reference")).toSorted()).toEqual(names.toSorted());
});
