import { describe, expect, it } from "vitest";
import { type NoteStorage, memoryStorage } from "./note-storage.ts";
import { NoteStore } from "./note-store.ts";

const seed = [
  { title: "First", body: "one" },
  { title: "Second", body: "two" },
];

function openStore(storage: NoteStorage = memoryStorage(), startMs = 1000) {
  let clockMs = startMs;
  return new NoteStore({ storage, nowMs: () => clockMs++, seed });
}

describe("a first visit", () => {
  it("finds the seed notes, numbered from 1, in their order", () => {
    const store = openStore();
    expect(store.list().map(({ id, title }) => [id, title])).toEqual([
      [1, "First"],
      [2, "Second"],
    ]);
    expect(store.nextId()).toBe(3);
  });

  it("is the only one that is seeded: an emptied list stays empty", () => {
    const storage = memoryStorage();
    const store = openStore(storage);
    store.remove(1);
    store.remove(2);
    expect(openStore(storage).list()).toEqual([]);
  });
});

describe("saving", () => {
  it("is there on the next visit", () => {
    const storage = memoryStorage();
    openStore(storage).save(1, { title: "Changed", body: "text" });
    expect(openStore(storage).find(1)).toMatchObject({ title: "Changed", body: "text" });
  });

  it("moves the note to the top of the list", () => {
    const store = openStore();
    store.save(2, { title: "Second", body: "two, again" });
    expect(store.list().map(({ id }) => id)).toEqual([2, 1]);
  });

  it("adds a note at an id that is new, and gives the next one to the next", () => {
    const store = openStore();
    store.save(store.nextId(), { title: "Third", body: "" });
    expect(store.find(3)?.title).toBe("Third");
    expect(store.nextId()).toBe(4);
  });

  it("trims what surrounds the text", () => {
    const store = openStore();
    store.save(1, { title: "  A title ", body: "\n\n  body\n" });
    expect(store.find(1)).toMatchObject({ title: "A title", body: "body" });
  });

  it("keeps what another tab has saved meanwhile", () => {
    const storage = memoryStorage();
    const [one, other] = [openStore(storage), openStore(storage)];
    one.save(1, { title: "From one tab", body: "" });
    other.save(2, { title: "From the other", body: "" });
    expect(one.list().map(({ title }) => title)).toEqual(
      expect.arrayContaining(["From one tab", "From the other"]),
    );
  });

  it("tells its listeners", () => {
    const store = openStore();
    let calls = 0;
    store.subscribe(() => (calls += 1));
    store.save(1, { title: "Changed", body: "" });
    expect(calls).toBe(1);
  });

  it("throws when the storage is full, and leaves the note as it was", () => {
    const storage = memoryStorage();
    openStore(storage);
    const full = openStore({
      getItem: storage.getItem,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    expect(() => full.save(1, { title: "Too much", body: "" })).toThrow("full");
    expect(full.find(1)?.title).toBe("First");
  });
});

describe("removing", () => {
  it("takes the note away and never gives its id again", () => {
    const store = openStore();
    store.remove(2);
    expect(store.find(2)).toBeUndefined();
    expect(store.nextId()).toBe(3);
  });

  it("can be undone: the note is back as it was, in its place", () => {
    const store = openStore();
    const before = store.list();
    const removed = store.remove(1);
    store.restore(removed!);
    expect(store.list()).toEqual(before);
  });

  it("of an unknown note changes nothing", () => {
    const store = openStore();
    expect(store.remove(99)).toBeUndefined();
    expect(store.list()).toHaveLength(2);
  });
});

describe("a draft", () => {
  it("is there on the next visit until the note is saved", () => {
    const storage = memoryStorage();
    openStore(storage).keepDraft(1, { title: "Half", body: "a thou" });
    const store = openStore(storage);
    expect(store.draft(1)).toEqual({ title: "Half", body: "a thou" });
    expect(store.find(1)?.title).toBe("First");
    store.save(1, { title: "Whole", body: "a thought" });
    expect(store.draft(1)).toBeUndefined();
  });

  it("goes when it is dropped, and leaves the others", () => {
    const store = openStore();
    store.keepDraft(1, { title: "One", body: "" });
    store.keepDraft(2, { title: "Two", body: "" });
    store.dropDraft(1);
    expect(store.draft(1)).toBeUndefined();
    expect(store.draft(2)).toEqual({ title: "Two", body: "" });
  });
});

describe("a storage that holds something else", () => {
  it.each(["", "not json", "[]", '{"notes":[]}', '{"nextId":2,"notes":[{"id":1}]}'])(
    "%j is kept aside and the seed notes are shown",
    (text) => {
      const storage = memoryStorage();
      storage.setItem("notes", text);
      expect(openStore(storage).list()).toHaveLength(2);
      expect(storage.getItem("notes.unreadable")).toBe(text);
    },
  );

  it("has no drafts", () => {
    const storage = memoryStorage();
    storage.setItem("notes.drafts", '{"1":7,"2":{"title":"ok","body":""}}');
    const store = openStore(storage);
    expect(store.draft(1)).toBeUndefined();
    expect(store.draft(2)).toEqual({ title: "ok", body: "" });
  });
});
