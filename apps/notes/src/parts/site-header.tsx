interface SiteHeaderProps {
  /** Absent where a note is being written already. */
  readonly newNotePath: string | undefined;
}

/** The line on top of every page. */
export function SiteHeader({ newNotePath }: SiteHeaderProps) {
  return (
    <header class="site-header">
      <a class="brand" href="/">
        <svg viewBox="6 3 20 26" width="15" height="19.5" aria-hidden="true">
          <path class="brand-sheet" d="M6 3h14l6 6v20H6z" />
          <path class="brand-fold" d="M20 3l6 6h-6z" />
        </svg>
        Notes
      </a>
      {newNotePath !== undefined && (
        <a class="button" href={newNotePath}>
          New note
        </a>
      )}
    </header>
  );
}
