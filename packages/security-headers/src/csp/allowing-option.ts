import { originDirectives } from "./site-policy.ts";

/**
 * Returns the line of the options that allows a source in a directive, as in
 * `origins: { connect: ["https://api.example.com"] }`.
 */
export function allowingOption(directive: string, sources: readonly string[]): string {
  const name = directive.replace(/^(script|style)-src-elem$/, "$1-src");
  const kind = Object.entries(originDirectives).find(([, [first]]) => first === name)?.[0];
  const isOrigin = sources.every((source) => !source.startsWith("'") || source === "'self'");
  return kind !== undefined && isOrigin
    ? `origins: { ${kind}: ${written(sources)} }`
    : `contentSecurityPolicy: { directives: { "${name}": ${written(sources)} } }`;
}

function written(sources: readonly string[]): string {
  return `[${sources.map((source) => JSON.stringify(source)).join(", ")}]`;
}
