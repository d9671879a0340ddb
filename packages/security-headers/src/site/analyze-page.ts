import { createHash } from "node:crypto";
import { parse as parseModule } from "es-module-lexer/js";
import type { DefaultTreeAdapterTypes } from "parse5";
import { elementLoads, elementsOf, isJavaScript, lineOf, textOf } from "./page-loads.ts";

type Element = DefaultTreeAdapterTypes.Element;

/** A script that a page loads from a file or another origin. */
export interface ExternalScript {
  /** As the page writes it. */
  readonly src: string;
  /** Integrity hashes that the page gives, as in `sha384-…`; empty where it gives none. */
  readonly integrity: readonly string[];
  /** The `href` of a `<base>` before it, from which `src` counts. */
  readonly base?: string;
  /** Line of the page. */
  readonly line: number;
  /** Offset in the page at which an `integrity` attribute can be written. */
  readonly attributeOffset: number;
  /** Offset in the page at which the tag begins. */
  readonly tagOffset: number;
  /** A module, another script or a link that fetches one ahead, or a link that loads a module ahead. */
  readonly kind: "module" | "script" | "preload";
}

/** What a page of a built site needs of its policy. */
export interface PageAnalysis {
  /** `'sha256-…'` of each inline script that browsers run, once. */
  readonly inlineScriptHashes: readonly string[];
  /** `'sha256-…'` of each inline style element, once. */
  readonly styleElementHashes: readonly string[];
  /** `'sha256-…'` of each style attribute, once. */
  readonly styleAttributeHashes: readonly string[];
  /** In the order of the page. */
  readonly externalScripts: readonly ExternalScript[];
  /** Whether an inline script imports modules, which `'strict-dynamic'` does not let it do. */
  readonly importsInline: boolean;
  /** Inline event handlers and `javascript:` links, which no policy of a preset allows. */
  readonly inlineHandlers: readonly { readonly attribute: string; readonly line: number }[];
  /** Origins that the page itself names, by directive. */
  readonly origins: Readonly<Record<string, readonly string[]>>;
}

const dataType = /^(?:importmap|speculationrules)$/i;

/** Whether a policy holds a script of a type to its hashes. */
function isRun(type: string): boolean {
  return isJavaScript(type) || dataType.test(type);
}

/**
 * Reads an HTML page as a browser does and returns what its policy must allow.
 *
 * @param html The page, as it is served.
 */
export function analyzePage(html: string): PageAnalysis {
  return analyzeElements(elementsOf(html));
}

/** Returns the same of the elements of a page. */
export function analyzeElements(elements: readonly Element[]): PageAnalysis {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const styleAttributes = new Set<string>();
  const externalScripts: ExternalScript[] = [];
  const inlineHandlers: { attribute: string; line: number }[] = [];
  const origins = new Map<string, Set<string>>();
  let importsInline = false;
  let base: string | undefined;
  for (const element of elements) {
    const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]));
    const type = attributes.get("type") ?? "";
    const line = lineOf(element);
    if (element.tagName === "base") base ??= attributes.get("href");
    const external = externalScript(element, attributes, base);
    if (external !== undefined) externalScripts.push(external);
    else if (element.tagName === "script" && isRun(type)) {
      scripts.add(sha256(textOf(element)));
      importsInline ||= !dataType.test(type) && importsModules(textOf(element));
    }
    if (element.tagName === "style") styles.add(sha256(textOf(element)));
    for (const [name, value] of attributes) {
      if (name === "style") styleAttributes.add(sha256(value));
      if (/^on[a-z]/.test(name) || /^\s*javascript:/i.test(value)) {
        inlineHandlers.push({ attribute: name, line });
      }
    }
    for (const { directive, source, url } of elementLoads(element, line)) {
      if (url === undefined) continue;
      origins.set(directive, (origins.get(directive) ?? new Set()).add(source));
    }
  }
  return {
    inlineScriptHashes: [...scripts],
    styleElementHashes: [...styles],
    styleAttributeHashes: [...styleAttributes],
    externalScripts,
    importsInline,
    inlineHandlers,
    origins: Object.fromEntries([...origins].map(([name, each]) => [name, [...each]])),
  };
}

/** Returns `'sha256-…'` of a text, as it stands in a policy. */
export function sha256(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function externalScript(
  element: Element,
  attributes: ReadonlyMap<string, string>,
  base: string | undefined,
): ExternalScript | undefined {
  const rel = element.tagName === "link" ? (attributes.get("rel") ?? "") : "";
  const isPreload = /\bmodulepreload\b/i.test(rel);
  // A policy holds what is fetched ahead to the same hashes.
  const isFetchedAhead =
    /\bpreload\b/i.test(rel) && attributes.get("as")?.toLowerCase() === "script";
  const isScript = element.tagName === "script" && isRun(attributes.get("type") ?? "");
  const isModule = attributes.get("type")?.toLowerCase() === "module";
  const isLink = isPreload || isFetchedAhead;
  const src = isScript ? attributes.get("src") : isLink ? attributes.get("href") : undefined;
  if (src === undefined) return undefined;
  const tag = element.sourceCodeLocation?.startTag ?? element.sourceCodeLocation;
  return {
    src,
    integrity: (attributes.get("integrity") ?? "").split(/\s+/).filter(Boolean),
    ...(base !== undefined && { base }),
    line: lineOf(element),
    attributeOffset: (tag?.startOffset ?? 0) + 1 + element.tagName.length,
    tagOffset: tag?.startOffset ?? 0,
    kind: isPreload ? "preload" : isModule ? "module" : "script",
  };
}

/** A script that is no JavaScript counts as one that imports: what it does is not known. */
function importsModules(script: string): boolean {
  try {
    const [imports] = parseModule(script);
    // `import.meta` loads nothing.
    return imports.some(({ d }) => d !== -2);
  } catch {
    return true;
  }
}
