import type { ResultType } from "../../../src/edge-location/result-type.ts";
import { resultMeanings } from "../data/result-meanings.ts";

/** A result type, with what it means on demand. */
export function ResultName({ type }: { readonly type: ResultType }) {
  return (
    <span class="result" data-result={type} title={resultMeanings[type]}>
      {type}
    </span>
  );
}
