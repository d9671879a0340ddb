import { CopyButton } from "./copy-button.tsx";
import { TextBlock } from "./text-block.tsx";

interface JsonBlockProps {
  readonly title: string;
  readonly value: unknown;
  readonly isOpen?: boolean;
}

/** A value as JSON that opens on demand and can be copied. */
export function JsonBlock({ title, value, isOpen = false }: JsonBlockProps) {
  if (value === undefined) return null;
  const text = JSON.stringify(value, undefined, 2);
  return (
    <TextBlock title={title} text={text} isOpen={isOpen}>
      <CopyButton text={text} what={`The ${title.toLowerCase()}`} />
    </TextBlock>
  );
}
