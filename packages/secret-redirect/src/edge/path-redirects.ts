import type { OriginRequestHandler } from "cf-types";
import type {
  CompiledAnswer,
  CompiledRule,
  CompiledSecretRedirect,
} from "../compiled-secret-redirect.ts";
import { normalisePath } from "./normalise-path.ts";
import { redirectResponse } from "./redirect-response.ts";

/** A rule whose location is written out. */
type WrittenRule = CompiledRule & { readonly to: string; readonly fragment?: string };

const percent = 37;
const plain = 1;
const escaped = 2;

/**
 * Returns the handler for rules that ask for nothing but a path and lead to a location that is written
 * out, as the secret path does: what the bundle does by itself. `decideSecretRedirect` decides the same.
 */
export function createPathRedirects(compiled: CompiledSecretRedirect): OriginRequestHandler {
  const { rules, answers, endings } = compiled;
  const paths = new Map(Object.entries(compiled.paths));
  // By the code of a path's last character: whether it may be one of the rules', or only as an escape,
  // which can hide the last character of a path, or a slash or dot segment behind it.
  const endingKinds: number[] = [];
  for (const digit of "0123456789ABCDEFabcdef") endingKinds[digit.charCodeAt(0)] = escaped;
  for (const character of endings ?? "") endingKinds[character.charCodeAt(0)] = plain;

  const find = (uri: string): number | undefined => {
    if (endings !== undefined) {
      const kind = endingKinds[uri.charCodeAt(uri.length - 1)];
      if (!kind || (kind === escaped && uri.charCodeAt(uri.length - 3) !== percent)) {
        return undefined;
      }
    }
    const listed = paths.get(uri);
    if (listed) return listed[0];
    const path = normalisePath(uri);
    return (
      paths.get(path) ?? (path.endsWith("/") ? paths.get(path.slice(0, -1)) : undefined)
    )?.[0];
  };

  return async function pathRedirects(event) {
    const { request } = event.Records[0].cf;
    const index = find(request.uri);
    if (index === undefined) return request;
    const { answer, to, fragment = "" } = rules[index] as WrittenRule;
    return redirectResponse(answers[answer] as CompiledAnswer, to + fragment);
  };
}
