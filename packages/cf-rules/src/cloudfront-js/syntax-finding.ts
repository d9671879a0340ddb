import { unexpectedToken, unsupportedToken } from "./token-text.ts";

/** A construct that the language has and the runtime lacks. */
export interface SyntaxFinding {
  readonly text: string;
  /** Where the runtime stops. */
  readonly offset: number;
  readonly remedy: string;
  readonly factId: string;
}

/** The finding of a token that the runtime's grammar does not take. */
export function unexpected(
  code: string,
  offset: number,
  remedy: string,
  factId = "FN-I-18",
): SyntaxFinding {
  return { text: unexpectedToken(code, offset), offset, remedy, factId };
}

/** The finding of a token that the runtime's grammar names as missing. */
export function unsupported(
  code: string,
  offset: number,
  remedy: string,
  factId = "FN-I-18",
): SyntaxFinding {
  return { text: unsupportedToken(code, offset), offset, remedy, factId };
}
