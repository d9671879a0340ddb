/** A text of a table, and the one of several tables that it belongs to. */
export interface TableEntry {
  readonly owner: number;
  readonly text: string;
  /** An integer, not negative. */
  readonly value: number;
}

/** Returns the value of `text.slice(start, end)` in the table of an owner, or -1. */
export type TextTable = (owner: number, text: string, start: number, end: number) => number;

const stride = 4;

/**
 * Returns a table of many texts that lies in two pieces of memory: numbers, and one string of all texts.
 * Thousands of rules are outside of the processor's caches, where each object on the way to an answer takes
 * as long as a hundred steps; a Map has four of them.
 */
export function createTextTable(entries: readonly TableEntry[]): TextTable {
  let capacity = 8;
  while (capacity < entries.length * 1.25) capacity *= 2;
  const mask = capacity * stride - 1;
  // Of each slot: a check of the text, the owner, the value and where the text is. An empty slot's check is 0.
  const slots = new Int32Array(capacity * stride);
  const texts = entries.map(({ text }) => text).join("");
  let offset = 0;
  for (const { owner, text, value } of entries) {
    const hash = hashOf(owner, text, 0, text.length);
    let slot = (hash * stride) & mask;
    while (slots[slot] !== 0) slot = (slot + stride) & mask;
    slots.set([checkOf(hash, text.length), owner, value, offset], slot);
    offset += text.length;
  }

  return (owner, text, start, end) => {
    const hash = hashOf(owner, text, start, end);
    const check = checkOf(hash, end - start);
    for (let slot = (hash * stride) & mask; slots[slot] !== 0; slot = (slot + stride) & mask) {
      if (
        slots[slot] === check &&
        slots[slot + 1] === owner &&
        texts.startsWith(text.slice(start, end), slots[slot + 3])
      ) {
        return slots[slot + 2] as number;
      }
    }
    return -1;
  };
}

/** The length, and of the hash what does not say where the slot is. No text is empty or as long as 65,536. */
function checkOf(hash: number, length: number): number {
  return (hash & ~0xffff) | length;
}

function hashOf(owner: number, text: string, start: number, end: number): number {
  let hash = owner;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  // Texts that differ in a digit would lie side by side.
  hash = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1);
  return hash ^ (hash >>> 13);
}
