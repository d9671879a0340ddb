import { join } from "node:path";
import mime from "mime";
import { type ObjectHeaders, objectHeaders } from "../object-headers.ts";
import { siteFiles } from "../site-files.ts";
import { siteDocument } from "../site-folder.ts";

/** One file of the site, as it is stored in the bucket. */
export interface SiteObject {
  readonly key: string;
  /** Absolute path. */
  readonly file: string;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
}

/** Everything that publishing does, decided before it does anything. */
export interface PublishPlan {
  /** Each group is stored before the next one is begun. */
  readonly groups: readonly (readonly SiteObject[])[];
  /** The URL paths whose content may have changed under the same name. */
  readonly invalidationPaths: readonly string[];
}

/**
 * Returns how the built site is published: hashed assets first and documents last, so that no document
 * ever asks for a file that is not there yet.
 *
 * @param siteFolder Absolute path.
 */
export function publishPlan(siteFolder: string, hashedAssetsPattern: string): PublishPlan {
  const rules = objectHeaders(hashedAssetsPattern);
  const objects = siteFiles(siteFolder).map((key) => siteObject(siteFolder, key, rules));
  const isHashed = ({ key }: SiteObject) => matches(hashedAssetsPattern, `/${key}`);
  const isDocument = ({ key }: SiteObject) => key.endsWith(".html");
  const mutable = objects.filter((object) => !isHashed(object));
  return {
    groups: [
      objects.filter(isHashed),
      mutable.filter((object) => !isDocument(object)),
      mutable.filter(isDocument),
    ],
    invalidationPaths: mutable.flatMap(({ key }) =>
      key === siteDocument ? ["/", `/${key}`] : [encodeURI(`/${key}`)],
    ),
  };
}

function siteObject(siteFolder: string, key: string, rules: readonly ObjectHeaders[]): SiteObject {
  const rule = rules.find(({ pathPattern }) => matches(pathPattern, `/${key}`));
  return {
    key,
    file: join(siteFolder, key),
    // What S3 itself takes for a file that it does not know (CF-H-12).
    contentType: mime.getType(key) ?? "binary/octet-stream",
    cacheControl: rule?.headers["Cache-Control"],
  };
}

/** Our own patterns have one asterisk, the last character. */
function matches(pathPattern: string, path: string): boolean {
  return path.startsWith(pathPattern.slice(0, -1));
}
