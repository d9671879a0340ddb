import { FactId } from "./fact-id.tsx";

/** A sentence with the id of the fact behind it in front, as in `CF-G-01: the path …`. */
export function Rule({ text }: { readonly text: string }) {
  const [, factId, sentence = text] = /^([A-Z]{1,3}-[A-Z]*-?[\w-]*\d): (.*)$/s.exec(text) ?? [];
  return (
    <>
      {factId !== undefined && <FactId id={factId} />}
      <span>{sentence}</span>
    </>
  );
}
