import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from "parse5";
import { scriptLoads } from "./script-loads.ts";
import { type SiteLoad, attributeDirective, loadsOf } from "./site-load.ts";
import { styleLoads } from "./style-loads.ts";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const linkDirectives: Readonly<Record<string, string>> = {
  stylesheet: "style-src",
  icon: "img-src",
  "apple-touch-icon": "img-src",
  "mask-icon": "img-src",
  manifest: "manifest-src",
  modulepreload: "script-src",
};
/** https://fetch.spec.whatwg.org/#concept-potential-destination */
const preloadDirectives: Readonly<Record<string, string>> = {
  audio: "media-src",
  fetch: "connect-src",
  font: "font-src",
  image: "img-src",
  script: "script-src",
  style: "style-src",
  track: "media-src",
  video: "media-src",
  worker: "worker-src",
};

/**
 * Returns what a page loads by its elements, its style elements and attributes, and its inline scripts.
 *
 * @param html A page, or a piece of one that a script writes.
 * @param firstLine Of the piece in its file.
 */
export function pageLoads(html: string, firstLine = 1): readonly SiteLoad[] {
  return loadsOfElements(elementsOf(html), firstLine);
}

/** Returns the same of the elements of a page. */
export function loadsOfElements(elements: readonly Element[], firstLine = 1): readonly SiteLoad[] {
  return elements.flatMap((element) => {
    const line = firstLine + lineOf(element) - 1;
    return [...elementLoads(element, line), ...contentLoads(element, line)];
  });
}

/** Returns the elements of a page as browsers read it, in the order of the page. */
export function elementsOf(html: string): readonly Element[] {
  const found: Element[] = [];
  // No recursion: how deep a page nests its elements is its own affair.
  const ahead: Node[] = [parse(html, { sourceCodeLocationInfo: true })];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (defaultTreeAdapter.isElementNode(node)) found.push(node);
    if ("content" in node) ahead.push(node.content);
    if ("childNodes" in node) {
      for (const child of node.childNodes.toReversed()) ahead.push(child);
    }
  }
  return found;
}

/** Returns the line of the page; 1 for an element that the page does not write. */
export function lineOf({ sourceCodeLocation }: Element): number {
  return sourceCodeLocation?.startLine ?? 1;
}

/**
 * Whether a script of a type is JavaScript; what else there is, is data.
 *
 * @see https://html.spec.whatwg.org/multipage/scripting.html#attr-script-type
 */
export function isJavaScript(type: string): boolean {
  return /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:javascript1\.[0-5]|jscript|livescript))$/i.test(
    type,
  );
}

/** Returns the text in an element. */
export function textOf(element: Element): string {
  return element.childNodes.map((child) => ("value" in child ? child.value : "")).join("");
}

/** Returns what an element loads by its attributes. */
export function elementLoads(element: Element, line: number): readonly SiteLoad[] {
  const { tagName, attrs } = element;
  const attributes = new Map(
    attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]),
  );
  const does = `has <${tagName}>`;
  const byAttribute = [...attributes].flatMap(([name, value]) => {
    if (name === "style") return styleLoads(value, line);
    // Its page has the policy of the one around it.
    if (name === "srcdoc" && tagName === "iframe") return pageLoads(value, line);
    const directive = attributeDirective(tagName, name);
    if (directive === undefined) return [];
    const isPicture = tagName === "source" && parentName(element) === "picture";
    const place = { directive: isPicture ? "img-src" : directive, does, line };
    return addressesIn(name, value).flatMap((address) => loadsOf(address, place));
  });
  return tagName === "link" ? [...byAttribute, ...linkLoads(attributes, line)] : byAttribute;
}

function linkLoads(attributes: ReadonlyMap<string, string>, line: number): readonly SiteLoad[] {
  const rels = (attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
  return rels.flatMap((rel) => {
    const directive =
      rel === "preload"
        ? preloadDirectives[attributes.get("as")?.toLowerCase() ?? ""]
        : linkDirectives[rel];
    if (directive === undefined) return [];
    const address = attributes.get("href") ?? "";
    return loadsOf(address, { directive, does: `has <link rel="${rel}">`, line });
  });
}

function contentLoads(element: Element, line: number): readonly SiteLoad[] {
  if (element.tagName === "style") return styleLoads(textOf(element), line);
  if (element.tagName !== "script") return [];
  const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]));
  const type = (attributes.get("type") ?? "").toLowerCase();
  if (type === "importmap") return importMapLoads(textOf(element), line);
  const isInline = !attributes.has("src") && isJavaScript(type);
  return isInline ? scriptLoads(textOf(element), pageLoads, line) : [];
}

/** What an import map leads names to, which modules then import. */
function importMapLoads(text: string, line: number): readonly SiteLoad[] {
  const addresses = [...text.matchAll(/:\s*"((?:https?:)?\/\/[^"]+)"/g)].map(
    ([, found = ""]) => found,
  );
  return addresses.flatMap((address) =>
    loadsOf(address, { directive: "script-src", does: "maps imports to", line }),
  );
}

function addressesIn(attribute: string, value: string): readonly string[] {
  if (attribute !== "srcset") return [value];
  // A candidate is an address and a descriptor; commas end candidates, but stand in data: addresses too.
  return value
    .split(/,\s+|(?<=\s[\d.]+[wx])\s*,/)
    .map((candidate) => candidate.trim().split(/\s+/)[0] ?? "");
}

function parentName({ parentNode }: Element): string | undefined {
  return parentNode !== null && defaultTreeAdapter.isElementNode(parentNode)
    ? parentNode.tagName
    : undefined;
}
