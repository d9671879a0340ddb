/** The part of the Web Storage API that notes need. */
export type NoteStorage = Pick<Storage, "getItem" | "setItem">;

/** Returns storage that lasts as long as the page. */
export function memoryStorage(): NoteStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  };
}

/**
 * Returns the browser's storage, or undefined where it may not be used: reading the property throws
 * when the viewer blocks site data.
 */
export function browserStorage(window: Window): NoteStorage | undefined {
  try {
    const { localStorage } = window;
    localStorage.setItem("notes.probe", "");
    localStorage.removeItem("notes.probe");
    return localStorage;
  } catch {
    return undefined;
  }
}
