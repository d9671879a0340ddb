import { createHash } from "node:crypto";
import { extname } from "node:path";
import type { SiteFileRules } from "cf-site-files";
import { compileWildcards } from "../distribution/compile-wildcards.ts";
import type { DeployedFolder } from "../distribution/origins.ts";
import { type BucketFolder, openBucketFolder, type StoredObject } from "./bucket-folder.ts";
import { openZipFolder } from "./zip-folder.ts";

/**
 * Returns the bucket that several folders are copied to, one after the other: of equal keys the last
 * counts. A deployment that prunes removes what an earlier one left in its place.
 */
export function openDeployedFolders(
  folders: readonly DeployedFolder[],
  rules: SiteFileRules,
): BucketFolder {
  const layers = folders.map((folder) => openLayer(folder, rules)).toReversed();
  return {
    async readObject(key) {
      for (const [index, layer] of layers.entries()) {
        const object = await layer.readObject(key);
        if (object !== undefined) return object;
        const isLastOfDeployment = layers[index + 1]?.deployment !== layer.deployment;
        if (isLastOfDeployment && layer.removes(key)) return undefined;
      }
      return undefined;
    },
    whyNotPublished(key) {
      for (const layer of layers) {
        const reason = layer.whyNotPublished(key);
        if (reason !== undefined) return reason;
      }
      return undefined;
    },
  };
}

/** A folder in its place in the bucket. */
interface Layer extends BucketFolder {
  readonly deployment: string;
  /** Whether its deployment removes an object that none of its own folders has. */
  removes(key: string): boolean;
}

function openLayer(deployed: DeployedFolder, rules: SiteFileRules): Layer {
  const { path, deployment, prunes, keyPrefix, exclude, include, headers, replacements } = deployed;
  const folder = extname(path) === ".zip" ? openZipFolder(path) : openBucketFolder(path, rules);
  const excluded = exclude.map(compileWildcards);
  const included = include.map(compileWildcards);
  const nameOf = (key: string): string | undefined => {
    if (!key.startsWith(keyPrefix)) return undefined;
    const name = key.slice(keyPrefix.length);
    // As `aws s3 sync` has it: what comes later counts, and includes come after excludes.
    const isLeftOut =
      excluded.some((matches) => matches(name)) && !included.some((matches) => matches(name));
    return isLeftOut ? undefined : name;
  };
  return {
    deployment,
    removes: (key) => prunes && nameOf(key) !== undefined,
    async readObject(key) {
      const name = nameOf(key);
      const object = name === undefined ? undefined : await folder.readObject(name);
      return object && { ...withReplacements(object, replacements), headers };
    },
    whyNotPublished(key) {
      const name = nameOf(key);
      return name === undefined ? undefined : folder.whyNotPublished(name);
    },
  };
}

/** A deployment writes values that only it knows in the place of marks. */
function withReplacements(
  object: StoredObject,
  replacements: DeployedFolder["replacements"],
): StoredObject {
  const { body } = object;
  if (replacements.length === 0 || !(body instanceof Uint8Array)) return object;
  const text = Buffer.from(body).toString("utf8");
  const replaced = replacements.reduce(
    (before, { mark, value }) => before.replaceAll(mark, () => value),
    text,
  );
  if (replaced === text) return object;
  const newBody = Buffer.from(replaced);
  const etag = `"${createHash("md5").update(newBody).digest("hex")}"`;
  return { ...object, body: newBody, etag };
}
