import type { Fact } from "cf-rules/facts";
import { useEffect, useRef, useState } from "preact/hooks";
import { loadFact, shownFact } from "../data/facts.ts";

const confidences: Readonly<Record<Fact["confidence"], string>> = {
  documented: "AWS states it.",
  inferred: "It follows from what AWS states.",
  folklore: "It was seen in responses and logs that others have published.",
};

/** The text of the fact that was asked for. */
export function FactDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [fact, setFact] = useState<Fact>();
  const id = shownFact.value;
  useEffect(() => {
    if (id === undefined) return dialog.current?.close();
    void loadFact(id).then((loaded) => {
      if (shownFact.peek() !== id) return;
      setFact(loaded);
      dialog.current?.showModal();
    });
  }, [id]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="fact-title"
      onClose={() => {
        shownFact.value = undefined;
      }}
    >
      <form method="dialog">
        <h2 id="fact-title">{id}</h2>
        <p class="fact-text">{fact?.fact ?? "No fact has this id."}</p>
        {fact !== undefined && <p>{confidences[fact.confidence]}</p>}
        <div class="actions">
          <button type="submit" class="primary">
            Close
          </button>
        </div>
      </form>
    </dialog>
  );
}
