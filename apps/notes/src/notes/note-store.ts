import type { Note, NoteContent } from "./note.ts";
import type { NoteStorage } from "./note-storage.ts";
import { type StoredDrafts, type StoredNotes, parseDrafts, parseNotes } from "./stored-notes.ts";

/** What a store works with. */
export interface NoteStoreOptions {
  readonly storage: NoteStorage;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** The notes of a first visit. */
  readonly seed: readonly NoteContent[];
}

const notesKey = "notes";
const unreadableKey = "notes.unreadable";
const draftsKey = "notes.drafts";

/**
 * The notes of this browser. Each call reads the storage anew, so that two tabs never write over
 * each other's notes.
 */
export class NoteStore {
  readonly #storage: NoteStorage;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();

  constructor({ storage, nowMs, seed }: NoteStoreOptions) {
    this.#storage = storage;
    this.#nowMs = nowMs;
    const text = storage.getItem(notesKey);
    if (text !== null && parseNotes(text) !== undefined) return;
    // Somebody's words, even if not ours to read: kept aside, never written over.
    if (text !== null) storage.setItem(unreadableKey, text);
    const updatedAtMs = nowMs();
    this.#write({
      nextId: seed.length + 1,
      notes: seed.map((content, index) => ({ id: index + 1, ...content, updatedAtMs })),
    });
  }

  /** Returns all notes, the last changed first. */
  list(): readonly Note[] {
    return this.#read().notes.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs || a.id - b.id);
  }

  find(id: number): Note | undefined {
    return this.#read().notes.find((note) => note.id === id);
  }

  /** Returns the id that the next new note takes. */
  nextId(): number {
    return this.#read().nextId;
  }

  /**
   * Writes a note, new or not, and drops its draft.
   *
   * @throws {DOMException} `QuotaExceededError` when the browser's storage is full.
   */
  save(id: number, content: NoteContent): void {
    const { title, body } = content;
    this.#put({ id, title: title.trim(), body: body.trim(), updatedAtMs: this.#nowMs() });
    this.dropDraft(id);
  }

  /** Takes a note away, and returns it so that it can be restored. */
  remove(id: number): Note | undefined {
    const { nextId, notes } = this.#read();
    this.#write({ nextId, notes: notes.filter((note) => note.id !== id) });
    this.dropDraft(id);
    return notes.find((note) => note.id === id);
  }

  /** Puts a removed note back as it was. */
  restore(note: Note): void {
    this.#put(note);
  }

  /** Returns what was typed at a note and neither saved nor cancelled. */
  draft(id: number): NoteContent | undefined {
    return this.#drafts()[id];
  }

  keepDraft(id: number, { title, body }: NoteContent): void {
    this.#writeDrafts({ ...this.#drafts(), [id]: { title, body } });
  }

  dropDraft(id: number): void {
    const { [id]: dropped, ...others } = this.#drafts();
    if (dropped !== undefined) this.#writeDrafts(others);
  }

  /** Calls the listener after each change of the notes in this tab; drafts do not count. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #put(note: Note): void {
    const { nextId, notes } = this.#read();
    this.#write({
      nextId: Math.max(nextId, note.id + 1),
      notes: [...notes.filter(({ id }) => id !== note.id), note],
    });
  }

  #read(): StoredNotes {
    return parseNotes(this.#storage.getItem(notesKey) ?? "") ?? { nextId: 1, notes: [] };
  }

  #write(notes: StoredNotes): void {
    this.#storage.setItem(notesKey, JSON.stringify(notes));
    for (const listener of this.#listeners) listener();
  }

  #drafts(): StoredDrafts {
    return parseDrafts(this.#storage.getItem(draftsKey) ?? "");
  }

  #writeDrafts(drafts: StoredDrafts): void {
    this.#storage.setItem(draftsKey, JSON.stringify(drafts));
  }
}
