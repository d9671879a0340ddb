import { isDisallowedHeader, isReadOnlyHeader } from "cf-rules";
import { isObject, type OptionChecks, type OptionMistake } from "option-checks";
import type { ClaimHeaders } from "../claim-headers.ts";

const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/**
 * Returns claims by header in the form that a handler takes.
 *
 * @param name The option, as in `claimHeaders`.
 * @throws what `checks` makes of a header that a function cannot set, or a claim that is none
 */
export function compileClaimHeaders<Mistake extends Error>(
  name: string,
  claimHeaders: unknown,
  { mistake }: Pick<OptionChecks<OptionMistake, Mistake>, "mistake">,
): ClaimHeaders {
  const example = 'As in { "x-user": "sub" }.';
  if (!isObject(claimHeaders)) {
    throw mistake("INVALID_TYPE", name, "is not an object", claimHeaders, example);
  }
  return Object.entries(claimHeaders).map(([given, claim]) => {
    const header = given.toLowerCase();
    const isFree =
      token.test(header) &&
      !isDisallowedHeader(header) &&
      !isReadOnlyHeader("viewer-request", header) &&
      header !== "cookie";
    if (!isFree) {
      const remedy = "Take a name of your own, as in x-user.";
      throw mistake(
        "INVALID_VALUE",
        name,
        "has a header that a function cannot set",
        given,
        remedy,
      );
    }
    if (typeof claim !== "string" || claim === "") {
      throw mistake("INVALID_VALUE", `${name}.${given}`, "is not a claim", claim, example);
    }
    return [header, claim];
  });
}
