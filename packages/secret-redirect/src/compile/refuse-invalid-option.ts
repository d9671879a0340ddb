import { optionChecks } from "option-checks";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";

/** Refuse a value or key that an option cannot have, with a `SecretRedirectOptionsError`. */
export const {
  mistake: invalid,
  refuseOtherThan,
  refuseUnknownKeys,
} = optionChecks(SecretRedirectOptionsError);
