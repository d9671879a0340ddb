import { noFunctions } from "../../test/samples/no-functions.ts";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { fakeClock } from "../../test/samples/fake-clock.ts";
import { sampleRequest } from "../../test/samples/http-message.ts";
import { sampleCustomOrigin } from "../../test/samples/origin.ts";
import type { DeployedFolder, S3Website, WebsiteRoutingRule } from "../distribution/origins.ts";
import { createOriginClient } from "./create-origin-client.ts";

const client = createOriginClient({ invoke: noFunctions, clock: fakeClock() });
afterAll(() => client.close());

const folder = mkdtempSync(join(tmpdir(), "website-"));
mkdirSync(join(folder, "docs"));
for (const name of ["index.html", "404.html", "docs/index.html", "a b.txt"]) {
  writeFileSync(join(folder, name), `${name} <<mark>>`);
}

const rule = (changes: Partial<WebsiteRoutingRule>): WebsiteRoutingRule => ({
  keyPrefix: undefined,
  errorCode: undefined,
  hostName: undefined,
  protocol: undefined,
  redirectCode: 301,
  replaceKeyWith: undefined,
  replaceKeyPrefixWith: undefined,
  ...changes,
});

const websiteOf = (changes: Partial<S3Website>): S3Website => ({
  indexDocument: "index.html",
  errorDocument: "404.html",
  redirectAll: undefined,
  routingRules: [],
  mayGetObject: true,
  mayListBucket: true,
  ...changes,
});

/** Requests a path of a website; the result reads as status, then redirect, or body. */
async function ask(uri: string, changes: Partial<S3Website> = {}, method = "GET") {
  const website = websiteOf(changes);
  const content = { kind: "folder", path: folder } as const;
  const origin = sampleCustomOrigin({ domainName: "site.example", website, content });
  const result = await client.fetch(origin, { ...sampleRequest(uri), method });
  if (result.kind !== "response") throw new Error(result.failure.message);
  const { status, headers, body } = result.response;
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : "a stream";
  return `${status} ${headers["location"]?.[0]?.value ?? text.replace(" <<mark>>", "")}`;
}

describe("CF-H-15: the website endpoint of a bucket", () => {
  it.each([
    ["/", "200 index.html"],
    ["/docs/", "200 docs/index.html"],
    ["/docs", "302 /docs/"],
    ["/a%20b.txt", "200 a b.txt"],
    ["/none", "404 404.html"],
    ["/none/", "404 404.html"],
  ])("%s is %s", async (uri, expected) => {
    expect(await ask(uri)).toBe(expected);
  });

  it("has 403 for a missing key that nobody may list, and for keys that nobody may get", async () => {
    expect(await ask("/none", { mayListBucket: false })).toBe("403 404.html");
    expect(await ask("/", { mayGetObject: false })).toMatch(/^403 <html>[^]*AccessDenied/);
  });

  it("describes an error in HTML where it has no error document", async () => {
    const page = await ask("/none", { errorDocument: undefined });
    expect(page).toMatch(/^404 <html>\n<head><title>404 Not Found<\/title>/);
    expect(page).toContain("<li>Code: NoSuchKey</li>");
    expect(page).toContain("<li>Key: none</li>");
    expect(await ask("/", {}, "POST")).toMatch(/^405 <html>/);
  });

  it("redirects all requests to another host", async () => {
    const redirectAll = { hostName: "www.example.com", protocol: "https" } as const;
    expect(await ask("/a%20b", { redirectAll })).toBe("301 https://www.example.com/a%20b");
  });

  it.each<[string, string, Partial<WebsiteRoutingRule>]>([
    [
      "/old/a",
      "301 http://site.example/new/a",
      { keyPrefix: "old/", replaceKeyPrefixWith: "new/" },
    ],
    [
      "/old",
      "302 https://www.example.com/new",
      {
        keyPrefix: "old",
        hostName: "www.example.com",
        protocol: "https",
        redirectCode: 302,
        replaceKeyWith: "new",
      },
    ],
    [
      "/none",
      "301 http://site.example/index.html",
      { errorCode: 404, replaceKeyWith: "index.html" },
    ],
    ["/docs/", "200 docs/index.html", { errorCode: 404, replaceKeyWith: "index.html" }],
    ["/none", "301 http://site.example/%23/none", { errorCode: 404, replaceKeyPrefixWith: "#/" }],
  ])("follows routing rules: %s is %s", async (uri, expected, changes) => {
    expect(await ask(uri, { routingRules: [rule(changes)] })).toBe(expected);
  });
});

