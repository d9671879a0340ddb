/** A built site with every odd name, type, link and encoding that sites have. */

const oddNames = [
  Array.from(" !\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~", (character) => `a${character}b`),
  ["%20", "%2F", "%7E", "%", "100%", "a%zz", "c++", "c#", "what?", "a&b=c", "a;b", "~", "~a"],
  [" leading", "trailing ", "two  spaces", "tab\there", "line\nbreak", "dot.", "...", "a..b", "-a"],
  [
    "für dich",
    "fu\u0308r",
    "日本語",
    "Ελλάδα",
    "עברית",
    "émoji 🙂",
    "ﬀ",
    "İ",
    "\u200Bzero",
    "a\u00A0b",
  ],
  ["__proto__", "constructor", "toString", "hasOwnProperty", "CON", "null", "undefined"],
  ["js", "html", "json", "mp3", "map", "feed", "LICENSE", "CNAME", "x".repeat(250)],
  ["Case", "case", "[slug]", "(group)", "@modal", "+page", "_index", "$id", "__next._tree"],
].flat();

const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  utf8: (text) => Buffer.from(text),
  "utf8-mark": (text) => Buffer.from(`\uFEFF${text}`),
  latin1: (text) => Buffer.from(text, "latin1"),
  utf16: (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  empty: () => new Uint8Array(),
};

const texts: Readonly<Record<string, string>> = {
  html: "<!doctype html><p>Grüße</p>",
  htm: "<p>Grüße</p>",
  css: "a::after{content:'Grüße'}",
  js: "export default 'Grüße';",
  mjs: "export default 'Grüße';",
  json: '"Grüße"',
  svg: "<svg><title>Grüße</title></svg>",
  xml: "<a>Grüße</a>",
  txt: "Grüße",
  md: "# Grüße",
  csv: "Grüße;1",
  ics: "SUMMARY:Grüße",
  vtt: "WEBVTT Grüße",
  webmanifest: '{"name":"Grüße"}',
  map: '{"file":"Grüße"}',
  xhtml: "<html>Grüße</html>",
  rss: "<rss>Grüße</rss>",
};

const binaries =
  "png jpg gif webp avif ico woff2 ttf wasm pdf zip gz glb mp4 webm mp3 ts bin unknown".split(" ");

const others: Readonly<Record<string, string>> = {
  "index.html": "<!doctype html>",
  "about/index.html": "about",
  "apple-app-site-association": "{}",
  ".well-known/apple-app-site-association": "{}",
  ".well-known/security.txt": "Contact: a@example.com",
  ".well-known/openid-configuration": "{}",
  "llms.txt": "# Grüße",
  "declared/latin1.html": '<meta charset="iso-8859-1">ASCII',
  "declared/latin1.xml": '<?xml version="1.0" encoding="ISO-8859-1"?><a/>',
  "declared/latin1.css": '@charset "iso-8859-1";a{}',
  // Names of Vite, Angular, Next.js, SvelteKit, and those that have no hash.
  "assets/index-BkX3f_Ab.js": "vite()",
  "assets/chunk-2NFLSA4Y.js": "angular()",
  "assets/0c98xzjfks9hq~.js": "next()",
  "assets/_app/immutable/nodes/2.Lp2Ulr2R.js": "kit()",
  "assets/logo.svg": "<svg/>",
  "assets/hero portrait.png": "png",
  [`deep/${"folder/".repeat(100)}a.txt`]: "deep",
};

/** Contents by path, relative to the site's folder. */
export const oddFiles: Readonly<Record<string, Uint8Array>> = Object.fromEntries([
  ...oddNames.map((name, index) => [`names/${name}`, Buffer.from(`name ${index}`)]),
  ...oddNames
    .slice(0, 40)
    .map((name, index) => [`${name}/index.html`, Buffer.from(`page ${index}`)]),
  ...Object.entries(texts).flatMap(([extension, text]) =>
    Object.entries(encodings).map(([encoding, encoded]) => [
      `texts/${encoding}.${extension}`,
      encoded(text),
    ]),
  ),
  ...binaries.map((extension, index) => [
    `binaries/a.${extension}`,
    Uint8Array.of(0xff, 0xfe, 0, index),
  ]),
  ...Object.entries(others).map(([path, text]) => [path, Buffer.from(text)]),
]);

/** What is never published. */
export const secretFiles = [
  ".env",
  ".git/config",
  ".DS_Store",
  "node_modules/a/index.js",
  "id_rsa",
];

/** Targets of links by path: files, folders, a loop, and one to a secret. */
export const oddLinks: Readonly<Record<string, string>> = {
  "alias.html": "about/index.html",
  "latest.txt": "texts/utf8.html",
  latest: "texts",
  "declared/loop": ".",
  "env.txt": ".env",
};
