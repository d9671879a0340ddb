/** Something that a site's own code loads, calls or writes, which a policy may block. */
export interface SiteLoad {
  /** The directive that decides, as in `connect-src`. */
  readonly directive: string;
  /** What the directive must allow: an origin, `'self'`, a scheme as in `data:`, or a keyword. */
  readonly source: string;
  /** The address, where the code names one as a whole. */
  readonly url?: string;
  /** What it does, in words that follow the place: `calls fetch`, `loads a font`. */
  readonly does: string;
  readonly line: number;
}

/** Where a load is written. */
export interface LoadPlace {
  readonly directive: string;
  readonly does: string;
  readonly line: number;
}

// https://html.spec.whatwg.org/multipage/embedded-content.html and the elements that it names
const attributeDirectives: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  audio: { src: "media-src" },
  embed: { src: "object-src" },
  form: { action: "form-action" },
  button: { formaction: "form-action" },
  frame: { src: "frame-src" },
  iframe: { src: "frame-src" },
  image: { href: "img-src", "xlink:href": "img-src" },
  img: { src: "img-src", srcset: "img-src" },
  input: { src: "img-src", formaction: "form-action" },
  object: { data: "object-src" },
  script: { src: "script-src" },
  source: { src: "media-src", srcset: "img-src" },
  track: { src: "media-src" },
  use: { href: "img-src", "xlink:href": "img-src" },
  video: { src: "media-src", poster: "img-src" },
};

/** Returns the directive that decides what an attribute of an element loads; undefined where it loads nothing. */
export function attributeDirective(tag: string, attribute: string): string | undefined {
  const attributes = Object.hasOwn(attributeDirectives, tag) ? attributeDirectives[tag] : undefined;
  return attributes !== undefined && Object.hasOwn(attributes, attribute)
    ? attributes[attribute]
    : undefined;
}

/**
 * Returns what has to be allowed for an address: an origin for one elsewhere, a scheme, or `'self'`.
 * Undefined for an address that loads nothing.
 */
export function sourceOf(address: string): string | undefined {
  const text = address.trim();
  if (text === "" || text.startsWith("#") || /^(?:about|javascript|mailto|tel):/i.test(text)) {
    return undefined;
  }
  const [scheme] = /^(?:data|blob|filesystem|mediastream):/i.exec(text) ?? [];
  if (scheme !== undefined) return scheme.toLowerCase();
  if (!/^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(text)) return "'self'";
  const url = URL.parse(text, "https://site.invalid/");
  if (url === null || url.host === "") return undefined;
  return `${url.protocol}//${url.host}`;
}

/** Returns the load of an address; none where it loads nothing. */
export function loadsOf(address: string, place: LoadPlace): readonly SiteLoad[] {
  const source = sourceOf(address);
  if (source === undefined) return [];
  const isElsewhere = source.includes("//");
  const load: SiteLoad = { ...place, source, ...(isElsewhere && { url: address.trim() }) };
  const isStyle = place.directive === "style-src";
  const fonts = isStyle && Object.hasOwn(fontOrigins, source) ? fontOrigins[source] : undefined;
  if (fonts === undefined) return [load];
  const does = "takes a style sheet that loads fonts from";
  return [load, { directive: "font-src", source: fonts, url: fonts, does, line: place.line }];
}

/** Where the style sheets of font services have their fonts. */
const fontOrigins: Readonly<Record<string, string>> = {
  // https://developers.google.com/fonts/docs/css2
  "https://fonts.googleapis.com": "https://fonts.gstatic.com",
  "https://use.typekit.net": "https://use.typekit.net",
  "https://fonts.bunny.net": "https://fonts.bunny.net",
};

/** Returns the loads of those addresses that are elsewhere. */
export function loadsElsewhere(
  addresses: readonly string[],
  place: LoadPlace,
): readonly SiteLoad[] {
  return addresses
    .flatMap((address) => loadsOf(address, place))
    .filter(({ url }) => url !== undefined);
}
