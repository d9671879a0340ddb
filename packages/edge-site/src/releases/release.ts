import { createHash } from "node:crypto";
import type { PublishPlan, SiteObject } from "../publish/publish-plan.ts";

/** A built site as it is published under an id of its own. */
export interface Release {
  /** 12 hexadecimal digits, over names, contents and headers: the same build is the same release. */
  readonly id: string;
  /** What the keys of hashed assets begin with. */
  readonly sharedPrefix: string;
  /** Hashed assets, which all releases share: each content has a name of its own. */
  readonly shared: readonly SiteObject[];
  /** All other files, in the release's folder: documents last. */
  readonly own: readonly SiteObject[];
  /** Whether a file of the release lies outside of its folder too, for requests that no function sees. */
  readonly isAtRoot: (key: string) => boolean;
  /** Whether an object's name changes with its content. */
  readonly isHashed: (key: string) => boolean;
}

/** Which requests are served without the function that selects the release. */
export interface ReleaseRoot {
  readonly hashedAssetsPattern: string;
  /** The path pattern of the cache behavior that takes a path. */
  readonly pathPatternOf: (path: string) => string;
  /** Keys: CloudFront asks for them by itself (LE-A-14). */
  readonly errorPages: readonly string[];
}

/** Returns the release of a site. */
export function releaseOf(
  { groups, isHashed }: PublishPlan,
  { hashedAssetsPattern, pathPatternOf, errorPages }: ReleaseRoot,
): Release {
  const isAsset = (key: string): boolean =>
    pathPatternOf(`/${encodeURI(key)}`) === hashedAssetsPattern;
  const objects = groups.flat();
  const isShared = ({ key }: SiteObject): boolean => isHashed(key) && isAsset(key);
  return {
    id: idOf(objects),
    sharedPrefix: hashedAssetsPattern.slice(1, -1),
    shared: objects.filter(isShared),
    own: objects.filter((object) => !isShared(object)),
    isAtRoot: (key) => isAsset(key) || errorPages.includes(key),
    isHashed,
  };
}

function idOf(objects: readonly SiteObject[]): string {
  const hash = createHash("sha256");
  const sorted = objects.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  for (const { key, etag, contentType, cacheControl } of sorted) {
    hash.update(JSON.stringify([key, etag, contentType, cacheControl]));
  }
  return hash.digest("hex").slice(0, 12);
}
