import { normalisePath } from "../edge/normalise-path.ts";

const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * Returns whether a site has a file for a path.
 *
 * @param path Normalised.
 * @param isWhole Only the very file, not `index.html` in a folder, nor the path with `.html` behind.
 */
export function siteHas(siteFiles: readonly string[], path: string, isWhole = false): boolean {
  const paths = known.get(siteFiles) ?? new Set(siteFiles.map((file) => normalisePath(`/${file}`)));
  known.set(siteFiles, paths);
  if (isWhole) return paths.has(path);
  const bare = path.replace(/\/$/, "");
  return [path, `${bare}/index.html`, `${bare}.html`].some((each) => paths.has(each));
}
