/** What a framework's build makes. */
export interface Framework {
  /** As a person calls it. */
  readonly name: string;
  /** Whether the build is an app of one document, or a page for each path. */
  readonly kind: "app" | "pages";
  /** The folder of the built site, relative to the project. */
  readonly siteFolder: string;
  /** The path pattern of the files that have a hash in their names. */
  readonly hashedAssetsPattern: string;
  /** The command that builds whenever a source changes; undefined where the framework has none. */
  readonly buildWatch?: string;
}