describe("a bucket that several folders are copied to", () => {
  const other = mkdtempSync(join(tmpdir(), "website-"));
  writeFileSync(join(other, "index.html"), "other");
  const deployed = (changes: Partial<DeployedFolder>): DeployedFolder => ({
    path: folder,
    deployment: "first",
    prunes: false,
    keyPrefix: "",
    exclude: [],
    include: [],
    headers: {},
    replacements: [],
    ...changes,
  });

  async function get(uri: string, ...folders: readonly DeployedFolder[]) {
    const origin = sampleCustomOrigin({ content: { kind: "deployed", folders } });
    const result = await client.fetch(origin, sampleRequest(uri));
    if (result.kind !== "response") throw new Error(result.failure.message);
    const { status, headers, body } = result.response;
    const text = body instanceof Uint8Array ? Buffer.from(body).toString() : "a stream";
    const cached = headers["cache-control"]?.[0]?.value;
    return [status, ...(status === 200 ? [text] : []), ...(cached === undefined ? [] : [cached])];
  }

  it("has the last of equal keys, and keys under a prefix", async () => {
    const last = deployed({ path: other });
    expect(await get("/index.html", deployed({}), last)).toEqual([200, "other"]);
    expect(await get("/404.html", deployed({}), last)).toEqual([200, "404.html <<mark>>"]);
    const under = deployed({ path: other, keyPrefix: "app/" });
    expect(await get("/app/index.html", under)).toEqual([200, "other"]);
    expect(await get("/index.html", under)).toEqual([404]);
  });

  it("lacks what is excluded, unless it is included", async () => {
    const filtered = deployed({ exclude: ["*"], include: ["docs/*"] });
    expect(await get("/index.html", filtered)).toEqual([404]);
    expect(await get("/docs/index.html", filtered)).toEqual([200, "docs/index.html <<mark>>"]);
  });

  it("lacks what a later deployment has pruned, except what that excludes", async () => {
    const pruning = { path: other, deployment: "second", prunes: true };
    const before = deployed({});
    expect(await get("/404.html", before, deployed(pruning))).toEqual([404]);
    const elsewhere = deployed({ ...pruning, keyPrefix: "app/" });
    expect(await get("/404.html", before, elsewhere)).toEqual([200, "404.html <<mark>>"]);
    const sparing = deployed({ ...pruning, exclude: ["*.html"], include: ["index.html"] });
    expect(await get("/404.html", before, sparing)).toEqual([200, "404.html <<mark>>"]);
    // Sources of one deployment are copied together.
    const together = deployed({ ...pruning, deployment: "first" });
    expect(await get("/404.html", deployed({ prunes: true }), together)).toEqual([
      200,
      "404.html <<mark>>",
    ]);
  });

  it("has the files of a zip, also once that has changed", async () => {
    const path = join(other, "site.zip");
    const write = (text: string): void =>
      writeFileSync(path, zipSync({ "docs/a.txt": Buffer.from(text) }));
    write("first");
    const zipped = deployed({ path });
    expect(await get("/docs/a.txt", zipped)).toEqual([200, "first"]);
    expect(await get("/docs/", zipped)).toEqual([404]);
    write("second one");
    expect(await get("/docs/a.txt", zipped)).toEqual([200, "second one"]);
  });

  it("keeps x-amz-website-redirect-location, by which a website redirects", async () => {
    const headers = { "x-amz-website-redirect-location": "/docs/" };
    const content = { kind: "deployed", folders: [deployed({ headers })] } as const;
    const locationOf = async (site: Partial<S3Website> | undefined) => {
      const origin = sampleCustomOrigin({ content, ...(site && { website: websiteOf(site) }) });
      const result = await client.fetch(origin, sampleRequest("/404.html"));
      if (result.kind !== "response") throw new Error(result.failure.message);
      const { status, headers } = result.response;
      const name = site === undefined ? "x-amz-website-redirect-location" : "location";
      return [status, headers[name]?.[0]?.value];
    };
    expect(await locationOf(undefined)).toEqual([200, "/docs/"]);
    expect(await locationOf({})).toEqual([301, "/docs/"]);
  });

  it("has the metadata and the values of its deployment", async () => {
    const made = deployed({
      headers: { "cache-control": "no-cache" },
      replacements: [{ mark: "<<mark>>", value: "$&" }],
    });
    expect(await get("/404.html", made)).toEqual([200, "404.html $&", "no-cache"]);
  });
});
