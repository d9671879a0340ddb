import type { ReadyRule, ReadySecurityHeaders } from "./header-rules.ts";

/** A response as far as its headers depend on it. */
export interface DecidedResponse {
  /** The path that goes to the cache. */
  readonly uri: string;
  readonly contentType: string | undefined;
  readonly isNotModified: boolean;
}

/** What is done to a response, and why. */
export interface HeaderDecision<Header, Names> {
  /** The index of the path override that decides; undefined where none matches. */
  readonly override: number | undefined;
  /** Whether the response counts as a document. */
  readonly isDocument: boolean;
  readonly rule: ReadyRule<Header, Names>;
}

/**
 * What is no document by its path. A 304 comes without a Content-Type, and its headers take the place of those
 * that the browser has stored (RFC 9111, 3.2): a worker's script would have the document's policy from then on.
 */
const otherPath = /\.(?!x?html?$)\w+$/i;

/** Returns what is done to the headers of a response. */
export function decide<Header, Names>(
  ready: ReadySecurityHeaders<Header, Names>,
  response: DecidedResponse,
): HeaderDecision<Header, Names> {
  const override = ready.rules.length > 0 ? overrideOf(ready, response.uri) : undefined;
  const rule = (override === undefined ? undefined : ready.rules[override]) || ready.byDefault;
  const type = ready.documentType;
  const isDocument =
    !type ||
    (response.contentType === undefined
      ? !response.isNotModified || !otherPath.test(response.uri)
      : type.test(response.contentType));
  return { override, isDocument, rule };
}

/** The first that matches counts, so that a path may come after a pattern. */
function overrideOf<Header, Names>(
  ready: ReadySecurityHeaders<Header, Names>,
  uri: string,
): number | undefined {
  const listed = ready.paths[uri];
  const matched = ready.patterns.find(
    (each) => !(each[1] > (listed as number)) && each[0].test(uri),
  );
  return matched ? matched[1] : listed;
}

/** How an engine reads what a decision names. */
export interface HeaderReader<Header, Names> {
  valueOf(header: Header): string | undefined;
  /** @param name In lower case. */
  hasName(names: Names, name: string): boolean;
}

/**
 * Returns headers with the changes made: the same object where nothing is taken away, else a new one,
 * since `delete` makes every later step on an object several times slower.
 */
export function changedHeaders<Header, Names>(
  headers: Record<string, Header>,
  decision: Pick<HeaderDecision<Header, Names>, "rule" | "isDocument">,
  reader: HeaderReader<Header, Names>,
): Record<string, Header> {
  const rule = decision.rule;
  const isDocument = decision.isDocument;
  const drop = isDocument ? rule.dropFromDocuments : rule.dropFromOthers;
  const remove = rule.remove;
  let changed: Record<string, Header> = headers;
  if (drop || remove) {
    changed = {};
    Object.keys(headers).forEach((name) => {
      const header = headers[name] as Header;
      if (remove && reader.hasName(remove, name)) return;
      if (!drop || drop[name] !== reader.valueOf(header)) changed[name] = header;
    });
  }
  Object.assign(changed, rule.replace);
  if (isDocument && rule.replaceOnDocuments) Object.assign(changed, rule.replaceOnDocuments);
  const keep = isDocument ? rule.keepOnDocuments : null;
  return rule.keep || keep ? Object.assign({}, rule.keep, keep, changed) : changed;
}
