import type { Note, NoteContent } from "./note.ts";

/** All notes, as one JSON text in the storage. */
export interface StoredNotes {
  readonly nextId: number;
  readonly notes: readonly Note[];
}

/** Drafts by note id, likewise. */
export type StoredDrafts = Readonly<Record<string, NoteContent>>;

/** Returns the notes in a stored text, or undefined when it is not what this app wrote. */
export function parseNotes(text: string): StoredNotes | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || !Number.isSafeInteger(value["nextId"])) return undefined;
  const { notes } = value;
  if (!Array.isArray(notes) || !notes.every(isNote)) return undefined;
  return { nextId: Number(value["nextId"]), notes };
}

/** Returns the drafts in a stored text; what is unreadable is no draft. */
export function parseDrafts(text: string): StoredDrafts {
  const value = parseJson(text);
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, draft]) => (isContent(draft) ? [[id, draft]] : [])),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isContent(value: unknown): value is NoteContent {
  return isRecord(value) && typeof value["title"] === "string" && typeof value["body"] === "string";
}

function isNote(value: unknown): value is Note {
  return (
    isContent(value) &&
    isRecord(value) &&
    Number.isSafeInteger(value["id"]) &&
    Number.isFinite(value["updatedAtMs"])
  );
}
