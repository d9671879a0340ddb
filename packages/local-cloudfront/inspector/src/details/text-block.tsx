interface TextBlockProps {
  readonly title: string;
  readonly text: string;
  /** Whether it is shown without being asked for. */
  readonly isOpen?: boolean;
}

/** A long text that opens on demand. */
export function TextBlock({ title, text, isOpen = false }: TextBlockProps) {
  return (
    <details class="block" open={isOpen}>
      <summary>{title}</summary>
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </details>
  );
}
