import { Recent } from "../recent.ts";

/** The JSON text of a message, or the place where the other side keeps it. */
export type SentText = string | number;

/** How many texts both sides keep: pages of a site that are asked for in turn are told apart. */
export const MOST_KNOWN_TEXTS = 16;
/** Longer texts are sent each time rather than kept. */
const MOST_CHARACTERS = 16_384;

/** Whether both sides keep a text that was sent: they keep the same ones at the same places. */
export function isKept(text: string): boolean {
  return text.length <= MOST_CHARACTERS;
}

/** The texts that a worker thread was sent lately and has kept: most requests of a site are alike. */
export class KnownTexts {
  readonly #recent = new Recent<string>(MOST_KNOWN_TEXTS);

  /** Returns what to send for a text; that has to be sent before what is returned for the next. */
  sentFor(text: string): SentText {
    const place = this.#recent.items.indexOf(text);
    if (place !== -1) return place;
    return isKept(text) ? this.#recent.add(text) : text;
  }
}
