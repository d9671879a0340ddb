import { signal } from "@preact/signals";

// The style sheets show one pane at a time at the same width.
const query = matchMedia("(max-width: 760px)");

/** Whether the page is as narrow as a phone. */
export const isNarrow = signal(query.matches);

query.addEventListener("change", ({ matches }) => {
  isNarrow.value = matches;
});
