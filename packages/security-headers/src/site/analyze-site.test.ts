import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { analyzePage, sha256 } from "./analyze-page.ts";
import { analyzeSite } from "./analyze-site.ts";
import { pagePathOverrides } from "./page-path-overrides.ts";
import { analyzeSiteFolder, readSiteFiles, writeIntegrity } from "./site-folder.ts";

const sha384 = (text: string) => `sha384-${createHash("sha384").update(text).digest("base64")}`;

describe("analyzePage", () => {
  it("reads elements however deep they are nested", () => {
    const { inlineScriptHashes } = analyzePage(`${"<div>".repeat(20_000)}<script>a()</script>`);
    expect(inlineScriptHashes).toEqual([sha256("a()")]);
  });

  it("hashes each inline script that browsers run, once", () => {
    const { inlineScriptHashes } = analyzePage(
      `<script>a</script><script type="module">b</script><script type=importmap>{}</script>
       <script>a</script><script type="application/ld+json">{}</script><script type="text/template">c</script>
       <template><script>d</script></template><!-- <script>e</script> -->`,
    );
    expect(inlineScriptHashes).toEqual(["a", "b", "{}", "d"].map(sha256));
  });

  it("takes a script's text as it stands, entities and all", () => {
    expect(analyzePage("<script>\n a &amp;&amp; 'é' \n</script>").inlineScriptHashes).toEqual([
      sha256("\n a &amp;&amp; 'é' \n"),
    ]);
  });

  it("hashes style elements and style attributes, whose entities are read", () => {
    const page = analyzePage(
      `<style>a{}</style><p style="b:&quot;c&quot;"><svg><style>d{}</style></svg>`,
    );
    expect(page.styleElementHashes).toEqual([sha256("a{}"), sha256("d{}")]);
    expect(page.styleAttributeHashes).toEqual([sha256('b:"c"')]);
  });

  it("finds code in attributes", () => {
    const { inlineHandlers } = analyzePage(`<p onclick="a()">\n<a href=" javascript:b()">`);
    expect(inlineHandlers).toEqual([
      { attribute: "onclick", line: 1 },
      { attribute: "href", line: 2 },
    ]);
  });

  it("names the origins of a page by directive", () => {
    const { origins } = analyzePage(
      `<link rel="stylesheet" href="https://css.example/a"><img src="//img.example/a"><img src="/own">
       <iframe src="https://f.example:8443/"></iframe><form action="https://pay.example"></form>`,
    );
    expect(origins).toEqual({
      "style-src": ["https://css.example"],
      "img-src": ["https://img.example"],
      "frame-src": ["https://f.example:8443"],
      "form-action": ["https://pay.example"],
    });
  });
});

describe("analyzeSite", () => {
  const files = {
    "/docs/index.html": `<script src="../a.js"></script><script type="module" src="/b%20c.js"></script>`,
    "/a.js": "a",
    "/b c.js": "b",
    "/note.txt": "<script>no page</script>",
  };

  it("gives scripts their integrity, and modules a link that loads them ahead", () => {
    const [page] = analyzeSite(files, { addIntegrity: true }).pages;
    expect(page?.html).toBe(
      `<script integrity="${sha384("a")}" src="../a.js"></script>` +
        `<link rel="modulepreload" integrity="${sha384("b")}" href="/b%20c.js">` +
        `<script integrity="${sha384("b")}" type="module" src="/b%20c.js"></script>`,
    );
    expect(page?.scriptHashes).toEqual([`'${sha384("a")}'`, `'${sha384("b")}'`]);
    expect(page?.allowsStrictDynamic).toBe(true);
  });

  it("changes nothing that has been changed before", () => {
    const [page] = analyzeSite(files, { addIntegrity: true }).pages;
    const again = { ...files, "/docs/index.html": page?.html ?? "" };
    expect(analyzeSite(again, { addIntegrity: true }).pages[0]?.html).toBe(page?.html);
  });

  it("leaves pages as they are unless it is asked", () => {
    const { pages, warnings } = analyzeSite(files);
    expect(pages[0]?.html).toBe(files["/docs/index.html"]);
    expect(pages[0]?.allowsStrictDynamic).toBe(false);
    expect(warnings).toEqual([
      `/docs/index.html:1 loads "../a.js" without an integrity attribute, so its policy needs an origin instead of a hash.`,
      `/docs/index.html:1 loads "/b%20c.js" without an integrity attribute, so its policy needs an origin instead of a hash.`,
    ]);
  });

  it.each([
    [
      "a script of another origin without integrity",
      `<script src="https://x.example/a.js"></script>`,
    ],
    ["an inline script that imports", `<script type="module">import "/a.js";</script>`],
    ["an inline script that imports later", `<script>onload = () => import("/a.js");</script>`],
    ["a script that is not there", `<script src="/missing.js"></script>`],
  ])("%s keeps a page from 'strict-dynamic'", (_name, html) => {
    const { pages } = analyzeSite({ ...files, "/index.html": html }, { addIntegrity: true });
    expect(pages.map(({ path, allowsStrictDynamic }) => [path, allowsStrictDynamic])).toEqual([
      ["/docs/index.html", true],
      ["/index.html", false],
    ]);
  });

  it.each([
    ["the word important", `<script>style = { important: "import it" }; // import x</script>`],
    ["an import map", `<script type="importmap">{"imports":{"a":"/a.js"}}</script>`],
    ["import.meta", `<script type="module">run(import.meta.url);</script>`],
  ])("%s in an inline script does not", (_name, html) => {
    expect(analyzeSite({ "/index.html": html }).pages[0]?.allowsStrictDynamic).toBe(true);
  });

  it("finds a script from the page's <base>, where one comes before it", () => {
    const html = `<script src="a.js"></script><base href="/docs/"><script src="a.js"></script>`;
    const scripts = { "/a.js": "root", "/docs/a.js": "docs", "/in/index.html": html };
    const [page] = analyzeSite({ ...scripts, "/in/a.js": "in" }, { addIntegrity: true }).pages;
    expect(page?.scriptHashes).toEqual([`'${sha384("in")}'`, `'${sha384("docs")}'`]);
  });

  it("takes no script of another origin for the site's own, where <base> leads there", () => {
    const html = `<base href="https://cdn.example/"><script src="/a.js"></script>`;
    const site = { "/a.js": "a", "/index.html": html };
    expect(analyzeSite(site, { addIntegrity: true }).pages[0]?.html).toBe(html);
  });

  it("reads of an integrity attribute what browsers read", () => {
    const written = `${sha384("a")}?x=1 md5-AAAA sha256-short;script-src`;
    const html = `<script src="/a.js" integrity="${written}"></script>`;
    expect(analyzeSite({ "/a.html": html }).pages[0]?.scriptHashes).toEqual([`'${sha384("a")}'`]);
  });

  it("warns of code in attributes", () => {
    expect(analyzeSite({ "/a.html": "<p>\n<p onclick='b()'>" }).warnings).toEqual([
      "/a.html:2 has code in the attribute onclick, which the policy blocks. Move it into a script.",
    ]);
  });

  it("makes a path override for each page, and for the folder of an index.html", () => {
    const { pages } = analyzeSite({ "/docs/index.html": "a", "/b.html": "b" });
    expect(pagePathOverrides({ pages }).map(({ pathPattern }) => pathPattern)).toEqual([
      "/b.html",
      "/docs/index.html",
      "/docs/",
    ]);
  });
});

