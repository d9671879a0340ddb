import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hasHashedName } from "./has-hashed-name.ts";

/** What builds of this year's versions have made. */
const builds = {
  Vite: ["assets/index-BkX3f_Ab.js", "assets/logo-C6-jkQzv.svg", "assets/index-DiwrgTda.css.map"],
  Angular: ["main-5QFTVI2L.js", "chunk-ABCDEFGH.js", "media/inter-XK4J7QWE.woff2"],
  webpack: ["main.3f2a9c1b.chunk.css", "static/media/logo.6ce24c58023cc2f8fd88fe9d219db6c6.svg"],
  Next: [
    "_next/static/chunks/4bd1b696-c023c6e3521b1417.js",
    "_next/static/Yf3kQ0a9bZ1cX2vN4mL5w/_buildManifest.js",
  ],
  SvelteKit: ["_app/immutable/chunks/BvXlN9cK.js", "_app/immutable/entry/start.D1kQ9zPw.js"],
  Astro: ["_astro/hoisted.B1c2D3e4.js", "_astro/hero.Bc1d2e3f_Z1abcd.webp"],
};

const byPeople = [
  "assets/logo.svg",
  "assets/hero-portrait.png",
  "assets/summer-campaign-2026.jpg",
  "assets/my_photo.png",
  "assets/sky-blue.css",
  "assets/background.js",
  "assets/report-20261130.pdf",
  "assets/icon-24x24-v2.png",
  "assets/banner-1920x1080@2x.jpg",
  "assets/jquery-3.7.1.min.js",
  "assets/README.md",
  "assets/config.json",
  "assets/i18n/en-US.json",
  "assets/fonts/Inter-SemiBold.woff2",
  "assets/shop-iPhone12.png",
  "assets/internationalization/dictionary.json",
];

describe("a name", () => {
  it.each(Object.entries(builds))("that %s has made has a hash", (_tool, keys) => {
    expect(keys.filter((key) => !hasHashedName(key))).toEqual([]);
  });

  it.each(byPeople)("as people give it has none: %s", (key) => {
    expect(hasHashedName(key)).toBe(false);
  });

  it("of any content is seen to have a hash, but for few that look like words", () => {
    const digests = Array.from({ length: 2000 }, (_, index) =>
      createHash("sha256").update(String(index)).digest(),
    );
    const missed = (nameOf: (digest: Buffer) => string): number =>
      digests.filter((digest) => !hasHashedName(`assets/index${nameOf(digest)}.js`)).length;
    expect({
      base64url: missed((digest) => `-${digest.toString("base64url").slice(0, 8)}`) < 80,
      hexadecimal: missed((digest) => `.${digest.toString("hex").slice(0, 8)}`) < 80,
      long: missed((digest) => `.${digest.toString("hex").slice(0, 20)}`),
    }).toEqual({ base64url: true, hexadecimal: true, long: 0 });
  });
});
