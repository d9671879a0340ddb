import type { OriginRequestHandler } from "cf-types";
import type { CompiledAnswer, CompiledSecretRedirect } from "../compiled-secret-redirect.ts";
import { normalisePath } from "./normalise-path.ts";
import { redirectResponse } from "./redirect-response.ts";

const none = -1;

/**
 * Returns the handler for rules that ask for nothing but a path and lead to a location that is written
 * out, as the secret path does: what the bundle does by itself. `decideSecretRedirect` decides the same.
 */
export function createPathRedirects(compiled: CompiledSecretRedirect): OriginRequestHandler {
  const { rules, answers, endings } = compiled;
  // Flat, for thousands of rules lie outside of the processor's caches: what is not looked at is not waited for.
  const paths = new Map(
    Object.entries(compiled.paths).map(([path, [index = none]]) => [path, index]),
  );
  const locations = rules.map(({ to, fragment = "" }) => (to as string) + (fragment as string));
  const answerOf = rules.map(({ answer }) => answer);
  const isLast = codesOf(endings?.[0]);
  const isBeforeLast = codesOf(endings?.[1]);

  const find = (uri: string): number => {
    const end = uri.length;
    // An escape can hide the last character of a path, or a slash or dot segment behind it.
    if (
      endings &&
      (end < 2 ||
        !(
          isBeforeLast[uri.charCodeAt(end - 2)] &&
          (isLast[uri.charCodeAt(end - 1)] || uri[end - 3] === "%")
        ))
    ) {
      return none;
    }
    const listed = paths.get(uri);
    if (listed !== undefined) return listed;
    const path = normalisePath(uri);
    return (
      paths.get(path) ?? (path.endsWith("/") ? paths.get(path.slice(0, -1)) : undefined) ?? none
    );
  };

  return async function pathRedirects(event) {
    const { request } = event.Records[0].cf;
    const index = find(request.uri);
    if (index < 0) return request;
    return redirectResponse(
      answers[answerOf[index] as number] as CompiledAnswer,
      locations[index] as string,
    );
  };
}

function codesOf(characters = ""): readonly boolean[] {
  const codes: boolean[] = [];
  for (const character of characters) codes[character.charCodeAt(0)] = true;
  return codes;
}
