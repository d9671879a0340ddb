import { isObject } from "option-checks";
import type { CompiledBasic } from "../edge/compiled-edge-auth.ts";
import { checks, EdgeAuthOptionsError } from "../edge-auth-options-error.ts";
import type { BasicOptions } from "./edge-auth-options.ts";
import { hashOf, readHash, type SaltedHash, saltOf } from "./password-hash.ts";

/** Each costs a CloudFront Function some microseconds of the millisecond that it has. */
const maxUsers = 20;
const minPasswordCharacters = 12;

/** @param name The option, as in `rules[0].basic`. */
export function compileBasic(name: string, options: BasicOptions): CompiledBasic {
  checks.refuseUnknownKeys(name, options, ["users", "realm"]);
  const { users, realm = "Preview" } = options;
  if (typeof realm !== "string" || !/^[ !#-[\]-~]+$/.test(realm)) {
    const remedy = 'Give printable ASCII without " and \\.';
    throw checks.mistake("INVALID_VALUE", `${name}.realm`, "is not valid", realm, remedy);
  }
  const count = isObject(users) ? Object.keys(users).length : 0;
  if (count === 0 || count > maxUsers) {
    const remedy = `Give 1 to ${maxUsers} users, as in { ada: process.env.ADA_PASSWORD }.`;
    throw checks.mistake("INVALID_VALUE", `${name}.users`, "is not valid", namesOf(users), remedy);
  }
  const compiled = Object.entries(users).map(([user, password]) =>
    compileUser(`${name}.users`, user, password),
  );
  return { realm, users: compiled };
}

/** A message never shows a password. */
function namesOf(users: unknown): unknown {
  return isObject(users) ? Object.keys(users) : users;
}

function compileUser(name: string, user: string, password: unknown): SaltedHash {
  const subject = `${name}.${user}`;
  if (user === "" || user.includes(":")) {
    const remedy = "A name has a character at least, and no colon (RFC 7617).";
    throw checks.mistake("INVALID_VALUE", name, "has a name that is not valid", user, remedy);
  }
  if (typeof password !== "string") {
    throw checks.mistake(
      "INVALID_TYPE",
      subject,
      "is not a password",
      password === undefined ? undefined : typeof password,
      "Is its environment variable set? Give a text, or what edge-auth hash prints.",
    );
  }
  const known = readHash(password);
  if (known !== undefined) return known;
  if (password.length < minPasswordCharacters) {
    throw new EdgeAuthOptionsError(
      "TOO_SHORT",
      `${subject} is too short: got ${password.length} characters. Give ${minPasswordCharacters} at least: its hash is in the function's code, where anybody who reads that can guess.`,
    );
  }
  return hashOf(user, password, saltOf(user));
}
