import type { GeneratedResponse } from "cf-types";
import type {
  CompiledAnswer,
  CompiledRule,
  CompiledSecretRedirect,
  PathCapture,
} from "../compiled-secret-redirect.ts";
import type { RedirectRequest } from "./read-request-value.ts";
import { capture } from "./redirect-location.ts";
import { redirectResponse } from "./redirect-response.ts";

/** Returns the response of a rule, or `undefined` where the rule itself has to be read for it. */
export type ResponseWriter = (
  rule: number,
  path: string,
  request: RedirectRequest,
) => GeneratedResponse | undefined;

/** A location: a text, and perhaps a part of the path behind it. */
interface Template {
  readonly text: string;
  readonly captured?: PathCapture;
}

/** What responses have beside their text, the same for many rules. */
interface Kind {
  readonly answer: CompiledAnswer;
  readonly captured: PathCapture | undefined;
  /** Whether the text ends with "/", so that what is captured must not begin with one. */
  readonly isAfterSlash: boolean;
}

/**
 * Returns what writes the responses that most rules have, from tables beside the rules: of thousands of
 * them, each that has to be read is one more that is not in the processor's caches.
 */
export function createResponseWriter({ rules, answers }: CompiledSecretRedirect): ResponseWriter {
  const kinds: (Kind | undefined)[] = [undefined];
  const numbers = new Map<string, number>();
  const kindOf = new Uint32Array(rules.length);
  const texts = rules.map((rule, index) => {
    const { text, captured } = templateOf(rule) ?? {};
    const answer = answers[rule.answer];
    if (text === undefined || answer === undefined) return "";
    const isAfterSlash = text.endsWith("/");
    const key = JSON.stringify([rule.answer, isAfterSlash, captured]);
    const number = numbers.get(key) ?? kinds.push({ answer, captured, isAfterSlash }) - 1;
    numbers.set(key, number);
    kindOf[index] = number;
    return text;
  });

  return (rule, path, request) => {
    const kind = kinds[kindOf[rule] as number];
    if (!kind || (request.querystring && rules[rule]?.query)) return undefined;
    const text = texts[rule] as string;
    if (!kind.captured) return redirectResponse(kind.answer, text);
    const found = capture(kind.captured, path, request);
    const rest = kind.isAfterSlash && found.startsWith("/") ? found.slice(1) : found;
    return redirectResponse(kind.answer, text + rest);
  };
}

function templateOf({ to, fragment = "", until }: CompiledRule): Template | undefined {
  if (until !== undefined || typeof fragment !== "string") return undefined;
  if (typeof to === "string") return { text: to + fragment };
  const [text, captured] = to;
  const isSimple = to.length === 2 && fragment === "" && typeof text === "string";
  if (!isSimple || typeof captured !== "object" || "parameter" in captured) return undefined;
  return { text, captured };
}
