/** The way from a page to the list of all notes. */
export function BackLink() {
  return (
    <a class="back" href="/">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path class="stroke" d="M14 8H2.500M7 3.500L2.500 8L7 12.500" />
      </svg>
      All notes
    </a>
  );
}
