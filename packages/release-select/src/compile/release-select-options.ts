/** Where the releases of a site are, and how viewers ask for previews. */
export interface ReleaseSelectOptions {
  /**
   * The folder of the releases in the bucket: the files of a release are in a folder of its id.
   * @default "/releases/"
   */
  readonly originPath?: string;
  /**
   * The request header that has the release, and that the cache key needs: two releases share no object.
   * @default "x-release"
   */
  readonly header?: string;
  /**
   * Whether viewers can ask for previews, and how.
   * @default - the live release alone
   */
  readonly previews?: PreviewOptions;
}

/** How viewers ask for a preview. */
export interface PreviewOptions {
  /**
   * The domain below which each preview has a host name, as in `preview.example.com`: `pr-12.preview.example.com` is
   * the preview `pr-12`.
   * @default - viewers ask at the entrance alone
   */
  readonly domain?: string;
  /**
   * The path below which each preview has an address, as in `/_preview/pr-12`: whoever opens it gets a cookie, and with
   * it the preview at all paths. The address without a name takes the cookie away.
   * @default "/_preview/"
   */
  readonly entrance?: string;
  /** @default "preview" */
  readonly cookie?: string;
}
