import type { NoteContent } from "./note.ts";

/** The notes that a first visit finds, so that there is something to read. */
export const seedNotes: readonly NoteContent[] = [
  {
    title: "How this page reached you",
    body: `There is no file behind this address. Three small functions at the edge stand between you and a private bucket.

- The first saw /notes/1 and asked for the document instead.
- The second stands before the bucket and knows one secret path.
- The third put the security headers on the response. This page runs no inline script, takes no inline style and loads nothing from elsewhere.

Reload it: the address stays, and so does what you wrote.`,
  },
  {
    title: "Things to try",
    body: `Open /notes/2/edit straight from the address bar.

Then go to /notes/abc. No function claims that address, so the bucket is asked, and it has no such file.

Last, /secret. You will not stay there for long.`,
  },
  {
    title: "Bread for Sunday",
    body: `Saturday evening, ten minutes of work:

- 500 g flour, half of it wholemeal
- 375 g water, lukewarm
- 100 g starter, lively
- 10 g salt

Fold three times before bed. Into the cold overnight, into a hot pot in the morning: 30 minutes with the lid on, 15 without. Wait until it has stopped crackling.`,
  },
];
