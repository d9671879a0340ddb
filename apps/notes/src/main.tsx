import { render } from "preact";
import { App } from "./app.tsx";
import { openNavigation } from "./navigation/navigation.ts";
import { NoteStore } from "./notes/note-store.ts";
import { browserStorage, memoryStorage } from "./notes/note-storage.ts";
import { seedNotes } from "./notes/seed-notes.ts";

const container = document.querySelector("#app");
const storage = browserStorage(window);
const store = new NoteStore({
  storage: storage ?? memoryStorage(),
  nowMs: Date.now,
  seed: seedNotes,
});

const navigation = openNavigation(window, ({ byLink }) => {
  draw();
  if (byLink) window.scrollTo(0, 0);
  // A new document would start its reader at the top, so does a new page.
  document.querySelector<HTMLElement>("[data-page-start]")?.focus({ preventScroll: true });
});

function draw(): void {
  if (container === null) return;
  render(<App store={store} navigation={navigation} lasting={storage !== undefined} />, container);
}

store.subscribe(draw);
// Another tab has written.
window.addEventListener("storage", draw);
draw();
