/** A rule's path and target, in our terms. */
interface Paths {
  readonly from: string;
  readonly to: string;
}

/**
 * Returns Netlify's path and target with our placeholders. A segment that begins with ":" is one
 * placeholder, whatever its name holds (`:name.html`); a ":" further on is text.
 *
 * @see https://docs.netlify.com/manage/routing/redirects/redirect-options/#placeholders
 */
export function netlifyPattern(from: string, to: string): Paths {
  let target = to;
  const segments = from.split("/").map((segment) => {
    if (!/^:[^:*]/.test(segment)) return segment.replaceAll(":", "%3A");
    const name = `:${segment
      .slice(1)
      .replaceAll(/\W/g, "_")
      .replace(/^(?=\d)/, "_")}`;
    if (name !== segment) target = target.replaceAll(segment, name);
    return name;
  });
  return { from: segments.join("/"), to: target };
}
