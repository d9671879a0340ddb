import { readFileSync } from "node:fs";
import type { EventHeaders } from "cf-types";

/** Reads a file of cases of another tool; the file names its source. */
export function readCases<Case>(name: string): readonly Case[] {
  const file = new URL(`fixtures/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).cases;
}

/** Returns headers as an event carries them. */
export function eventHeaders(headers: Readonly<Record<string, string>> = {}): EventHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [{ key: name, value }]]),
  );
}

/** What browsers send when they navigate, and when a page asks for something. */
export const browserHeaders = {
  navigation: eventHeaders({
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  }),
  script: eventHeaders({ accept: "*/*", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" }),
  style: eventHeaders({ accept: "text/css,*/*;q=0.1", "sec-fetch-dest": "style" }),
  image: eventHeaders({ accept: "image/avif,image/webp,*/*;q=0.8", "sec-fetch-dest": "image" }),
  fetch: eventHeaders({ accept: "*/*", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }),
} as const;