describe("a page that is not UTF-8", () => {
  const script = '<script>say("é")</script><script src="/a.js"></script>';
  it.each([
    ["windows-1252, as it says", Buffer.from(`<meta charset="windows-1252">${script}`, "latin1")],
    ["windows-1252, as it does not say", Buffer.from(script, "latin1")],
    ["UTF-16", Buffer.from(`\uFEFF${script}`, "utf16le")],
  ])("in %s keeps its bytes, and is hashed as browsers read it", (_name, bytes) => {
    const folder = siteFolder({ "index.html": bytes, "a.js": "a" });
    expect(writeIntegrity(folder)).toEqual([]);
    expect(readFileSync(join(folder, "index.html"))).toEqual(bytes);
    const [page] = analyzeSiteFolder(folder).pages;
    expect(page?.inlineScriptHashes).toEqual([sha256('say("é")')]);
  });

  it("keeps the byte order mark of one that is", () => {
    const folder = siteFolder({ "index.html": `\uFEFF${script}`, "a.js": "a" });
    expect(writeIntegrity(folder)).toEqual(["/index.html"]);
    const written = readFileSync(join(folder, "index.html"), "utf8");
    expect(written).toContain(sha384("a"));
    expect(written.startsWith("\uFEFF<script>")).toBe(true);
  });
});

function siteFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "site-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

it("a link that fetches a script ahead gets its integrity, too", () => {
  const link = '<link rel="preload" as="script" href="/a.js">';
  const files = { "/index.html": `${link}<script src="/a.js" async></script>`, "/a.js": "a" };
  expect(analyzeSite(files).pages[0]?.allowsStrictDynamic).toBe(false);
  const [page] = analyzeSite(files, { addIntegrity: true }).pages;
  expect(page?.html).toContain(`<link integrity="${sha384("a")}" rel="preload" as="script"`);
  expect(page?.allowsStrictDynamic).toBe(true);
});

describe("a built site in a folder", () => {
  it("is read without its films and what is too large for a page", () => {
    const folder = siteFolder({
      "index.html": "<script>a</script>",
      "film.mp4": "",
      "data.bin": "",
    });
    for (const name of ["film.mp4", "data.bin"]) truncateSync(join(folder, name), 3 * 1024 ** 3);
    expect(Object.keys(readSiteFiles(folder))).toEqual(["/index.html"]);
    expect(analyzeSiteFolder(folder).pages[0]?.scriptHashes).toEqual([sha256("a")]);
  });

  it("gets its integrity attributes in place, once", () => {
    const folder = mkdtempSync(join(tmpdir(), "site-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "index.html"), '<script src="/assets/a.js"></script>');
    writeFileSync(join(folder, "assets", "a.js"), "a");
    expect(writeIntegrity(folder)).toEqual(["/index.html"]);
    expect(readFileSync(join(folder, "index.html"), "utf8")).toContain(sha384("a"));
    expect(writeIntegrity(`${folder}/`)).toEqual([]);
    expect(analyzeSiteFolder(folder).pages[0]?.allowsStrictDynamic).toBe(true);
  });
});
