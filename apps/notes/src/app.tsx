import { useState } from "preact/hooks";
import type { Navigation } from "./navigation/navigation.ts";
import { type Page, editPath, notePath, pageAt } from "./navigation/page.ts";
import type { Note } from "./notes/note.ts";
import type { NoteStore } from "./notes/note-store.ts";
import { EditPage } from "./pages/edit-page.tsx";
import { ListPage } from "./pages/list-page.tsx";
import { MissingPage } from "./pages/missing-page.tsx";
import { ReadPage } from "./pages/read-page.tsx";
import { SiteHeader } from "./parts/site-header.tsx";
import { UndoBar } from "./parts/undo-bar.tsx";

interface AppProps {
  readonly store: NoteStore;
  readonly navigation: Navigation;
  /** Whether the notes outlive this tab. */
  readonly lasting: boolean;
}

/** The whole page: what every page has around what the current path shows. */
export function App({ store, navigation, lasting }: AppProps) {
  const [removed, setRemoved] = useState<Note>();
  const page = pageAt(navigation.path());

  function remove(note: Note): void {
    navigation.go("/");
    setRemoved(store.remove(note.id));
  }

  function undo(note: Note): void {
    store.restore(note);
    setRemoved(undefined);
    navigation.go(notePath(note.id));
  }

  return (
    <>
      <SiteHeader newNotePath={page.kind === "edit" ? undefined : editPath(store.nextId())} />
      <main>
        {!lasting && (
          <p class="notice">
            This browser keeps no site data, so notes last until you close the tab.
          </p>
        )}
        {pageContent(page, store, navigation, remove)}
      </main>
      <UndoBar removed={removed} onUndo={undo} onDismiss={() => setRemoved(undefined)} />
    </>
  );
}

function pageContent(
  page: Page,
  store: NoteStore,
  navigation: Navigation,
  onRemove: (note: Note) => void,
) {
  if (page.kind === "list") return <ListPage notes={store.list()} newId={store.nextId()} />;
  if (page.kind === "missing") return <MissingPage />;
  const note = store.find(page.id);
  if (page.kind === "edit" && (note !== undefined || page.id === store.nextId())) {
    return (
      <EditPage key={page.id} id={page.id} note={note} store={store} navigation={navigation} />
    );
  }
  if (note === undefined) return <MissingPage id={page.id} />;
  return <ReadPage note={note} hasDraft={store.draft(note.id) !== undefined} onRemove={onRemove} />;
}
