/** The options as the handler reads them: plain JSON, nothing left to decide. */
export interface CompiledReleaseSelect {
  /** Of the request, in lower case: it has the release, and stands in the cache key. */
  readonly header: string;
  /** Path of the origin before a release's id, as in `/releases/`. */
  readonly originPath: string;
  /** `null` where there are none. */
  readonly previews: CompiledPreviews | null;
}

/** How a request asks for a preview. */
export interface CompiledPreviews {
  /** What follows a preview's name in the host, as in `.preview.example.com`; `null` where no host names one. */
  readonly hostSuffix: string | null;
  /** The path before a preview's name, as in `/_preview/`: there a browser gets the cookie. */
  readonly entrance: string;
  readonly cookie: string;
}
