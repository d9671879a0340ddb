import { TextBlock } from "./text-block.tsx";

interface JsonBlockProps {
  readonly title: string;
  readonly value: unknown;
  readonly isOpen?: boolean;
}

/** A value as JSON that opens on demand. */
export function JsonBlock({ title, value, isOpen = false }: JsonBlockProps) {
  if (value === undefined) return null;
  return <TextBlock title={title} text={JSON.stringify(value, undefined, 2)} isOpen={isOpen} />;
}
