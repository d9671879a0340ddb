import type { AnyNode } from "acorn";
import type { ScriptNames } from "./script-names.ts";
import { attributeDirective, loadsElsewhere, loadsOf, type SiteLoad } from "./site-load.ts";

/** Whether an attribute may load something at all. */
export function isLoadingAttribute(attribute: string): boolean {
  return /^(?:src|srcset|href|action|formaction|data|poster)$/i.test(attribute);
}

/**
 * Returns what an attribute of an element loads that a script sets.
 *
 * @param element What stands for it in the script: where nobody sees what has made it, its `src` counts
 *   where it is elsewhere.
 */
export function elementAttributeLoads(
  element: AnyNode | undefined,
  attribute: string,
  addresses: readonly string[],
  names: ScriptNames,
  line: number,
): readonly SiteLoad[] {
  const tags = element === undefined ? [] : names.createdTags(element);
  if (tags.length === 0) {
    return attribute === "src" ? sourceLoads(addresses, line) : [];
  }
  return tags.flatMap((tag) => {
    const isStyleSheet = tag === "link" && attribute === "href";
    const directive = isStyleSheet ? "style-src" : attributeDirective(tag, attribute);
    if (directive === undefined) return [];
    const place = { directive, does: `makes <${tag}>`, line };
    return addresses.flatMap((address) => loadsOf(address, place));
  });
}

/** Returns what the `src` of an unknown element loads, by the name of the file. */
export function sourceLoads(addresses: readonly string[], line: number): readonly SiteLoad[] {
  return addresses.flatMap((address) =>
    loadsElsewhere([address], { directive: directiveByName(address), does: "sets src", line }),
  );
}

function directiveByName(address: string): string {
  const path = address.replace(/[?#].*$/, "");
  if (/\.m?js$/i.test(path)) return "script-src";
  return /\.(?:mp4|webm|ogg|mp3|m4a|wav|m3u8)$/i.test(path) ? "media-src" : "img-src";
}
