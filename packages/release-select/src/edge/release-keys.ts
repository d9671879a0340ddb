/** What begins each key of a store that is no function's own data. */
export const reservedKeyPrefix = "cf-edge:";

/** The key of the live release. */
export const liveReleaseKey: string = `${reservedKeyPrefix}release`;

/** The release that a store has before the first one is live: the origin is read without a path. */
export const noRelease = "none";

/** Returns the key of a preview's release. */
export function previewKey(name: string): string {
  return `${reservedKeyPrefix}preview:${name}`;
}

/** A preview's name: a label of a host name. */
export const previewName: RegExp = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
