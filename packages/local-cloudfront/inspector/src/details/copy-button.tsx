import { copy } from "../data/actions.ts";

interface CopyButtonProps {
  readonly text: string;
  /** What the text is, as the begin of a sentence: `The event`. */
  readonly what: string;
}

/** Copies a text. */
export function CopyButton({ text, what }: CopyButtonProps) {
  return (
    <button
      type="button"
      class="small"
      aria-label={`Copy ${what.charAt(0).toLowerCase()}${what.slice(1)}`}
      onClick={() => void copy(text, what)}
    >
      Copy
    </button>
  );
}
