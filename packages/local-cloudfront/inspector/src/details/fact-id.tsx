import { shownFact } from "../data/facts.ts";

/** The id of a fact, which shows the fact's text. */
export function FactId({ id }: { readonly id: string }) {
  return (
    <button
      type="button"
      class="fact"
      aria-haspopup="dialog"
      onClick={() => {
        shownFact.value = id;
      }}
    >
      {id}
    </button>
  );
}
