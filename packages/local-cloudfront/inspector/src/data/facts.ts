import type { Fact } from "cf-rules/facts";
import { signal } from "@preact/signals";

/** The id of the fact whose text is shown; undefined for none. */
export const shownFact = signal<string | undefined>(undefined);

/** Returns a fact. All of them are loaded when the first one is asked for. */
export async function loadFact(id: string): Promise<Fact | undefined> {
  const { findFact } = await import("cf-rules/facts");
  return findFact(id);
}
