/** A rule's path, and the host that it was written with. */
export interface HostAndPath {
  readonly host: string | undefined;
  readonly path: string;
}

/**
 * Returns host and path of what a rule is written for: a path, or an absolute URL. The scheme plays no
 * part: CloudFront has answered `http:` before.
 */
export function hostAndPath(from: string): HostAndPath | undefined {
  const { host, path } = /^https?:\/\/(?<host>[^/?#]+)(?<path>\/.*)?$/i.exec(from)?.groups ?? {};
  if (host !== undefined) return { host, path: path ?? "/" };
  return /^https?:/i.test(from) ? undefined : { host: undefined, path: from };
}
