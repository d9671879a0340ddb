import { domainToASCII } from "node:url";
import { didYouMean, likeliest } from "option-checks";
import { directiveNames, sourceKeywords } from "./directives.ts";

/** What is wrong with a source, and the remedy. */
export type SourceMistake = readonly [problem: string, remedy: string];

const scheme = /^[a-z][a-z\d+.-]*:$/i;
const host =
  /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:\*|(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.?)(?::(?:\d+|\*))?(?:\/(?:[\w\-.~!$&()*+=:@/]|%[\da-f]{2})*)?$/i;
const schemes = ["https", "http", "data", "blob", "wss", "ws", "filesystem", "mediastream"];
const nonce = /^'?nonce-/i;
const hash =
  /^'(?:sha256-[A-Za-z\d+/_-]{43}=|sha384-[A-Za-z\d+/_-]{64}|sha512-[A-Za-z\d+/_-]{86}==)'$/;
const hashLike = /^'?(?:sha-?|md)\d+(?:[-:=]|'?$)/i;
const quotes = /^["'`´‘’‚‛“”„]|["'`´‘’‚‛“”„]$/g;

/** Digits of base64 that a digest has, and the padding behind them. */
const digests: Readonly<Record<string, readonly [digits: number, padding: string]>> = {
  256: [43, "="],
  384: [64, ""],
  512: [86, "=="],
};

/** Returns whether a text is the hash of a script or style, as it stands in a policy. */
export function isHashSource(value: unknown): boolean {
  return typeof value === "string" && hash.test(value);
}

/**
 * Returns why a browser would ignore a source or read it as something else, and the right spelling;
 * undefined for a source that means what it looks like.
 *
 * @param keywords Those of the directive, with their single quotes.
 */
export function sourceMistake(
  value: string,
  keywords: readonly string[],
): SourceMistake | undefined {
  return (
    mistakenNonceOrHash(value) ??
    mistakenQuotes(value, keywords) ??
    mistakenWord(value, keywords) ??
    mistakenAddress(value)
  );
}

/** Returns the right spelling of a text in letters beyond ASCII: other quotes, or a host's name. */
export function asciiForm(value: string): string | undefined {
  const bare = value.replaceAll(quotes, "");
  if (bare !== value && /^[!-~]+$/.test(bare)) return `Write "'${bare}'".`;
  const [, before = "", name = "", after = ""] =
    /^([a-z][a-z\d+.-]*:\/\/)?([^\s/:;,'"]+)([!-~]*)$/i.exec(value) ?? [];
  const ascii = /[^!-~]/.test(name) ? domainToASCII(name) : "";
  return ascii === "" || /[;,]/.test(after) ? undefined : `Write "${before}${ascii}${after}".`;
}

function mistakenNonceOrHash(value: string): SourceMistake | undefined {
  if (nonce.test(value)) {
    return [
      "has a nonce, which would be the same on every response and so protect nothing",
      "Use the hashes of the scripts instead: the option site finds them.",
    ];
  }
  if (!hashLike.test(value)) return undefined;
  const [, bits = "", digest = ""] = /^'?sha-?(\d+)[-:=](.*?)=*'?$/i.exec(value) ?? [];
  const [digits, padding] = digests[bits] ?? [];
  const problem = "has a hash that browsers cannot read";
  if (digits === undefined || padding === undefined) {
    return [problem, "Allowed: 'sha256-…', 'sha384-…', 'sha512-…'."];
  }
  const isWhole = digest.length === digits && /^[A-Za-z\d+/_-]*$/.test(digest);
  return [
    problem,
    isWhole
      ? `Write "'sha${bits}-${digest}${padding}'".`
      : `Write 'sha${bits}-…' with all ${digits + padding.length} characters of its base64; the option site finds the hashes of a site.`,
  ];
}

function mistakenQuotes(value: string, keywords: readonly string[]): SourceMistake | undefined {
  const bare = value.replaceAll(quotes, "");
  const keyword = `'${bare}'`.toLowerCase();
  if (keywords.includes(keyword)) {
    return [
      bare === value
        ? "has a keyword without its single quotes, which browsers read as a host"
        : "has a keyword without a single quote on both sides, which browsers ignore",
      `Write "${keyword}".`,
    ];
  }
  // Of other directives.
  const isKeyword = value.includes("'") || sourceKeywords.includes(keyword);
  if (bare === value && !isKeyword) return undefined;
  return /[.:*]/.test(bare) && mistakenAddress(bare) === undefined
    ? ["has quotes around a source that is no keyword, which browsers ignore", `Write "${bare}".`]
    : ["has a keyword that browsers do not know", didYouMean(`'${bare}'`, keywords)];
}

/** A word by itself is a host to browsers, whatever it was meant to be. */
function mistakenWord(value: string, keywords: readonly string[]): SourceMistake | undefined {
  if (!/^[\w-]+$/.test(value) || /^localhost$/i.test(value)) return undefined;
  const word = value.toLowerCase().replaceAll("_", "-");
  const directive = likeliest(word, directiveNames);
  if (directive !== undefined && (word.includes("-") || word === directive)) {
    return [
      "has the name of a directive among its sources, which browsers read as a host",
      `Begin a directive of its own: "; ${directive} …" in a text, or a key of directives.`,
    ];
  }
  if (schemes.includes(word)) {
    return ["has a scheme without its colon, which browsers read as a host", `Write "${word}:".`];
  }
  const keyword = likeliest(
    word,
    keywords.map((each) => each.slice(1, -1)),
  );
  return keyword === undefined
    ? undefined
    : ["has a word that browsers read as a host", `Did you mean '${keyword}'?`];
}

function mistakenAddress(value: string): SourceMistake | undefined {
  const unreadable = "has a source that browsers cannot read";
  if (scheme.test(value)) return mistakenScheme(value.slice(0, -1), "");
  if (value.includes("://")) {
    const mistaken = mistakenScheme(
      value.slice(0, value.indexOf(":")),
      value.replace(/^[^:]*:/, ""),
    );
    if (mistaken !== undefined) return mistaken;
  }
  // "https//a.example" is a host named https to browsers, and "https:/a.example" nothing.
  const [, written, address] = /^(https?|wss?):?\/{0,2}(?!\/)(.*)$/i.exec(value) ?? [];
  if (written !== undefined && address && !value.includes("://") && /[/:]/.test(value)) {
    return [unreadable, `Write "${written.toLowerCase()}://${address.replace(/[?#].*$/, "")}".`];
  }
  if (value.startsWith("//")) return [unreadable, `Write "https:${value}".`];
  const port = Number(/^[^/]*(?:\/\/[^/]*)?:(\d+)(?:\/|$)/.exec(value)?.[1] ?? 0);
  if (port > 65_535) return [unreadable, "Ports are those from 1 to 65535, or * for any."];
  if (host.test(value)) return undefined;
  if (/^(?:[a-z][a-z\d+.-]*:\/\/)?\[[\da-f:.]+\]/i.test(value)) {
    return [
      "has an IPv6 address, which browsers ignore",
      "Write the name of the host, as in localhost.",
    ];
  }
  if (host.test(value.replaceAll("_", "-"))) {
    return [
      "has a host with an underscore, which browsers ignore",
      "Give the host a name of letters, digits and hyphens.",
    ];
  }
  const withoutQuery = value.replace(/[?#].*$/, "");
  if (withoutQuery !== value && host.test(withoutQuery)) {
    return [
      "has a source with a query or a fragment, which browsers cannot read",
      `Write "${withoutQuery}".`,
    ];
  }
  if (value.includes("*")) {
    return [
      unreadable,
      `A wildcard stands for the first labels of a name alone, as in "*.example.com", or for a port, as in "example.com:*".`,
    ];
  }
  return [
    unreadable,
    "Write a host, as in https://api.example.com, a scheme, as in data:, or a keyword in single quotes.",
  ];
}

/** A scheme of one's own is rare, and one that is spelt almost as a common one rarer still. */
function mistakenScheme(name: string, rest: string): SourceMistake | undefined {
  const written = name.toLowerCase();
  if (schemes.includes(written)) return undefined;
  const meant = likeliest(written, written.length < 4 ? [] : schemes);
  if (meant === undefined && !/^localhost$|\./.test(written)) return undefined;
  return meant === undefined
    ? ["has a host with a colon and no port, which browsers read as a scheme", `Write "${name}".`]
    : ["has a scheme that is none of the common ones", `Did you mean ${meant}:${rest}?`];
}
