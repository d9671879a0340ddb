import { Recent } from "../recent.ts";

/** How many checks are remembered: pages of a site that are asked for in turn are told apart. */
const MOST = 32;
/** Longer texts are checked each time rather than kept. */
const MOST_CHARACTERS = 32_768;

/** What came of checking a result. */
export interface CheckedResult<Check> {
  readonly check: Check;
  /** The result's text; the same string for all requests that got it. */
  readonly resultJson: string;
}

interface RememberedCheck<Check> extends CheckedResult<Check> {
  readonly seenJson: string;
}

/**
 * What came of checking the latest results of a function. A function mostly gives the same result for
 * the same event again: comparing two texts tells so in a fraction of the time that reading and
 * checking one takes, and what was read once serves all requests.
 */
export class RecentChecks<Check> {
  readonly #recent = new Recent<RememberedCheck<Check>>(MOST);

  /**
   * Returns the check of a result, by doing it where it was not done before.
   *
   * @param seenJson what the function was given, as far as the check looks at it
   * @param check its outcome may depend on nothing else than the two texts
   */
  of(seenJson: string, resultJson: string, check: () => Check): CheckedResult<Check> {
    for (const remembered of this.#recent.items) {
      if (remembered.resultJson === resultJson && remembered.seenJson === seenJson) {
        return remembered;
      }
    }
    const checked = { seenJson, resultJson, check: check() };
    if (seenJson.length + resultJson.length <= MOST_CHARACTERS) {
      this.#recent.add(checked);
    }
    return checked;
  }
}
