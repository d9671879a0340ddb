import type { JsonObject } from "../json-object.ts";

/** What an assembly's metadata says of a resource. */
export interface ResourceMetadata {
  /** As in `Site/Rewrite/Function/Resource`. */
  readonly constructPath: string;
  /** As in `lib/site.ts:12`, where stack traces were on. */
  readonly source: string | undefined;
}

/** A rule that somebody has weighed for a construct and everything within it. */
export interface Acknowledgement {
  readonly constructPath: string;
  /** As in `edge-check::LE-E-02`. */
  readonly id: string;
}

/** One template, as it was read, with all that its neighbourhood on disk says of it. */
export interface StackSource {
  readonly name: string;
  /** Undefined where the deployment decides. */
  readonly region: string | undefined;
  /** Absolute. */
  readonly templateFile: string;
  readonly template: JsonObject;
  /** Absolute paths of file assets, by the key under which each is uploaded and by its id. */
  readonly assets: ReadonlyMap<string, string>;
  /** By logical id. */
  readonly metadata: ReadonlyMap<string, ResourceMetadata>;
  readonly acknowledgements: readonly Acknowledgement[];
}
