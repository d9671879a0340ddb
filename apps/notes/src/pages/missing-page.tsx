import { useDocumentTitle } from "../navigation/use-document-title.ts";
import { BackLink } from "../parts/back-link.tsx";

interface MissingPageProps {
  /** The note that was asked for; absent when the path is not a note's at all. */
  readonly id?: number;
}

/** What a path without a note shows. */
export function MissingPage({ id }: MissingPageProps) {
  const title = id === undefined ? "No such page" : "No such note";
  useDocumentTitle(title);
  return (
    <>
      <BackLink />
      <h1 data-page-start tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">
        {id === undefined
          ? "There is nothing at this address."
          : `There is no note ${id} here. It may have been deleted, or it lives in another browser: notes never leave the one they were written in.`}
      </p>
    </>
  );
}
