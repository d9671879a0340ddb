import { loadsElsewhere, loadsOf, type SiteLoad } from "./site-load.ts";
import { styleLoads } from "./style-loads.ts";

/** Returns what a piece of HTML loads; `pageLoads`. */
export type ReadHtml = (html: string, firstLine: number) => readonly SiteLoad[];

const elsewhereInCss = /\burl\(\s*["']?(?:https?:)?\/\//i;
const elsewhereInHtml =
  /<[a-z][^>]*\s(?:src|srcset|action|poster|href|data)\s*=\s*["']?(?:https?:)?\/\//i;

/** What an address elsewhere loads, by its looks: a link has none of these. */
const looks: readonly (readonly [pattern: RegExp, directive: string, does: string])[] = [
  [/\.(?:png|jpe?g|gif|webp|avif|svg|ico)$/i, "img-src", "names the image"],
  [/\.(?:mp4|webm|ogg|mp3|m4a|wav|flac)$/i, "media-src", "names the medium"],
  [/\.(?:woff2?|ttf|otf)$/i, "font-src", "names the font"],
  [/\.(?:json|m3u8|mpd|wasm|glb|gltf|geojson|pbf)$/i, "connect-src", "names the data"],
  [
    /^[a-z]+:\/\/(?:api|gql|graphql)\.|^[^/]+\/\/[^/]+\/(?:api|graphql)(?:\/(?!.*\.html?$)|$)/i,
    "connect-src",
    "names the API",
  ],
];

/**
 * Returns what a text of a script loads that says so itself: an address that looks like what it is for, as
 * in a list of pictures; a socket; a piece of HTML or CSS; a data: address, as bundlers write small files.
 */
export function textLoads(text: string, line: number, readHtml: ReadHtml): readonly SiteLoad[] {
  const [, kind] = /^data:(image|font|audio|video)\//.exec(text) ?? [];
  if (kind !== undefined) {
    const directive = { image: "img-src", font: "font-src" }[kind] ?? "media-src";
    return loadsOf(text, { directive, does: `has a data: ${kind}`, line });
  }
  if (/^wss?:\/\/[^/\s]/i.test(text)) {
    return loadsOf(text, { directive: "connect-src", does: "names a socket", line });
  }
  if (/^https?:\/\/\S+$/i.test(text)) return addressLoads(text, line);
  if (elsewhereInCss.test(text)) {
    return styleLoads(text, line).filter(({ url }) => url !== undefined);
  }
  if (!elsewhereInHtml.test(text)) return [];
  return readHtml(text, line).filter(
    ({ url, directive }) => url !== undefined && directive !== "script-src",
  );
}

function addressLoads(text: string, line: number): readonly SiteLoad[] {
  // As map tiles have it: https://{s}.tile.example/{z}/{x}/{y}.png
  const address = text.replace(/^(https?:\/\/)\{\w+\}\./i, "$1*.");
  const path = address.replace(/[?#].*$/, "");
  const [, directive, does] = looks.find(([pattern]) => pattern.test(path)) ?? [];
  return directive === undefined || does === undefined
    ? []
    : loadsElsewhere([address], { directive, does, line });
}
