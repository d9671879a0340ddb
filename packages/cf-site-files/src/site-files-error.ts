/** An entry of the folder that cannot be published. */
export interface RefusedSiteFile {
  /** Relative to the site's folder, `/` between segments. */
  readonly path: string;
  /** What is wrong with it and what helps. */
  readonly message: string;
}

/** A folder holds entries that cannot be published; the message has a line for each. */
export class SiteFilesError extends Error {
  override readonly name = "SiteFilesError";
  readonly refused: readonly RefusedSiteFile[];

  constructor(refused: readonly RefusedSiteFile[]) {
    super(refused.map(({ message }) => message).join("\n"));
    this.refused = refused;
  }
}
