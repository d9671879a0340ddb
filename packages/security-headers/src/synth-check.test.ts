import type { SynthesizedSite } from "cf-types";
import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { compileSecurityHeaders } from "./compile/compile-security-headers.ts";
import type { CompiledSecurityHeaders } from "./edge/compiled-security-headers.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import { checkSynthesizedSite } from "./synth-check.ts";

const compiled = compileSecurityHeaders();

/** What is found but the scorecard. */
const problems = (options: CompiledSecurityHeaders, site: Partial<SynthesizedSite>) =>
  checkSynthesizedSite(options, synthesizedSite(site)).filter(
    ({ severity }) => severity !== "info",
  );

it("finds nothing where a response headers policy covers the rest", () => {
  expect(problems(compiled, { eventType: "viewer-response" })).toEqual([]);
});

it("names the cache behavior whose errors go out bare", () => {
  const cacheBehaviors = [
    synthesizedCacheBehavior({ pathPattern: "/assets/*", hasResponseHeadersPolicy: false }),
  ];
  expect(problems(compiled, { cacheBehaviors })).toEqual([
    { severity: "warning", message: expect.stringContaining('"/assets/*"') as string },
  ]);
});

it("names what the response headers policy cannot say", () => {
  const tooLong = compileSecurityHeaders({ headers: { "X-Long": "x".repeat(2000) } });
  expect(problems(tooLong, { eventType: "viewer-response" })).toEqual([
    {
      severity: "warning",
      message:
        "X-Long is left out of the response headers policy: it has 2000 characters, and CloudFront takes 1783.",
    },
  ]);
});

describe("what the policy blocks in a build", () => {
  const page = (body: string) => `<!doctype html>${body}<script src="/assets/index.js"></script>`;

  /** The warnings of a site with these files. */
  function warnings(options: SecurityHeadersOptions, files: Readonly<Record<string, string>>) {
    const siteFolder = mkdtempSync(join(tmpdir(), "blocked-"));
    onTestFinished(() => rmSync(siteFolder, { recursive: true }));
    mkdirSync(join(siteFolder, "assets"));
    const all = { "index.html": page(""), "assets/index.js": "run()", ...files };
    for (const [name, content] of Object.entries(all))
      writeFileSync(join(siteFolder, name), content);
    return problems(compileSecurityHeaders(options), {
      eventType: "viewer-response",
      siteFolder,
      siteFiles: Object.keys(all),
    }).map(({ message }) => message);
  }

  const api = { "assets/index.js": 'fetch("https://api.example.com/notes");fetch("/own")' };

  it("is named for this very build, with the preset that allows it", () => {
    const files = {
      "index.html": page('<p style="color:red">'),
      "assets/index.js": "fetch('/api')",
      "assets/index.css": "@font-face{src:url(/a.woff2)}",
    };
    expect(warnings({}, files)).toEqual([
      'The policy breaks this build. /index.html:1 has a style attribute: style-src does not allow it; /assets/index.js:1 calls fetch: connect-src is not allowed; /assets/index.css:1 loads a font: font-src is not allowed. The preset "spa" allows it: config: compileForSite({ preset: "spa" }).',
    ]);
    expect(warnings({ preset: "spa" }, files)).toEqual([]);
  });

  it("is not named where the policy allows it already", () => {
    expect(
      warnings({ preset: "spa", origins: { connect: ["https://*.example.com"] } }, api),
    ).toEqual([]);
    expect(warnings({ contentSecurityPolicy: false }, api)).toEqual([]);
  });

  it("is named with the option that allows it, which is then silent", () => {
    const [message = "", ...others] = warnings({ preset: "spa" }, api);
    expect(others).toEqual([]);
    expect(message).toBe(
      '/assets/index.js:1 calls fetch https://api.example.com/notes: connect-src does not allow it. Allow it: origins: { connect: ["https://api.example.com"] }, or connect-src https://api.example.com in a policy of your own.',
    );
    expect(
      warnings({ preset: "spa", origins: { connect: ["https://api.example.com"] } }, api),
    ).toEqual([]);
    expect(
      warnings(
        { contentSecurityPolicy: "default-src 'self'; connect-src https://api.example.com 'self'" },
        api,
      ),
    ).toEqual([]);
  });

  it("is named for all of a directive in one option", () => {
    const files = {
      "assets/index.js": 'new WebSocket("wss://a.example");new EventSource("https://b.example")',
    };
    const option = 'origins: { connect: ["wss://a.example", "https://b.example"] }';
    expect(warnings({ preset: "spa" }, files)).toEqual([
      expect.stringContaining(option),
      expect.stringContaining(option),
    ]);
  });

  it("is named beside a script without integrity, and as a directive where no option has it", () => {
    const files = {
      "index.html": page(
        '<script src="https://cdn.example/a.js"></script><object data="https://o.example/a.pdf"></object>',
      ),
      ...api,
    };
    const found = warnings({ preset: "spa" }, files);
    expect(found).toEqual([
      expect.stringContaining('origins: { script: ["https://cdn.example"] }'),
      expect.stringContaining(
        'contentSecurityPolicy: { directives: { "object-src": ["https://o.example"] } }',
      ),
      expect.stringContaining('origins: { connect: ["https://api.example.com"] }'),
    ]);
    expect(
      warnings(
        {
          preset: "spa",
          origins: { script: ["https://cdn.example"], connect: ["https://api.example.com"] },
          contentSecurityPolicy: { directives: { "object-src": ["https://o.example"] } },
        },
        files,
      ),
    ).toEqual([]);
  });
});
