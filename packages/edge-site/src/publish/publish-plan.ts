import {
  type ContentTypeRules,
  contentTypeOf,
  fileChunks,
  hasHashedName,
  type LeftOutFile,
  type SiteFile,
  type SiteFileRules,
} from "cf-site-files";
import { objectEtag } from "./object-etag.ts";
import { vanishedOr } from "./site-changed.ts";
import { type ObjectHeaders, objectHeaders, takesPath } from "../site/object-headers.ts";
import { siteFiles } from "../site/site-files.ts";

/** One file of the site, as it is stored in the bucket. */
export interface SiteObject {
  readonly key: string;
  /** Absolute path. */
  readonly file: string;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  readonly bytes: number;
  /** What S3 has as the object's ETag once it is stored. */
  readonly etag: string;
  /** Whether its name has had another content before, though it looks as if it had a hash. */
  readonly isReused: boolean;
}

/** Everything that publishing does, decided before it does anything. */
export interface PublishPlan {
  /** Each group is stored before the next one is begun. */
  readonly groups: readonly (readonly SiteObject[])[];
  /** Whether an object's name changes with its content. */
  readonly isHashed: (key: string) => boolean;
  /** What is in the site's folder and not published. */
  readonly leftOut: readonly LeftOutFile[];
}

/**
 * Returns how the built site is published: hashed assets first and documents last, so that no document
 * ever asks for a file that is not there yet.
 *
 * @param siteFolder Absolute path.
 * @throws {EdgeSiteError} `REFUSED_SITE_FILE`
 */
export function publishPlan(
  siteFolder: string,
  hashedAssetsPattern: string,
  siteFileRules: SiteFileRules = {},
  contentTypes: ContentTypeRules = {},
): PublishPlan {
  const rules = objectHeaders(hashedAssetsPattern);
  const { files, leftOut } = siteFiles(siteFolder, siteFileRules);
  const objects = files.map((each) => siteObject(each, rules, contentTypes));
  const isHashed = (key: string) =>
    matches({ pathPattern: hashedAssetsPattern, hashedNames: true }, key);
  const isDocument = ({ contentType }: SiteObject) => contentType.startsWith("text/html");
  const mutable = objects.filter(({ key }) => !isHashed(key));
  return {
    groups: [
      objects.filter(({ key }) => isHashed(key)),
      mutable.filter((object) => !isDocument(object)),
      mutable.filter(isDocument),
    ],
    isHashed,
    leftOut,
  };
}

/**
 * Returns a file as it is stored.
 *
 * @throws {EdgeSiteError} `SITE_CHANGED` when it is gone since it was listed.
 */
export function siteObject(
  { key, file, bytes }: SiteFile,
  rules: readonly ObjectHeaders[],
  contentTypes: ContentTypeRules = {},
): SiteObject {
  const rule = rules.find((each) => matches(each, key));
  return {
    key,
    file,
    ...read({ key, file, bytes }, contentTypes),
    cacheControl: rule?.headers["Cache-Control"],
    bytes,
    isReused: false,
  };
}

function read(listed: SiteFile, contentTypes: ContentTypeRules) {
  const { key, file, bytes } = listed;
  try {
    return {
      contentType: contentTypeOf(key, fileChunks(file), contentTypes),
      etag: objectEtag(file, bytes),
    };
  } catch (error) {
    throw vanishedOr(listed, error);
  }
}

function matches(
  { pathPattern, hashedNames = false }: Pick<ObjectHeaders, "pathPattern" | "hashedNames">,
  key: string,
): boolean {
  return takesPath(pathPattern, `/${key}`) && (!hashedNames || hasHashedName(key));
}
