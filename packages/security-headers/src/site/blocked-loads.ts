import type { PolicyDirectives } from "../csp/content-security-policy.ts";
import { allowingOption } from "../csp/allowing-option.ts";
import { isHashSource } from "../csp/mistaken-source.ts";
import { decidingDirective, policyAllows } from "../csp/policy-allows.ts";
import { presets } from "../compile/presets.ts";
import type { SecurityHeadersFinding } from "../check-security-headers.ts";
import type { PlacedLoad } from "./read-site.ts";
import type { SitePage } from "./analyze-site.ts";

/** Returns the policy of a page; undefined for a page without one. */
export type PolicyOf = (path: string) => PolicyDirectives | undefined;

/**
 * Returns what a site does that the policies of its pages block: a sentence for each origin elsewhere, with
 * the option that allows it, and one for all that a preset allows.
 */
export function blockedLoads(
  pages: readonly SitePage[],
  loads: readonly PlacedLoad[],
  policyOf: PolicyOf,
): readonly SecurityHeadersFinding[] {
  // Scripts and style sheets belong to many pages: the site's own document speaks for all.
  const main = pages.find(({ path }) => path === "/index.html") ?? pages[0];
  const blocked = [...pages.flatMap(inlineLoads), ...loads].filter((load) => {
    const policy = policyOf(load.isPage ? load.path : (main?.path ?? "/"));
    return policy !== undefined && !policyAllows(policy, load);
  });
  const groups = Map.groupBy(blocked, (load) => `${load.directive} ${load.source}`);
  const firsts = [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, count: others.length }],
  );
  const forPreset = firsts.filter(({ first }) => isInPreset(first));
  const others = firsts.filter(({ first }) => !isInPreset(first));
  const sourcesOf = (directive: string) =>
    others.filter(({ first }) => first.directive === directive).map(({ first }) => first.source);
  return [
    ...presetFinding(forPreset, policyOf),
    ...others.map((group) => otherFinding(group, sourcesOf(group.first.directive))),
  ];
}

interface Group {
  readonly first: PlacedLoad;
  /** How many other places do the same. */
  readonly count: number;
}

/** A policy that is compiled for the build has the hashes of its inline code. */
function isInPreset(load: PlacedLoad): boolean {
  return isHashSource(load.source) || policyAllows(presets.spa.policy, load);
}

function inlineLoads({
  path,
  inlineScriptHashes,
  styleElementHashes,
  styleAttributeHashes,
}: SitePage): readonly PlacedLoad[] {
  const load = (directive: string, source: string, does: string): PlacedLoad => {
    return { path, isPage: true, line: 1, directive, source, does };
  };
  return [
    ...inlineScriptHashes.map((hash) => load("script-src", hash, "has an inline script")),
    ...styleElementHashes.map((hash) => load("style-src", hash, "has a style element")),
    ...styleAttributeHashes.map((hash) => load("style-src-attr", hash, "has a style attribute")),
  ];
}

function presetFinding(
  groups: readonly Group[],
  policyOf: PolicyOf,
): readonly SecurityHeadersFinding[] {
  const byDeed = new Map(
    groups.map((group) => [`${group.first.directive} ${group.first.does}`, group]),
  );
  if (byDeed.size === 0) return [];
  const deeds = [...byDeed.values()].map(
    ({ first }) => `${placed(first)}: ${why(first, policyOf)}`,
  );
  const message = `The policy breaks this build. ${deeds.join("; ")}. The preset "spa" allows it: config: compileForSite({ preset: "spa" }).`;
  return [{ severity: "warning", message }];
}

/** By the directive that decides: that of the source where there is one, else the name of what is missing. */
function why({ directive, path, source }: PlacedLoad, policyOf: PolicyOf): string {
  const policy = policyOf(path);
  const deciding = policy && decidingDirective(policy, directive);
  if (deciding === undefined || deciding === "default-src") return `${directive} is not allowed`;
  return isHashSource(source)
    ? `${deciding} does not allow it`
    : `${deciding} does not allow ${source}`;
}

function otherFinding({ first, count }: Group, sources: readonly string[]): SecurityHeadersFinding {
  const { directive, source, url } = first;
  const others = count === 0 ? "" : ` (and ${count} more)`;
  const what = url === undefined ? source : shortened(url);
  const option = allowingOption(directive, sources);
  const message = `${placed(first)} ${what}${others}: ${directive} does not allow it. Allow it: ${option}, or ${directive} ${source} in a policy of your own.`;
  return { severity: "warning", message };
}

function placed({ path, line, does }: PlacedLoad): string {
  return `${path}:${line} ${does}`;
}

function shortened(url: string): string {
  return url.length > 80 ? `${url.slice(0, 79)}…` : url;
}
