import type { NavigationFunction, SynthesizedSite } from "cf-types";
import { synthesizedSite } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { checkSynthesizedSite } from "../synth-check.ts";

/** A function that gives some paths the document, and takes a slash at the end away. */
const rewriting: NavigationFunction = {
  packageName: "a-rewrite",
  eventType: "viewer-request",
  decide: (uri) => {
    if (/.\/$/.test(uri)) return { rule: "slashes", location: uri.slice(0, -1) };
    return /^\/(?:app|notes\/\d+)$/.test(uri)
      ? { rule: "routes[0]", uri: "/index.html" }
      : undefined;
  },
  exampleUris: ["/app", "/notes/1"],
  exemption: "name the path in exclude",
};

function messages(rule: Partial<RedirectRule>, site: Partial<SynthesizedSite> = {}): string[] {
  const compiled = compileSecretRedirect({
    rules: [{ from: "/old", to: "https://elsewhere.example/", query: "drop", ...rule }],
  });
  return checkSynthesizedSite(
    compiled,
    synthesizedSite({ eventType: "origin-request", earlierFunctions: [rewriting], ...site }),
  ).map(({ severity, message }) => `${severity}: ${message}`);
}

const putFirst =
  'Put secret-redirect above a-rewrite in functions, with eventType: "viewer-request", or name the path in exclude there.';

describe("a rule whose requests another function takes first", () => {
  it("is an error where it takes them all, with rule, rewrite and remedy", () => {
    expect(messages({ from: "/app" })).toEqual([
      `error: rule 0 "/app" never fires: a-rewrite (routes[0]) rewrites "/app" to "/index.html" on viewer-request, before the redirects. ${putFirst}`,
    ]);
    expect(messages({ from: "/old/", trailingSlash: "strict" })).toEqual([
      `error: rule 0 "/old/" never fires: a-rewrite (slashes) redirects "/old/" to "/old" on viewer-request, before the redirects. ${putFirst}`,
    ]);
  });

  it("is a warning where it takes some", () => {
    expect(messages({ from: "/notes/:id" })).toEqual([
      `warning: rule 0 "/notes/:id" does not fire for "/notes/1": a-rewrite (routes[0]) rewrites "/notes/1" to "/index.html" on viewer-request, before the redirects. ${putFirst}`,
    ]);
    expect(messages({ from: "/*" })).toHaveLength(1);
  });

  it("is none where it takes navigations alone, and the rule is for other methods", () => {
    expect(messages({ from: "/app", conditions: { method: "POST" } })).toEqual([]);
  });

  it("is none where the function comes later", () => {
    const site = { earlierFunctions: [], laterFunctions: [rewriting] };
    expect(messages({ from: "/app" }, { eventType: "viewer-request", ...site })).toEqual([]);
  });
});

describe("a rule for the root", () => {
  it("LE-A-37: never fires on origin-request, where the default root object stands for it", () => {
    expect(messages({ from: "/" })).toEqual([
      'error: rule 0 "/" never fires: the default root object makes "/index.html" of it before origin-request. Let the function run on viewer-request, as in { package: "secret-redirect", eventType: "viewer-request", … }.',
    ]);
    expect(messages({ from: "/" }, { eventType: "viewer-request" })).toEqual([]);
    expect(messages({ from: "/" }, { defaultRootObject: "" })).toEqual([]);
  });

  it("LE-A-37: leads in a circle from the default root object to it", () => {
    const found = messages({ from: "/index.html", to: "/" });
    expect(found.join()).toContain('"/index.html" leads in a circle: /index.html -> / -> /.');
    expect(messages({ from: "/index.html", to: "/" }, { eventType: "viewer-request" })).toEqual([
      expect.stringContaining("hides a file"),
    ]);
  });
});

describe("a rule under a cache behavior that does not run the function", () => {
  const pathPatternOf = (path: string) => (path.startsWith("/assets/") ? "/assets/*" : "*");

  it("never fires", () => {
    expect(messages({ from: "/assets/old.js" }, { pathPatternOf })).toEqual([
      'error: rule 0 "/assets/old.js" never fires: "/assets/old.js" belongs to the cache behavior "/assets/*", which does not run the function. Add that to the function\'s pathPatterns: ["*","/assets/*"].',
    ]);
  });

  it("fires elsewhere", () => {
    expect(messages({ from: "/static/*" }, { pathPatternOf })).toEqual([]);
  });
});

describe("a circle over another function", () => {
  it("is one where an earlier function redirects to a path of the rule", () => {
    const found = messages({ from: "/a", to: "/a/", trailingSlash: "strict" });
    expect(found.join()).toContain("leads in a circle");
  });

  it("is one where a later function does", () => {
    const found = messages(
      { from: "/a", to: "/a/", trailingSlash: "strict" },
      { eventType: "viewer-request", earlierFunctions: [], laterFunctions: [rewriting] },
    );
    expect(found).toEqual([
      'error: rule 0 "/a" leads in a circle: /a -> /a/ -> /a. A viewer would be redirected for ever: let it lead elsewhere.',
    ]);
  });
});
