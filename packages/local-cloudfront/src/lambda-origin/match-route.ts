import { decodePath } from "./event-parts.ts";

/** A path template that a path has matched. */
export interface PathMatch {
  /** Decoded values by name. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** As `/pets/{id}` and `/{proxy+}` say it: a greedy variable stands for one segment or more. */
export function matchPath(template: string, path: string): PathMatch | undefined {
  const wanted = template.split("/").slice(1);
  const segments = path.split("/").slice(1);
  const pathParameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const segment = segments[index];
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
    if (segment === undefined || (name !== undefined && segment === "")) return undefined;
    if (name === undefined) {
      if (decodePath(segment) !== part) return undefined;
    } else if (greedy === "+") {
      pathParameters[name] = decodePath(segments.slice(index).join("/"));
      return { pathParameters };
    } else {
      pathParameters[name] = decodePath(segment);
    }
  }
  return segments.length === wanted.length ? { pathParameters } : undefined;
}

/** Sorts path templates, the one that says most of a path first: text before variables, those before greedy ones. */
export function bySpecificity(left: string, right: string): number {
  const rights = right.split("/");
  for (const [index, part] of left.split("/").entries()) {
    const difference = vagueness(part) - vagueness(rights[index] ?? "");
    if (difference !== 0) return difference;
  }
  return 0;
}

function vagueness(part: string): number {
  if (!part.startsWith("{")) return 0;
  return part.endsWith("+}") ? 2 : 1;
}
