import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { contentTypeOf, mediaTypeOf } from "./content-type.ts";
import { fileChunks } from "./text-charset.ts";

const typeOf = (key: string, content: string | Uint8Array, rules = {}): string =>
  contentTypeOf(key, [Buffer.from(content)], rules);
const latin1 = (text: string) => Buffer.from(text, "latin1");

describe("the Content-Type of a file", () => {
  it.each([
    ["index.html", "text/html; charset=utf-8"],
    ["llms.txt", "text/plain; charset=utf-8"],
    ["docs/notes.md", "text/markdown; charset=utf-8"],
    ["a.css", "text/css; charset=utf-8"],
    ["a.js", "text/javascript; charset=utf-8"],
    ["a.mjs", "text/javascript; charset=utf-8"],
    ["data.json", "application/json; charset=utf-8"],
    ["a.js.map", "application/json; charset=utf-8"],
    ["app.webmanifest", "application/manifest+json; charset=utf-8"],
    ["a.jsonld", "application/ld+json; charset=utf-8"],
    ["a.geojson", "application/geo+json; charset=utf-8"],
    ["a.svg", "image/svg+xml; charset=utf-8"],
    ["sitemap.xml", "application/xml; charset=utf-8"],
    ["a.rss", "application/rss+xml; charset=utf-8"],
    ["a.atom", "application/atom+xml; charset=utf-8"],
    ["a.xhtml", "application/xhtml+xml; charset=utf-8"],
    ["a.vtt", "text/vtt; charset=utf-8"],
    ["a.csv", "text/csv; charset=utf-8"],
    ["a.ics", "text/calendar; charset=utf-8"],
    ["INDEX.HTML", "text/html; charset=utf-8"],
  ])("%s is %s where the bytes are UTF-8", (key, expected) => {
    expect(typeOf(key, "Grüße, 日本")).toBe(expected);
    expect(typeOf(key, latin1("Gr\u00FC\u00DFe"))).toBe(expected.replace("; charset=utf-8", ""));
  });

  it.each([
    ["a.png", "image/png"],
    ["a.wasm", "application/wasm"],
    ["a.woff2", "font/woff2"],
    ["a.pdf", "application/pdf"],
    ["a.zip", "application/zip"],
    ["a.unknown", "binary/octet-stream"],
  ])("%s is %s, whatever its bytes are", (key, expected) => {
    expect(typeOf(key, "text")).toBe(expected);
  });

  it.each(["feed", "html", "js", "LICENSE", "mp3", "docs/html", ".htaccess", "a."])(
    "%s has no extension, so it is what S3 takes for unknown",
    (key) => {
      expect(typeOf(key, "text")).toBe("binary/octet-stream");
    },
  );

  it.each([
    ["apple-app-site-association", "application/json; charset=utf-8"],
    [".well-known/apple-app-site-association", "application/json; charset=utf-8"],
    [".well-known/openid-configuration", "application/json; charset=utf-8"],
    [".well-known/webfinger", "application/jrd+json; charset=utf-8"],
    [".well-known/matrix/client", "application/json; charset=utf-8"],
    [".well-known/acme-challenge/token", "text/plain; charset=utf-8"],
    ["docs/apple-app-site-association", "binary/octet-stream"],
    [".well-known/toString", "binary/octet-stream"],
  ])("%s is %s", (key, expected) => {
    expect(typeOf(key, "{}")).toBe(expected);
  });

  it.each([
    ["a.html", `<!doctype html><meta charset="windows-1252">ASCII`],
    ["a.html", `<meta http-equiv=content-type content="text/html; charset=iso-8859-1">`],
    ["a.svg", `<?xml version="1.0" encoding="ISO-8859-1"?><svg/>`],
    ["a.css", `@charset "iso-8859-15";a{}`],
    ["a.txt", Buffer.from("UTF-16 without a mark", "utf16le")],
    ["a.txt", Buffer.from("\uFEFFUTF-16", "utf16le")],
  ])("%s that says it has another charset, as %j, has none in it", (key, content) => {
    expect(typeOf(key, content)).not.toContain("charset");
  });

  it.each([
    ["a.html", `<!doctype html><meta charset=UTF-8>ü`],
    ["a.html", `<meta charset="utf-16">which HTML takes for UTF-8`],
    ["a.xml", `<?xml version="1.0" encoding="utf8"?><a/>`],
    ["a.js", `document.write('<meta charset="iso-8859-1">')`],
    ["a.txt", "\uFEFFwith a mark"],
    ["a.txt", ""],
  ])("%s as %j is UTF-8", (key, content) => {
    expect(typeOf(key, content)).toContain("; charset=utf-8");
  });

  it("is read from the file, across the ends of what is read at a time", () => {
    const folder = mkdtempSync(join(tmpdir(), "content-type-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "a.txt");
    writeFileSync(file, `a${"ü".repeat(1024 * 1024)}`);
    expect(contentTypeOf("a.txt", fileChunks(file))).toBe("text/plain; charset=utf-8");
    writeFileSync(file, Buffer.concat([Buffer.alloc(1024 * 1024, "a"), latin1("\u00FC")]));
    expect(contentTypeOf("a.txt", fileChunks(file))).toBe("text/plain");
  });
});

describe("rules for Content-Types", () => {
  const rules = {
    feed: "application/rss+xml",
    "models/*.glb": "model/gltf-binary",
    "*.txt": "text/plain; charset=iso-8859-1",
    "**/*.html": "application/xhtml+xml",
  };

  it.each([
    ["feed", "application/rss+xml; charset=utf-8"],
    ["blog/feed", "application/rss+xml; charset=utf-8"],
    ["models/a.glb", "model/gltf-binary"],
    ["a/b.txt", "text/plain; charset=iso-8859-1"],
    ["index.html", "application/xhtml+xml; charset=utf-8"],
    ["index.htm", "text/html; charset=utf-8"],
  ])("make %s %s", (key, expected) => {
    expect(typeOf(key, "text", rules)).toBe(expected);
  });

  it("tell the media type without bytes", () => {
    expect(["a/b.txt", "a.htm", "a"].map((key) => mediaTypeOf(key, rules))).toEqual([
      "text/plain",
      "text/html",
      "binary/octet-stream",
    ]);
  });
});
