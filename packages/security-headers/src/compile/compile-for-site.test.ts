import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizedSite } from "edge-function-testing";
import { everyFile, openSiteFolder } from "cf-site-files";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileForSite } from "./compile-for-site.ts";
import { plainSecurityHeaders } from "../decide-security-headers.ts";
import { analyzeSiteFolder, writeIntegrity } from "../site/site-folder.ts";
import { checkSynthesizedSite } from "../synth-check.ts";

let siteFolder: string;
const page = '<!doctype html><script type="module" src="/app.js"></script>';

beforeEach(() => {
  siteFolder = mkdtempSync(join(tmpdir(), "compile-for-site-"));
  writeFileSync(join(siteFolder, "index.html"), page);
  writeFileSync(join(siteFolder, "app.js"), "run();");
});

afterEach(() => rmSync(siteFolder, { recursive: true }));

const policyOf = (compiled: ReturnType<ReturnType<typeof compileForSite>>) =>
  plainSecurityHeaders(compiled)["Content-Security-Policy"];

const site = () =>
  synthesizedSite({
    eventType: "viewer-response",
    siteFolder,
    siteFiles: openSiteFolder(siteFolder, everyFile)
      .list()
      .files.map(({ key }) => key),
  });
const findings = (compiled: Parameters<typeof checkSynthesizedSite>[0], limits = {}) =>
  checkSynthesizedSite(compiled, site(), limits);

describe("options that are compiled for a site", () => {
  it("give its scripts integrity, and its policy their hashes", () => {
    const compiled = compileForSite({ preset: "spa" })(siteFolder);
    const [, hash] =
      /<script integrity="([^"]+)"/.exec(readFileSync(join(siteFolder, "index.html"), "utf8")) ??
      [];
    expect(hash).toMatch(/^sha384-/);
    expect(policyOf(compiled)).toContain(`'${hash}' 'strict-dynamic'`);
  });

  it("cover each page of the folder, hidden ones too, for it is what is deployed", () => {
    mkdirSync(join(siteFolder, ".hidden"));
    writeFileSync(join(siteFolder, ".hidden/index.html"), "<script>hidden();</script>");
    expect(findings(compileForSite({ preset: "spa" })(siteFolder))).toEqual([
      expect.objectContaining({ severity: "info" }),
    ]);
  });

  it("cover what is published as a page by another name", () => {
    writeFileSync(join(siteFolder, "about"), "<script>about();</script>");
    const contentTypes = { about: "text/html; charset=utf-8" };
    const compiled = compileForSite({ preset: "spa" })(siteFolder, { contentTypes });
    const about = "'sha256-ngkHhFyYXirI8hF8G+DmXb7iy7s6ARYMAsem/wBlcZo='";
    expect(policyOf(compiled)).toContain(about);
    const unaware = compileForSite({ preset: "spa" })(siteFolder);
    expect(policyOf(unaware)).not.toContain(about);
    expect(checkSynthesizedSite(unaware, { ...site(), contentTypes }, {})[0]).toMatchObject({
      severity: "error",
      message: expect.stringContaining("/about has a script that its policy blocks") as string,
    });
  });

  it("are refused for a folder with a link out of it, to which nothing is written", () => {
    const outside = mkdtempSync(join(tmpdir(), "outside-"));
    writeFileSync(join(outside, "app.js"), "run();");
    writeFileSync(join(outside, "index.html"), page);
    symlinkSync(outside, join(siteFolder, "docs"));
    for (const write of [compileForSite({ preset: "spa" }), writeIntegrity, analyzeSiteFolder]) {
      expect(() => write(siteFolder)).toThrow(
        /^"docs" is a link that leads out of the site's folder/,
      );
    }
    expect(readFileSync(join(outside, "index.html"), "utf8")).toBe(page);
    expect(readFileSync(join(siteFolder, "index.html"), "utf8")).toBe(page);
    rmSync(outside, { recursive: true });
  });

  it("know a page by all its names, and leave links within the folder as they are", () => {
    symlinkSync("index.html", join(siteFolder, "alias.html"));
    const compiled = compileForSite({ preset: "spa" })(siteFolder);
    expect(findings(compiled)).toEqual([expect.objectContaining({ severity: "info" })]);
    const links = readdirSync(siteFolder, { withFileTypes: true }).filter((each) =>
      each.isSymbolicLink(),
    );
    expect(links.map(({ name }) => name)).toEqual(["alias.html"]);
    expect(writeIntegrity(siteFolder)).toEqual([]);
  });

  it("are refused before there is a site", () => {
    expect(() => compileForSite({ referrerPolicy: "same-origins" })).toThrow(/same-origins/);
  });

  it("pass the check of the site that they were compiled for, with a scorecard", () => {
    const compiled = compileForSite({ preset: "spa" })(siteFolder);
    const limits = { minObservatoryScore: 135, maxCspFindings: 0, maxOwaspFindings: 1 };
    expect(findings(compiled, limits)).toEqual([
      {
        severity: "info",
        message: expect.stringContaining("MDN Observatory 135 (A+)\ncsp_evaluator 0") as string,
      },
    ]);
  });

  it("do not pass for another build", () => {
    const compiled = compileForSite({ preset: "spa" })(siteFolder);
    mkdirSync(join(siteFolder, "docs"));
    writeFileSync(join(siteFolder, "docs/index.html"), "<script>inline();</script>");
    expect(findings(compiled)[0]).toMatchObject({
      severity: "error",
      message: expect.stringMatching(
        /^\/docs\/index.html has a script that its policy blocks: got 'sha256-/,
      ) as string,
    });
    writeFileSync(join(siteFolder, "docs/index.html"), page);
    expect(findings(compiled)[0]).toMatchObject({
      severity: "error",
      message: expect.stringContaining("scripts without an integrity attribute") as string,
    });
  });

  it("are warned of what no derived policy allows", () => {
    writeFileSync(join(siteFolder, "index.html"), `${page}<button onclick="go()">Go</button>`);
    expect(findings(compileForSite({ preset: "spa" })(siteFolder))).toContainEqual({
      severity: "warning",
      message:
        "/index.html:1 has code in the attribute onclick, which the policy blocks. Move it into a script.",
    });
  });
});

describe("the limits of a scorecard", () => {
  it.each([
    [{ minObservatoryScore: 136 }, "Observatory gives 135 points of 136"],
    [{ maxOwaspFindings: 0 }, "OWASP misses 1 headers of at most 0"],
    [
      { maxCspFinding: 0 },
      "limits.maxCspFinding is not an option: got 0. Did you mean maxCspFindings?",
    ],
    [
      { maxCspFindings: "0" },
      'limits.maxCspFindings is not a number: got "0". Give one, as in 130.',
    ],
  ])("%j stop the synth", (limits, message) => {
    const compiled = compileForSite({ preset: "spa" })(siteFolder);
    expect(findings(compiled, limits)).toEqual([
      { severity: "error", message: expect.stringContaining(message) as string },
    ]);
  });
});
