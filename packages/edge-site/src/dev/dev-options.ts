/** What is worked on, and where the result goes. */
export interface DevOptions {
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
  /** Absolute path of the cloud assembly. */
  readonly assemblyFolder: string;
  /** Is called when the assembly has changed; resolves when the change is served. */
  readonly onAssembly: () => Promise<void>;
  /**
   * Is called when the built site has changed.
   * @param files relative to its folder, in order
   */
  readonly onSite: (files: readonly string[]) => Promise<void>;
  /** Whether the output may have colours. */
  readonly coloured: boolean;
  /** Takes what goes wrong while sources change, and that it is fixed: a few lines each. */
  readonly report: (message: string) => void;
}
